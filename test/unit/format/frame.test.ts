import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeBase64Url, encodeBase64Url, encodeText } from "#shared/format/bytes.ts";
import { encodeHeader, joinFrame, openFrame, splitFrame } from "#shared/format/frame.ts";
import { headSchema, openHead } from "#shared/format/head.ts";
import { limits } from "#shared/format/limits.ts";
import { readJson } from "#shared/format/read-json.ts";
import { sampleDevice, sampleRecord, sampleTime, sealFrame } from "#test/support/format-samples.ts";
import { processorTime } from "#test/support/processor-time.ts";
import { seeded } from "#test/support/seeded.ts";

const device = sampleDevice(1);
const head = {
  v: 1,
  lib: sampleRecord(1),
  dev: device.id,
  key: device.key,
  n: 4,
  inc: 7,
  seq: 12,
  chain: encodeBase64Url(new Uint8Array(32).fill(9)),
  app: "0.2.0",
  at: sampleTime,
};
const file = sealFrame(device, "head", { header: head });

function withHeader(text: string): Uint8Array {
  return joinFrame("head", { header: encodeText(text), signature: new Uint8Array(64) });
}

describe("bytes as text", () => {
  test("base64url comes back as it went, and is what Node writes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = encodeBase64Url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64url"));
        expect(decodeBase64Url(text)).toEqual(bytes);
      }),
      seeded(1, 300),
    );
  });
});

describe("JSON from a stranger", () => {
  test("anything that is not too deep is read as the language reads it", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        expect(readJson(text)).toEqual({ json: JSON.parse(text) });
      }),
      seeded(2, 300),
    );
  });

  test("brackets inside strings do not count, however they are escaped", () => {
    const text = JSON.stringify(["[".repeat(50), "\\", '"[[{{"', "\\".repeat(99), "{"]);
    expect(readJson(text)).toEqual({ json: JSON.parse(text) });
  });

  test("16 levels are read and 17 are not", () => {
    expect(readJson("[".repeat(16) + "]".repeat(16))).toBeDefined();
    expect(readJson("[".repeat(17) + "]".repeat(17))).toBeUndefined();
    expect(readJson('{"a":'.repeat(17) + "1" + "}".repeat(17))).toBeUndefined();
  });

  test.each(["", "[", '"', '{"a"', "nul", "[1,]", '"\\'])("%j is not JSON", (text) => {
    expect(readJson(text)).toBeUndefined();
  });

  test("a megabyte of open brackets or of escaped quotes takes no time", () => {
    const spent = processorTime();
    expect(readJson("[".repeat(1024 * 1024))).toBeUndefined();
    expect(readJson(`"${'\\"'.repeat(512 * 1024)}`)).toBeUndefined();
    expect(readJson(`"${"\\".repeat(1024 * 1024)}"`)).toBeDefined();
    expect(spent()).toBeLessThan(500);
  });
});

describe("a frame", () => {
  test("comes apart into what it was put together from", () => {
    const payload = new Uint8Array([1, 2, 3]);
    const signature = new Uint8Array(64).fill(5);
    const header = encodeHeader({ b: 1, a: "ü", none: undefined });
    const frame = splitFrame(joinFrame("ack", { header, signature, payload }));
    expect(frame).toEqual({ kind: "ack", header, json: { a: "ü", b: 1 }, signature, payload });
  });

  test("its header opens with its schema, also from a view into a bigger buffer", () => {
    const around = new Uint8Array(file.length + 10).fill(7);
    around.set(file, 5);
    const opened = openHead(around.subarray(5, 5 + file.length));
    expect(opened).toMatchObject({ fields: head, kind: "head" });
  });

  test("every cut of it is truncated", () => {
    for (let length = 0; length < file.length; length += 1) {
      expect(openHead(file.subarray(0, length))).toEqual({ problem: "truncated" });
    }
  });

  test("zeros are the beginning of a file that is still coming", () => {
    expect(splitFrame(new Uint8Array(5000))).toEqual({ problem: "truncated" });
    expect(splitFrame(new Uint8Array(2))).toEqual({ problem: "truncated" });
  });

  test("bytes behind it are not part of it", () => {
    expect(openHead(new Uint8Array([...file, 0]))).toEqual({ problem: "hash" });
  });

  test("other magic is foreign, and a later one of ours is from the future", () => {
    expect(splitFrame(encodeText("PK\u0003\u0004 and more"))).toEqual({ problem: "not_guildhall" });
    expect(splitFrame(encodeText("GHS2 and more"))).toEqual({ problem: "future_format" });
    expect(splitFrame(encodeText("GHX1 and more"))).toEqual({ problem: "future_format" });
    expect(openFrame("ack", file, headSchema)).toEqual({ problem: "not_guildhall" });
  });

  test("a later version in the header is from the future, whatever else it says", () => {
    expect(openHead(withHeader('{"v":2}'))).toEqual({ problem: "future_format" });
  });

  test("a header that promises more than the limit is refused before it is there", () => {
    const bytes = new Uint8Array(8);
    bytes.set(encodeText("GHH1"));
    new DataView(bytes.buffer).setUint32(4, limits.header + 1);
    expect(splitFrame(bytes)).toEqual({ problem: "oversize" });
    expect(() => encodeHeader({ long: "x".repeat(limits.header) })).toThrow(RangeError);
  });

  test("only one spelling of a header is read", () => {
    const text = new TextDecoder().decode(encodeHeader(head));
    expect(openHead(withHeader(text))).toHaveProperty("fields");
    for (const other of [
      ` ${text}`,
      text.replace('"app"', '"\\u0061pp"'),
      text.replace('"v":1', '"v":1,"v":1'),
      text.replace('"v":1', '"v":1.0'),
      text.replace("{", '{"__proto__":{},'),
      "[]",
      "1",
      text.slice(1),
    ]) {
      expect(openHead(withHeader(other))).toEqual({ problem: "hash" });
    }
    const broken = withHeader(text);
    broken[8] = 0xff;
    expect(openHead(broken)).toEqual({ problem: "hash" });
  });

  test("fields that a newer version adds are kept, and missing or odd ones are refused", () => {
    const more = sealFrame(device, "head", { header: { ...head, mood: ["new"] } });
    expect(openHead(more)).toMatchObject({ fields: { mood: ["new"] } });
    for (const odd of [
      { key: `${device.key.slice(0, -1)}B` },
      { dev: "someone" },
      { n: 0 },
      { n: 1.5 },
      { seq: -1 },
      { inc: 1_000_000 },
      { at: "yesterday" },
      { lib: undefined },
      { v: "1" },
      { feat: Array.from({ length: 33 }, () => "x") },
    ]) {
      const bytes = sealFrame(device, "head", { header: { ...head, ...odd } });
      expect(openHead(bytes)).toEqual({ problem: "hash" });
    }
  });
});
