import { inflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { encodeBase64Url, encodeText } from "#shared/format/bytes.ts";
import { checkLength } from "#shared/format/frame.ts";
import { limits } from "#shared/format/limits.ts";
import {
  joinLines,
  missingFor,
  openSegment,
  readLines,
  type Segment,
} from "#shared/format/segment.ts";
import {
  chainOf,
  sampleBodies,
  sampleDevice,
  sampleRecord,
  sampleSegment,
  type SegmentContent,
} from "#test/support/format-samples.ts";

const device = sampleDevice(1);
const library = sampleRecord(1);
const bodies = sampleBodies(device, 5);

function open(content: Partial<SegmentContent> = {}): Segment {
  const opened = openSegment(sampleSegment(device, { library, bodies, ...content }));
  if ("problem" in opened) throw new Error(`The sample does not open: ${opened.problem}`);
  return opened;
}

function problemOf(header: SegmentContent["header"]) {
  return openSegment(sampleSegment(device, { library, bodies, ...(header && { header }) }));
}

describe("a segment", () => {
  test("gives back the changes it was made of, line for line", () => {
    const segment = open();
    const lines = readLines(new Uint8Array(inflateRawSync(segment.payload)), segment.fields);
    expect(lines).toMatchObject(
      bodies.map((body) => ({ body, bytes: encodeText(body), change: JSON.parse(body) })),
    );
    expect(segment.fields.end).toBe(encodeBase64Url(chainOf(bodies)));
  });

  test("opens from its first 4 KB, and then lacks the rest", () => {
    const long = sampleSegment(device, { library, bodies: sampleBodies(device, 400) });
    expect(long.length).toBeGreaterThan(limits.firstRead);
    const opened = openSegment(long.subarray(0, limits.firstRead));
    if ("problem" in opened) throw new Error(opened.problem);
    expect(checkLength(opened.payload, opened.fields.plen)).toEqual({ problem: "truncated" });
  });

  test("weighs no more than the limits", () => {
    expect(problemOf({ ulen: limits.segmentText + 1 })).toEqual({ problem: "oversize" });
    expect(problemOf({ plen: limits.segmentFile })).toEqual({ problem: "oversize" });
  });

  test("begins where the chain says and ends behind its beginning", () => {
    const chain = encodeBase64Url(new Uint8Array(32).fill(1));
    expect(problemOf({ first: 1, prev: chain })).toEqual({ problem: "hash" });
    expect(problemOf({ first: 2, last: 6 })).toEqual({ problem: "hash" });
    expect(problemOf({ first: 6, last: 5, prev: chain })).toEqual({ problem: "hash" });
    expect(problemOf({ last: 2 ** 40 })).toEqual({ problem: "hash" });
  });

  test("features that must be known defer it, others do not", () => {
    expect(missingFor(open({ header: { feat: ["colour", "req:sealed"] } }).fields)).toEqual([
      "req:sealed",
    ]);
    expect(missingFor(open({ header: { feat: ["colour"] } }).fields)).toEqual([]);
    expect(missingFor(open({ header: { codec: "zstd" } }).fields)).toEqual(["codec:zstd"]);
  });
});

describe("the lines of a segment", () => {
  const { fields } = open();
  const read = (lines: readonly string[]) => {
    const text = encodeText(joinLines(lines));
    return readLines(text, { ...fields, ulen: text.length });
  };
  const replaced = (over: object) =>
    bodies.map((body, index) =>
      index === 2 ? JSON.stringify({ ...JSON.parse(body), ...over }) : body,
    );

  test("are as many as the header says", () => {
    expect(read(bodies.slice(0, 4))).toEqual({ problem: "hash" });
    expect(read(sampleBodies(device, 6))).toEqual({ problem: "hash" });
    expect(read([])).toEqual({ problem: "hash" });
    expect(readLines(encodeText(joinLines(bodies)).subarray(1), fields)).toEqual({
      problem: "hash",
    });
    const unended = encodeText(joinLines(bodies).slice(0, -1));
    expect(readLines(unended, { ...fields, ulen: unended.length })).toEqual({ problem: "hash" });
  });

  test.each([
    ["another device", { device: sampleDevice(2).id }],
    ["another incarnation", { incarnation: 8 }],
    ["another place", { sequence: 9 }],
    ["a time outside of the header's", { at: "fffffffffff-0000" }],
    ["a missing field", { record: undefined }],
    ["a known kind of write in another shape", { writes: [{ kind: "set", path: "title" }] }],
    ["depth", { writes: [], deep: JSON.parse("[".repeat(16) + "]".repeat(16)) }],
  ])("with %s are refused", (_name, over) => {
    expect(read(replaced({}))).toHaveLength(5);
    expect(read(replaced(over))).toEqual({ problem: "hash" });
  });

  test("longer than a megabyte are refused before they are read", () => {
    expect(read(replaced({ note: "x".repeat(limits.change) }))).toEqual({ problem: "oversize" });
  });

  test("that are not UTF-8 are refused", () => {
    const text = encodeText(joinLines(bodies));
    text[text.indexOf(0xc3)] = 0xff;
    expect(readLines(text, fields)).toEqual({ problem: "hash" });
  });

  test("keep what a newer version wrote into them", () => {
    const newer = replaced({ mood: "new", writes: [{ kind: "paint", path: "x", colour: 1 }] });
    expect(read(newer)).toMatchObject({ 2: { change: { mood: "new", writes: [{ colour: 1 }] } } });
  });
});
