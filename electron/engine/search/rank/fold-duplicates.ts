/**
 * Folds near duplicates under the first of them, so that five copies of a page do not fill the first
 * screen. Two records are near duplicates when they are of one type and nearly all runs of four words
 * stand in both (Broder 1997).
 */
import { searchFields } from "#shared/domain/field.ts";
import type { WordStream } from "../index/word-stream.ts";

export type Folded<Item> = {
  readonly item: Item;
  /** Its near duplicates, in their order. */
  readonly alike: readonly Item[];
};

/** What is compared, the type as any number that stands for it; undefined for a record that has just gone. */
export type Compared = { readonly type: number; readonly words: WordStream };

const runLength = 4;
/** Words of a record that are compared: a copy shows itself long before its end. */
const mostWords = 600;
/** Shorter texts are alike by chance. */
const leastRuns = 16;
/** The share of runs that two records have in common. */
const leastShared = 0.75;
/** Runs of a sample that may differ between records that are worth comparing wholly. */
const sampleSize = 16;
const leastSampled = 8;

/** Folds a list; what comes first leads. */
export function foldDuplicates<Item>(
  items: readonly Item[],
  comparedOf: (item: Item) => Compared | undefined,
): readonly Folded<Item>[] {
  const leaders: { item: Item; alike: Item[]; compared: Compared | undefined }[] = [];
  for (const item of items) {
    const compared = comparedOf(item);
    const leader = leaders.find((one) => areAlike(one.compared, compared));
    if (leader === undefined) leaders.push({ item, alike: [], compared });
    else leader.alike.push(item);
  }
  return leaders;
}

function areAlike(a: Compared | undefined, b: Compared | undefined): boolean {
  if (a === undefined || b === undefined || a.type !== b.type) return false;
  if (sharedSample(sampleOf(a.words), sampleOf(b.words)) < leastSampled) return false;
  const first = new Set(runsOf(a.words));
  const second = new Set(runsOf(b.words));
  if (Math.min(first.size, second.size) < leastRuns) return false;
  const shared = first.intersection(second).size;
  return shared >= leastShared * (first.size + second.size - shared);
}

/**
 * The least run of each of so many classes: the more texts share, the more of these are the same.
 * Streams stay in memory while they are used, and their samples with them.
 */
const samples = new WeakMap<WordStream, Int32Array>();

function sampleOf(words: WordStream): Int32Array {
  const before = samples.get(words);
  if (before !== undefined) return before;
  const sample = new Int32Array(sampleSize).fill(2 ** 31 - 1);
  const runs = runsOf(words);
  for (let at = 0; at < runs.length; at += 1) {
    const run = runs[at] ?? 0;
    const place = run & (sampleSize - 1);
    if (run < (sample[place] ?? 0)) sample[place] = run;
  }
  samples.set(words, sample);
  return sample;
}

/** Runs as hashes: the same run gives the same hash, another one hardly ever does. */
function runsOf(words: WordStream): Int32Array {
  const runs = new Int32Array(mostWords);
  let count = 0;
  let left = mostWords;
  for (const field of searchFields) {
    const part = words[field].subarray(0, left);
    left -= part.length;
    for (let start = 0; start + runLength <= part.length; start += 1) {
      let hash = 17;
      for (let at = start; at < start + runLength; at += 1) {
        hash = Math.imul(hash ^ (part[at] ?? 0), 0x9e3779b1);
        hash ^= hash >>> 15;
      }
      runs[count] = hash;
      count += 1;
    }
  }
  return runs.subarray(0, count);
}

function sharedSample(a: Int32Array, b: Int32Array): number {
  let same = 0;
  for (let at = 0; at < sampleSize; at += 1) if (a[at] === b[at]) same += 1;
  return same;
}
