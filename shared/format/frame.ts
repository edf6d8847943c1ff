/**
 * The one shape of every binary file in a shared folder:
 * `magic(4) | header length (4, big-endian) | header (canonical JSON, UTF-8) | signature (64) | payload`.
 * The signature is the device's, over the kind's domain and the header; the header says the length
 * and the hash of the payload and carries the device's key, so that a file proves by itself who
 * wrote it. Nothing here hashes, verifies or inflates: that is the engine's.
 */
import type { z } from "zod";
import { canonicalJson, isObject, type Json } from "#shared/domain/json.ts";
import { decodeText, encodeText } from "./bytes.ts";
import { formatVersion, limits } from "./limits.ts";
import { readJson } from "./read-json.ts";

/** What a file can be, and the four letters that it begins with. */
export const magics = {
  segment: "GHS1",
  head: "GHH1",
  ack: "GHK1",
  bundle: "GHB1",
  join: "GHJ1",
} as const;
export type FrameKind = keyof typeof magics;

/**
 * Why bytes are not a file of this format: `truncated` may pass by itself; `hash` says that the
 * content is not what was written; `future_format` waits for a newer version of the app.
 */
export type FileProblem = "truncated" | "hash" | "oversize" | "not_guildhall" | "future_format";
export type Problem = { readonly problem: FileProblem };

export type Frame = {
  readonly kind: FrameKind;
  /** The header's bytes as they were signed. */
  readonly header: Uint8Array;
  readonly json: { readonly [key: string]: Json };
  readonly signature: Uint8Array;
  /** All that follows: the whole payload, or its beginning when only the beginning was read. */
  readonly payload: Uint8Array;
};

const start = 8;
const signatureLength = 64;

/** Takes a file, or its first 4 KB, apart. Nothing in it is to be believed yet. */
export function splitFrame(bytes: Uint8Array): Frame | Problem {
  const kind = kindOf(bytes);
  if (typeof kind !== "string") return kind;
  if (bytes.length < start) return { problem: "truncated" };
  const length = new DataView(bytes.buffer, bytes.byteOffset + 4, 4).getUint32(0);
  if (length > limits.header) return { problem: "oversize" };
  const end = start + length;
  if (bytes.length < end + signatureLength) return { problem: "truncated" };
  const header = bytes.subarray(start, end);
  const json = readHeader(header);
  if (json === undefined) return { problem: "hash" };
  return {
    kind,
    header,
    json,
    signature: bytes.subarray(end, end + signatureLength),
    payload: bytes.subarray(end + signatureLength),
  };
}

/** Puts a file together. */
export function joinFrame(
  kind: FrameKind,
  parts: {
    readonly header: Uint8Array;
    readonly signature: Uint8Array;
    readonly payload?: Uint8Array;
  },
): Uint8Array {
  const { header, signature, payload = new Uint8Array() } = parts;
  const bytes = new Uint8Array(start + header.length + signatureLength + payload.length);
  bytes.set(encodeText(magics[kind]), 0);
  new DataView(bytes.buffer).setUint32(4, header.length);
  bytes.set(header, start);
  bytes.set(signature, start + header.length);
  bytes.set(payload, start + header.length + signatureLength);
  return bytes;
}

/** A header as the bytes that are signed and written. Keys without a value are left out. */
export function encodeHeader(header: object): Uint8Array {
  const plain: Json = JSON.parse(JSON.stringify(header));
  const bytes = encodeText(canonicalJson(plain));
  if (bytes.length > limits.header) throw new RangeError("A header is longer than a reader allows");
  return bytes;
}

/** What a device signs: no signature about one kind of file can pass for one about another. */
export function signedMessage(kind: FrameKind, header: Uint8Array): Uint8Array {
  const domain = encodeText(`guildhall/${kind}/v1\0`);
  const message = new Uint8Array(domain.length + header.length);
  message.set(domain, 0);
  message.set(header, domain.length);
  return message;
}

/** A frame whose header has the shape of its kind. */
export type Opened<Header> = Omit<Frame, "json"> & { readonly fields: Header };

/** Opens a file of the given kind, or its first 4 KB, and reads the header. */
export function openFrame<Header>(
  kind: FrameKind,
  bytes: Uint8Array,
  schema: z.ZodType<Header>,
): Opened<Header> | Problem {
  const frame = splitFrame(bytes);
  if ("problem" in frame) return frame;
  if (frame.kind !== kind) return { problem: "not_guildhall" };
  const { json, ...rest } = frame;
  if (typeof json.v === "number" && json.v > formatVersion) return { problem: "future_format" };
  const read = schema.safeParse(json);
  return read.success ? { ...rest, fields: read.data } : { problem: "hash" };
}

/** Whether all of the payload is there, and nothing behind it. */
export function checkLength(payload: Uint8Array, promised: number): Problem | undefined {
  if (payload.length < promised) return { problem: "truncated" };
  return payload.length > promised ? { problem: "hash" } : undefined;
}

/** A file that a carrier has begun to fill begins with nothing or with zeros. */
function kindOf(bytes: Uint8Array): FrameKind | Problem {
  const letters = String.fromCharCode(...bytes.subarray(0, 4));
  for (const kind of frameKinds) {
    if (magics[kind] === letters) return kind;
    if (magics[kind].startsWith(letters)) return { problem: "truncated" };
  }
  if (/^\0+$/u.test(letters)) return { problem: "truncated" };
  return { problem: /^GH[A-Z]\d$/u.test(letters) ? "future_format" : "not_guildhall" };
}

const frameKinds: readonly FrameKind[] = ["segment", "head", "ack", "bundle", "join"];

/**
 * Only the one canonical spelling counts, so that no two readers see two headers; a key that
 * JavaScript takes for an object's prototype is in none.
 */
function readHeader(bytes: Uint8Array): Frame["json"] | undefined {
  const text = decodeText(bytes);
  if (text === undefined || text.includes('"__proto__"')) return undefined;
  const read = readJson(text);
  if (read === undefined || !isObject(read.json)) return undefined;
  return canonicalJson(read.json) === text ? read.json : undefined;
}
