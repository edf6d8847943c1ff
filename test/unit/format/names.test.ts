import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type FileName,
  formatName,
  isSetApart,
  parseName,
  temporaryName,
} from "#shared/format/names.ts";
import { sampleDevice } from "#test/support/format-samples.ts";
import { seeded } from "#test/support/seeded.ts";

const devices = [sampleDevice(1).id, sampleDevice(2).id];
const hex = (length: number) =>
  fc.string({
    unit: fc.constantFrom(..."0123456789abcdef".split("")),
    minLength: length,
    maxLength: length,
  });
const device = fc.constantFrom(...devices);
const number = fc.integer({ min: 0, max: 99_999_999 });

const names: fc.Arbitrary<FileName> = fc.oneof(
  fc.constant({ kind: "library" as const }),
  fc.record({ kind: fc.constantFrom("head", "ack"), device, n: number, hash: hex(16) }),
  fc.record({
    kind: fc.constantFrom("loose", "pack", "relay"),
    device,
    incarnation: fc.integer({ min: 0, max: 999_999 }),
    first: number,
    last: number,
    hash: hex(16),
  }),
  fc.record({
    kind: fc.constant("bundle" as const),
    day: fc.constant("20260105"),
    device,
    hash: hex(16),
  }),
  fc.record({ kind: fc.constant("attachment" as const), sha256: hex(64) }),
  fc.record({ kind: fc.constant("join" as const), random: hex(16) }),
);

describe("names in the folder", () => {
  test("say what they were made of", () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(parseName(formatName(name))).toEqual(name);
      }),
      seeded(4, 500),
    );
  });

  test("are lower case, short and shallow, so that every carrier takes them", () => {
    fc.assert(
      fc.property(names, (name) => {
        const path = formatName(name);
        const parts = path.split("/");
        expect(parts.length).toBeLessThanOrEqual(4);
        expect(path.length).toBeLessThan(110);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(64);
        if (name.kind !== "library") expect(path).toMatch(/^[0-9a-z./-]+$/u);
        expect(parts.some(isSetApart)).toBe(false);
      }),
      seeded(5, 300),
    );
  });

  test("that a carrier or a person made say nothing", () => {
    const path = formatName({
      kind: "loose",
      device: devices[0]!,
      incarnation: 3,
      first: 1,
      last: 4,
      hash: "0123456789abcdef",
    });
    expect(parseName(path)).toBeDefined();
    for (const other of [
      path.replace(".gs", " (Bob's conflicted copy 2026-01-02).gs"),
      path.replace(".gs", ".sync-conflict-20260102-101112-ABCDEFG.gs"),
      path.replace(".gs", "-LAPTOP7.gs"),
      path.replace(".gs", " (1).gs"),
      path.toUpperCase(),
      `x/${path}`,
      path.replace(/^s\/../u, "s/zz"),
      path.replace("00000001", "000000001"),
      `../${path}`,
      "",
    ]) {
      expect(parseName(other)).toBeUndefined();
    }
  });

  test("of unfinished files and of the carriers' own are never read", () => {
    const path = "s/ab/cd/000003.gs";
    expect(temporaryName(path, "0123456789abcdef")).toBe("s/ab/cd/0123456789abcdef.tmp");
    for (const name of [
      "0123456789abcdef.tmp",
      ".syncthing.x.gs.tmp",
      "~syncthing~x.tmp",
      ".DS_Store",
      ".stfolder",
      "desktop.ini",
      "Thumbs.db",
      "~$Plan.docx",
      "x.gs.part",
    ]) {
      expect(isSetApart(name)).toBe(true);
    }
  });
});
