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
  const leaders: { item: Item; alike: Item[]; sampled: Sampled | undefined }[] = [];
  for (const item of items) {
    const compared = comparedOf(item);
    const sampled = compared && { ...compared, sample: sampleOf(compared.words) };
    const leader = leaders.find((one) => areAlike(one.sampled, sampled));
    if (leader === undefined) leaders.push({ item, alike: [], sampled });
    else leader.alike.push(item);
  }
  return leaders;
}

type Sampled = Compared & { readonly sample: Int32Array };

function areAlike(a: Sampled | undefined, b: Sampled | undefined): boolean {
  if (a === undefined || b === undefined || a.type !== b.type) return false;
  if (sharedSample(a.sample, b.sample) < leastSampled) return false;
  const first = new Set(runsOf(a.words));
  const second = new Set(runsOf(b.words));
  if (Math.min(first.size, second.size) < leastRuns) return false;
  const shared = first.intersection(second).size;
  return shared >= leastShared * (first.size + second.size - shared);
}

/** The least run of each of so many classes: the more texts share, the more of these are the same. */
function sampleOf(words: WordStream): Int32Array {
  const sample = new Int32Array(sampleSize).fill(2 ** 31 - 1);
  for (const run of runsOf(words)) {
    const place = run & (sampleSize - 1);
    if (run < (sample[place] ?? 0)) sample[place] = run;
  }
  return sample;
}

const runs = new Int32Array(mostWords);
const inRun = new Int32Array(runLength);

/**
 * Runs as hashes (Cohen's cyclic polynomial, 1997): the same run gives the same hash, another one hardly
 * ever does. They hold until the next call.
 */
function runsOf(words: WordStream): Int32Array {
  let count = 0;
  let left = mostWords;
  for (const field of searchFields) {
    const part = words[field];
    const end = Math.min(part.length, left);
    left -= end;
    let hash = 0;
    inRun.fill(0);
    for (let at = 0; at < end; at += 1) {
      const word = mixed(part[at] ?? 0);
      // After four turns by a byte a word is where it was, and is taken out again.
      hash = ((hash << 8) | (hash >>> 24)) ^ word ^ (inRun[at % runLength] ?? 0);
      inRun[at % runLength] = word;
      if (at < runLength - 1) continue;
      runs[count] = hash;
      count += 1;
    }
  }
  return runs.subarray(0, count);
}

/** Spreads a word's number over all bits. */
function mixed(word: number): number {
  const once = Math.imul(word ^ 0x9e3779b9, 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}

function sharedSample(a: Int32Array, b: Int32Array): number {
  let same = 0;
  for (let at = 0; at < sampleSize; at += 1) if (a[at] === b[at]) same += 1;
  return same;
}
