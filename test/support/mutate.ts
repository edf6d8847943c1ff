/** Files as chance, broken disks and ill will make them: mutations of good ones, and hostile ones that are signed. */
import { deflateRawSync } from "node:zlib";
import { encodeBase64Url, encodeText } from "#shared/format/bytes.ts";
import { type FrameKind, joinFrame, signedMessage } from "#shared/format/frame.ts";
import { type Chance, createChance } from "./chance.ts";
import { chainOf, digest, type SampleDevice, sampleBodies } from "./format-samples.ts";

type Change = (
  bytes: Uint8Array,
  to: { readonly chance: Chance; readonly about: string },
) => Uint8Array;

const changes: readonly Change[] = [
  // A bit, a byte, a digit of the header.
  (bytes, { chance, about }) => {
    const at = chance.between(0, bytes.length, "bit", about);
    return bytes.with(at, (bytes[at] ?? 0) ^ (1 << chance.between(0, 8, "which", about)));
  },
  (bytes, { chance, about }) =>
    bytes.with(
      chance.between(0, Math.min(600, bytes.length), "byte", about),
      chance.between(0, 256, "value", about),
    ),
  (bytes, { chance, about }) => {
    const digits = [...bytes.subarray(0, 700).keys()].filter((at) => isDigit(bytes[at]));
    const at = chance.oneOf(digits, "digit", about);
    return at === undefined ? bytes : bytes.with(at, 48 + chance.between(0, 10, "to", about));
  },
  // Less of it, more of it, a hole, a piece twice, two pieces the other way round.
  (bytes, { chance, about }) => bytes.slice(0, chance.between(0, bytes.length, "end", about)),
  (bytes, { chance, about }) => bytes.slice(chance.between(0, 16, "start", about)),
  (bytes, { chance, about }) => {
    const more = Uint8Array.from({ length: chance.between(1, 70, "more", about) }, (_, index) =>
      chance.between(0, 256, "fill", about, index),
    );
    return joined(bytes, more);
  },
  (bytes, { chance, about }) => {
    const [from, to] = range(bytes, chance, about);
    return bytes.slice().fill(0, from, to);
  },
  (bytes, { chance, about }) => {
    const [from, to] = range(bytes, chance, about);
    return joined(bytes.subarray(0, from), bytes.subarray(to));
  },
  (bytes, { chance, about }) => {
    const [from, to] = range(bytes, chance, about);
    return joined(bytes.subarray(0, to), bytes.subarray(from));
  },
  (bytes, { chance, about }) => {
    const [from, to] = range(bytes, chance, about);
    return joined(bytes.subarray(to), bytes.subarray(0, from), bytes.subarray(from, to));
  },
  // Another length of the header, another kind of file.
  (bytes, { chance, about }) => {
    const copy = bytes.slice();
    const lengths = [0, 1, 3900, 3901, 65_535, 2 ** 31, 2 ** 32 - 1, bytes.length];
    if (copy.length >= 8) {
      new DataView(copy.buffer).setUint32(4, chance.oneOf(lengths, "length", about) ?? 0);
    }
    return copy;
  },
  (bytes, { chance, about }) => {
    const magic = chance.oneOf(["GHH1", "GHK1", "GHB1", "GHJ1", "GHS2", "ghs1"], "magic", about);
    return joined(encodeText(magic ?? ""), bytes.subarray(4));
  },
];

/** The bytes, changed in one to three ways. */
export function mutate(bytes: Uint8Array, seed: number): Uint8Array {
  const chance = createChance(seed);
  let mutated = bytes;
  const times = chance.between(1, 4, "times");
  for (let time = 0; time < times && mutated.length > 0; time += 1) {
    const change = chance.oneOf(changes, "change", time);
    mutated = change?.(mutated, { chance, about: String(time) }) ?? mutated;
  }
  return mutated;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

function range(bytes: Uint8Array, chance: Chance, about: string): readonly [number, number] {
  const from = chance.between(0, bytes.length, "from", about);
  return [from, Math.min(bytes.length, from + chance.between(1, 200, "long", about))];
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

const numbers: readonly unknown[] = [-1, 0, 1, 1.5, 2 ** 53, 1e308, 999_999, 1_000_000, 2 ** 32];
const texts: readonly unknown[] = ["", "x", "0".repeat(3000), "A".repeat(43), "\0", "req:unknown"];
const shapes: readonly unknown[] = [null, true, [], {}, [[[[]]]], { length: 3 }, undefined];
const odd = [...numbers, ...texts, ...shapes, ["req:unknown"]];

/** What can be in the place of the lines. Those that are big are made once. */
function payloads(device: SampleDevice): readonly (() => string)[] {
  const [first = "", second = "", third = ""] = sampleBodies(device, 3);
  const put = (over: object) => JSON.stringify({ ...JSON.parse(second), ...over });
  const around = (line: string) => `${first}\n${line}\n${third}\n`;
  return [
    () => around(second),
    () => around(second).slice(0, -1),
    () => `${first}\n${third}\n${second}\n`,
    () => `${first}\n${first}\n${first}\n`,
    () => `${first}\n\n${third}\n`,
    () => around(put({ writes: [{ kind: "set", path: "title" }] })),
    () => around(put({ at: "zzz", sequence: 2 ** 60 })),
    () => around(put({ writes: Array.from({ length: 5000 }, () => ({ kind: "x", path: "y" })) })),
    () => around(put({ device: "../../etc" })),
    () => around(second.replace("{", '{"__proto__":{"device":"x"},')),
    () => around("[".repeat(100_000)),
    () => around(`${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`),
    () => around(put({ note: "\\".repeat(900_000) })),
    () => around(put({ note: "x".repeat(1_100_000) })),
    () => "\n".repeat(3),
    () => "\n".repeat(3_000_000),
    () => "0".repeat(31 * 1024 * 1024),
    () => `"${'\\"'.repeat(4_000_000)}`,
    () => `${"[".repeat(1_000_000)}\n`.repeat(20),
  ];
}

/** Makes hostile segments of a device that signs whatever it likes. */
export function hostileSegments(
  device: SampleDevice,
  header: { readonly [field: string]: unknown },
): (seed: number) => Uint8Array {
  const ready = payloads(device).map((make) => {
    const text = make();
    const end = encodeBase64Url(chainOf(text.split("\n", 3)));
    return { length: Buffer.byteLength(text), payload: deflateRawSync(text, { level: 1 }), end };
  });
  return (seed) => {
    const chance = createChance(seed);
    const chosen = chance.oneOf(ready, "payload");
    if (chosen === undefined) throw new Error("There are payloads");
    const { length, payload, end } = chosen;
    const lies = chance.happens(0.3, "lie");
    const fields: Record<string, unknown> = {
      ...header,
      plen: payload.length,
      phash: digest(payload),
      // With a chain that fits, all that is odd has to be found in the changes themselves.
      end: chance.happens(0.7, "end") ? end : header.end,
      ulen: lies ? chance.oneOf([1, length - 1, length + 1, 2 ** 25], "ulen") : length,
    };
    const names = Object.keys(fields);
    for (let time = chance.between(0, 3, "fields"); time > 0; time -= 1) {
      fields[chance.oneOf(names, "field", time) ?? ""] = chance.oneOf(odd, "odd", time);
    }
    return signed(device, "segment", { fields, payload });
  };
}

/** A frame whose header may be longer or odder than `encodeHeader` would let it. */
function signed(
  device: SampleDevice,
  kind: FrameKind,
  { fields, payload }: { readonly fields: object; readonly payload: Uint8Array },
): Uint8Array {
  const sorted = Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const header = encodeText(JSON.stringify(Object.fromEntries(sorted)));
  return joinFrame(kind, { header, signature: device.sign(signedMessage(kind, header)), payload });
}
