import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  chainMark,
  checkAckLength,
  joinAckLines,
  openAck,
  readAckLines,
} from "#shared/format/ack.ts";
import { decodeBase64Url, encodeBase64Url, encodeText } from "#shared/format/bytes.ts";
import { joinParts, openBundle, splitParts } from "#shared/format/bundle.ts";
import { openJoinRequest, provenMessage } from "#shared/format/join-request.ts";
import { encodeLibrary, readLibrary, signedLibrary } from "#shared/format/library.ts";
import { limits } from "#shared/format/limits.ts";
import {
  digest,
  sampleDevice,
  sampleRecord,
  sampleTime,
  sealFrame,
} from "#test/support/format-samples.ts";
import { seeded } from "#test/support/seeded.ts";

const device = sampleDevice(1);
const common = { v: 1, lib: sampleRecord(1), dev: device.id, key: device.key, at: sampleTime };

describe("an acknowledgement", () => {
  const mark = chainMark(encodeBase64Url(new Uint8Array(32).fill(1)));

  test("says the same holdings in the same bytes", () => {
    const lines = [
      [sampleDevice(2).id, 7, 12, mark],
      [device.id, 7, 1, mark],
      [device.id, 12, 3, mark],
    ] as const;
    const text = joinAckLines(lines.map((line) => [...line]));
    expect(text).toBe(joinAckLines(lines.map((line) => [...line] as never).toReversed()));
    expect(new Set(readAckLines(encodeText(text)) as never)).toEqual(new Set(lines));
    expect(readAckLines(encodeText(""))).toEqual([]);
  });

  test.each([`["x",1,1,"${mark}"]\n`, "[]\n", "\n", `["${device.id}",1,1,"${mark}"]`, "{}\n"])(
    "does not have the line %j",
    (text) => {
      expect(readAckLines(encodeText(text))).toEqual({ problem: "hash" });
    },
  );

  test("is opened by its header and refused when it promises too much", () => {
    const payload = new Uint8Array(3);
    const header = { ...common, n: 1, plen: 3, phash: digest(payload) };
    const ack = openAck(sealFrame(device, "ack", { header, payload }));
    if ("problem" in ack) throw new Error(ack.problem);
    expect(checkAckLength(ack)).toBeUndefined();
    expect(checkAckLength({ ...ack, payload: payload.subarray(1) })).toEqual({
      problem: "truncated",
    });
    const vast = { ...header, plen: limits.ackFile + 1 };
    expect(openAck(sealFrame(device, "ack", { header: vast }))).toEqual({ problem: "oversize" });
    expect(readAckLines(new Uint8Array(limits.ackText + 1))).toEqual({ problem: "oversize" });
  });
});

describe("a bundle", () => {
  function partsOf(payload: Uint8Array) {
    const parts: Uint8Array[] = [];
    const walk = splitParts(payload);
    for (;;) {
      const step = walk.next();
      if (step.done === true) return { parts, end: step.value };
      parts.push(step.value);
    }
  }

  test("gives back its parts, and the whole ones of what is left of it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 }),
        fc.nat(400),
        (parts, cut) => {
          const payload = joinParts(parts);
          expect(partsOf(payload)).toEqual({ parts, end: undefined });
          const left = partsOf(payload.subarray(0, Math.min(cut, payload.length)));
          expect(left.parts).toEqual(parts.slice(0, left.parts.length));
          if (left.end === undefined && cut < payload.length) {
            expect(joinParts(left.parts).length).toBe(cut);
          }
        },
      ),
      seeded(3, 300),
    );
  });

  test("with a part of four gigabytes ends there", () => {
    expect(partsOf(new Uint8Array([255, 255, 255, 255, 1]))).toEqual({
      parts: [],
      end: { problem: "oversize" },
    });
  });

  test("says in its header how much is in it", () => {
    const payload = joinParts([new Uint8Array(5)]);
    const cover = { streams: 1, changes: 9, digest: digest(payload) };
    const header = { ...common, parts: 1, plen: payload.length, phash: digest(payload), cover };
    expect(openBundle(sealFrame(device, "bundle", { header, payload }))).toMatchObject({
      fields: { cover },
    });
    const vast = { ...header, plen: limits.bundleFile + 1 };
    expect(openBundle(sealFrame(device, "bundle", { header: vast }))).toEqual({
      problem: "oversize",
    });
  });
});

describe("a join request", () => {
  const request = {
    ...common,
    v: 1 as const,
    agreementKey: device.agreementKey,
    person: sampleRecord(2),
    name: "Ana Žižek",
    invite: sampleDevice(3).key,
    brought: [[7, 12, encodeBase64Url(new Uint8Array(32))]] as [number, number, string][],
  };

  test("carries a proof that covers everything else", () => {
    const proof = encodeBase64Url(sampleDevice(3).sign(provenMessage(request)));
    const opened = openJoinRequest(sealFrame(device, "join", { header: { ...request, proof } }));
    if ("problem" in opened) throw new Error(opened.problem);
    expect(opened.fields).toEqual({ ...request, proof });
    expect(provenMessage(opened.fields)).toEqual(provenMessage(request));
    expect(provenMessage({ ...request, name: "Ben" })).not.toEqual(provenMessage(request));
  });

  test("brings no more streams than fit into a header", () => {
    const proof = encodeBase64Url(new Uint8Array(64));
    const chain = encodeBase64Url(new Uint8Array(32).fill(255));
    const most = Array.from({ length: limits.brought }, () => [999_999, 99_999_999, chain]);
    const longest = { ...request, name: "ü".repeat(200), brought: most, proof };
    expect(openJoinRequest(sealFrame(device, "join", { header: longest }))).toHaveProperty(
      "fields",
    );
    const more = { ...request, brought: [...most, most[0]], proof };
    expect(openJoinRequest(sealFrame(device, "join", { header: more }))).toEqual({
      problem: "hash",
    });
  });
});

describe("LIBRARY.json", () => {
  const unsigned = {
    format: "guildhall" as const,
    v: 1 as const,
    library: sampleRecord(1),
    name: "Acme",
    root: device.key,
    createdAt: sampleTime,
    note: "This folder belongs to Guildhall; leave it as it is.",
  };
  const library = { ...unsigned, signature: encodeBase64Url(device.sign(signedLibrary(unsigned))) };

  test("comes back as it was signed, whatever an editor did to spaces and line ends", () => {
    const text = new TextDecoder().decode(encodeLibrary(library));
    expect(readLibrary(encodeText(text))).toEqual({ fields: library });
    const saved = readLibrary(encodeText(`\uFEFF${text.replaceAll("\n", "\r\n")}`));
    if ("problem" in saved) throw new Error(saved.problem);
    expect(signedLibrary(saved.fields)).toEqual(signedLibrary(unsigned));
  });

  test("keeps fields of a newer version, which are signed too", () => {
    const read = readLibrary(encodeText(JSON.stringify({ ...library, motto: "x" })));
    if ("problem" in read) throw new Error(read.problem);
    expect(read.fields).toMatchObject({ motto: "x" });
    expect(signedLibrary(read.fields)).not.toEqual(signedLibrary(unsigned));
  });

  test.each([
    ["nothing", "", "truncated"],
    ["zeros", "\0\0\0", "truncated"],
    ["the first half", JSON.stringify(library).slice(0, 90), "truncated"],
    ["something else", "hello", "not_guildhall"],
    ["other JSON", "{}", "not_guildhall"],
    ["another major version", '{"format":"guildhall","v":2}', "future_format"],
    ["a missing signature", JSON.stringify(unsigned), "hash"],
    ["a longer file than anybody writes", " ".repeat(limits.libraryFile + 1), "oversize"],
  ])("with %s says so", (_name, text, problem) => {
    expect(readLibrary(encodeText(text))).toEqual({ problem });
  });

  test("a signature has one spelling", () => {
    expect(decodeBase64Url(library.signature)).toHaveLength(64);
    const other = `${library.signature.slice(0, -1)}x`;
    expect(readLibrary(encodeText(JSON.stringify({ ...library, signature: other })))).toEqual({
      problem: "hash",
    });
  });
});
