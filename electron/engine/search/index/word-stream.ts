/**
 * A record's texts as the numbers of their words in order, which ranking can go through without
 * cutting the texts into words again. Stored as variable-length integers: the length of each part,
 * then all of its words.
 */
import { type SearchField, searchFields } from "#shared/domain/field.ts";
import type { Token } from "../analysis/tokenize.ts";
import type { FieldTokens } from "./impact.ts";

/** By part, the numbers of its words. */
export type WordStream = Readonly<Record<SearchField, Int32Array>>;

/** Two billion words take five bytes each. */
const mostBytes = 5;
let buffer = new Uint8Array(1 << 16);

/** Encodes the tokens of every part. */
export function encodeStream(fields: FieldTokens, idOf: (token: Token) => number): Uint8Array {
  const lengths = searchFields.map((field) => fields[field].tokens.length);
  const most = (lengths.reduce((sum, length) => sum + length, 0) + lengths.length) * mostBytes;
  if (buffer.length < most) buffer = new Uint8Array(most);
  let at = 0;
  for (const length of lengths) at = putInteger(at, length);
  for (const field of searchFields) {
    for (const token of fields[field].tokens) at = putInteger(at, idOf(token));
  }
  return buffer.slice(0, at);
}

function putInteger(start: number, value: number): number {
  let at = start;
  let rest = value;
  while (rest > 127) {
    buffer[at] = (rest & 127) | 128;
    rest >>>= 7;
    at += 1;
  }
  buffer[at] = rest;
  return at + 1;
}

/** Decodes a stored stream. */
export function decodeStream(bytes: Uint8Array): WordStream {
  const lengths = searchFields.map(() => 0);
  let at = integers(bytes, 0, lengths);
  const all = new Int32Array(lengths.reduce((sum, length) => sum + length, 0));
  at = integers(bytes, at, all);
  let from = 0;
  const part = (index: number) => all.subarray(from, (from += lengths[index] ?? 0));
  return {
    title: part(0),
    headings: part(1),
    steps: part(2),
    prompts: part(3),
    tags: part(4),
    body: part(5),
  };
}

/** Reads as many integers as there is room for; answers where the next one stands. */
function integers(bytes: Uint8Array, start: number, into: Int32Array | number[]): number {
  let at = start;
  for (let index = 0; index < into.length; index += 1) {
    let value = 0;
    let shift = 0;
    let byte = bytes[at] ?? 0;
    while (byte > 127) {
      value |= (byte & 127) << shift;
      shift += 7;
      at += 1;
      byte = bytes[at] ?? 0;
    }
    into[index] = value | (byte << shift);
    at += 1;
  }
  return at;
}
