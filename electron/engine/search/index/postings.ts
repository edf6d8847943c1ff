/**
 * Postings of one stem: which records have it, and with what impact. Stored as their number, then how
 * far each record's number is from the one before, see integers.ts, then one byte of impact for each.
 */
import { mostBytes, putInteger, readIntegers } from "./integers.ts";

/**
 * Postings of one stem, ascending: the record's number in the upper 24 bits, the impact in the lower
 * 8. One array of small numbers is what a common word is gone through fastest in.
 */
export type Postings = Uint32Array;

export const noPostings: Postings = new Uint32Array(0);

/** A posting, or a change to one, as one number: as a change, impact 0 takes the posting away. */
export function packPosting(number: number, impact: number): number {
  return number * 256 + impact;
}

/** The record's number in a packed posting. */
export function numberIn(packed: number): number {
  return packed >>> 8;
}

/** The impact in a packed posting. */
export function impactIn(packed: number): number {
  return packed & 255;
}

let buffer = new Uint8Array(1 << 16);

/** The postings as they are stored; what it gives holds until the next call. */
export function encodePostings(postings: Postings): Uint8Array {
  const { length } = postings;
  const most = mostBytes + length * (mostBytes + 1);
  if (buffer.length < most) buffer = new Uint8Array(most);
  let at = putInteger(buffer, 0, length);
  let before = 0;
  for (let index = 0; index < length; index += 1) {
    const number = (postings[index] ?? 0) >>> 8;
    at = putInteger(buffer, at, number - before);
    before = number;
  }
  for (let index = 0; index < length; index += 1) buffer[at + index] = postings[index] ?? 0;
  return buffer.subarray(0, at + length);
}

/** What the stored postings of several runs, the oldest first, make together. */
export function decodeRuns(runs: readonly Uint8Array[]): Postings {
  let length = 0;
  for (const stored of runs) length += countIn(stored);
  const postings = new Uint32Array(length);
  let used = 0;
  for (const stored of runs) {
    const own = postings.subarray(used, used + countIn(stored));
    decodeInto(stored, own);
    // A run mostly has newer records than those before it, and then its place is right.
    const follows = used === 0 || numberIn(postings[used - 1] ?? 0) < numberIn(own[0] ?? 0);
    if (follows) used += own.length;
    else {
      const both = overlaid(postings.subarray(0, used), own);
      postings.set(both);
      used = both.length;
    }
  }
  return postings.subarray(0, used);
}

/** Whether stored postings take some away. */
export function takesAway(stored: Buffer): boolean {
  // Looked for among bytes, which takes next to nothing.
  return stored.includes(0, impactsIn(stored));
}

const first = new Int32Array(1);

function countIn(stored: Uint8Array): number {
  readIntegers(stored, 0, first);
  return first[0] ?? 0;
}

/** Where the impacts start: they are the end. */
function impactsIn(stored: Uint8Array): number {
  return stored.length - countIn(stored);
}

function decodeInto(stored: Uint8Array, postings: Postings): void {
  const { length } = postings;
  const impacts = impactsIn(stored);
  let at = readIntegers(stored, 0, first);
  let number = 0;
  for (let index = 0; index < length; index += 1) {
    let byte = stored[at] ?? 0;
    let distance = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      at += 1;
      byte = stored[at] ?? 0;
      distance |= (byte & 127) << shift;
    }
    at += 1;
    number += distance;
    // The array takes the 32 bits as they are, above 2 ** 31 too.
    postings[index] = (number << 8) | (stored[impacts + index] ?? 0);
  }
}

/** What the older postings become by the newer ones, whose impact counts where both have a record. */
export function overlaid(older: Postings, newer: Postings): Postings {
  if (older.length === 0) return newer;
  if (newer.length === 0) return older;
  const both = new Uint32Array(older.length + newer.length);
  let [at, next] = [0, 0];
  for (const change of newer) {
    const number = numberIn(change);
    const end = placeOf(older, number, at);
    // Changes are mostly few, and what lies between two of them is copied as a whole.
    both.set(older.subarray(at, end), next);
    next += end - at;
    at = end < older.length && numberIn(older[end] ?? 0) === number ? end + 1 : end;
    both[next] = change;
    next += 1;
  }
  both.set(older.subarray(at), next);
  return both.subarray(0, next + older.length - at);
}

/** The first place, from one on, of a record that does not come before the one with the number. */
function placeOf(postings: Postings, number: number, from: number): number {
  let [low, high] = [from, postings.length];
  // Mostly it is near, so the steps grow until it is passed.
  for (let step = 1; low + step < high; step *= 2) {
    if (numberIn(postings[low + step] ?? 0) < number) low += step;
    else high = low + step;
  }
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numberIn(postings[middle] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Postings without those that were taken away, of which nothing older is left; they are moved up in their place. */
export function settled(postings: Postings): Postings {
  let next = 0;
  for (let index = 0; index < postings.length; index += 1) {
    const packed = postings[index] ?? 0;
    postings[next] = packed;
    // By 1 where there is an impact, which is faster than a branch.
    next += ((packed & 255) + 255) >>> 8;
  }
  return postings.subarray(0, next);
}

/** Edits in the order in which they were made, as postings: of several for one record the last counts. */
export function inOrder(edits: Postings): Postings {
  const { length } = edits;
  let index = 1;
  while (index < length && numberIn(edits[index - 1] ?? 0) < numberIn(edits[index] ?? 0))
    index += 1;
  if (index >= length) return edits;
  const byNumber = new Map(Array.from(edits, (edit) => [numberIn(edit), edit]));
  return Uint32Array.from(byNumber.values()).toSorted();
}
