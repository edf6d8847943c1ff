/**
 * A record's texts as the numbers of their words in order, which ranking can go through without
 * cutting the texts into words again. Stored as variable-length integers: the length of each part,
 * then all of its words.
 */
import { type SearchField, searchFields } from "#shared/domain/field.ts";
import { mostBytes, putInteger, readIntegers } from "./integers.ts";

/** By part, the numbers of its words. */
export type WordStream = Readonly<Record<SearchField, Int32Array>>;

const noWords = new Int32Array(0);

let buffer = new Uint8Array(1 << 16);

/**
 * Encodes the words of all parts in the order of `searchFields`; `ends`: where each part ends. What it
 * gives holds until the next call.
 */
export function encodeStream(words: Int32Array, ends: readonly number[]): Uint8Array {
  const most = (words.length + ends.length) * mostBytes;
  if (buffer.length < most) buffer = new Uint8Array(most);
  let at = 0;
  for (const [index, end] of ends.entries()) {
    at = putInteger(buffer, at, end - (ends[index - 1] ?? 0));
  }
  for (const word of words) at = putInteger(buffer, at, word);
  return buffer.subarray(0, at);
}

/** Decodes a stored stream. */
export function decodeStream(bytes: Uint8Array): WordStream {
  const lengths = new Int32Array(searchFields.length);
  const start = readIntegers(bytes, 0, lengths);
  const all = new Int32Array(lengths.reduce((sum, length) => sum + length, 0));
  readIntegers(bytes, start, all);
  let from = 0;
  const part = (index: number) => {
    const length = lengths[index] ?? 0;
    return length === 0 ? noWords : all.subarray(from, (from += length));
  };
  return {
    title: part(0),
    headings: part(1),
    steps: part(2),
    prompts: part(3),
    tags: part(4),
    body: part(5),
  };
}
