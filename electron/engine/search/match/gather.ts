/**
 * Which records a query's words mean, out of what the scoreboard added up: those with every word; with
 * too few of them also those with the weightier half of the words, and then those with any.
 */
import { numberIn } from "../index/postings.ts";
import { createTop, offer, type Ranked, ranked, type Top } from "../rank/top.ts";
import type { Lone, Scoreboard, Sums } from "./scoreboard.ts";

export type Best = {
  /** By their first score, best first: a hundred of them, or all where there are fewer. */
  readonly best: readonly Ranked[];
  readonly total: number;
  /** How many have every word. */
  readonly whole: number;
};

export type Gathered = {
  /** Those with every word come first. */
  readonly numbers: Int32Array;
  readonly scores: Float32Array;
};

export type Allowed = {
  /** By number; 0 where there is no record. */
  readonly standings: Float32Array;
  /** One above the highest number. */
  readonly bound: number;
};

/** As many as anybody looks at closely. */
export const mostBest = 100;
/** With fewer records that have every word, those that have the weightier half of them follow. */
const enough = 100;
/** What a first score is worth when words are missing. */
const missingFactor = 0.8;

/**
 * The best of them and how many there are. A list of all is made only where it is asked for: for a
 * common word it is most of the work.
 */
export function bestOf(board: Pick<Scoreboard, "lone" | "sums">, allowed: Allowed): Best {
  const lone = board.lone();
  if (lone !== undefined) {
    return { best: ranked(topOfLone(lone, allowed)), total: lone.count, whole: lone.count };
  }
  const sums = board.sums();
  const complete = amongRarest(sums, allowed);
  if (complete !== undefined) return complete;
  const { whole, half, any } = countsOf(sums, allowed);
  const best = (from: number) => ranked(topFrom(from, sums, allowed));
  if (whole >= enough) return { best: best(sums.whole), total: whole, whole };
  if (half >= enough) return { best: best(sums.half), total: half, whole };
  return { best: best(Number.MIN_VALUE), total: any, whole };
}

/** The best of what one group was found in. */
function topOfLone({ impacts, worth }: Lone, { standings, bound }: Allowed): Top {
  const top = createTop(mostBest);
  let toBeat = 0;
  if (impacts.of === "one") {
    const { postings } = impacts;
    for (let index = 0; index < postings.length; index += 1) {
      const packed = postings[index] ?? 0;
      const score = Math.fround(worth * (packed & 255)) * (standings[packed >>> 8] ?? 0);
      if (score > toBeat) toBeat = Math.max(0, offer(top, packed >>> 8, score));
    }
    return top;
  }
  for (let number = 0; number < bound; number += 1) {
    const score = Math.fround(worth * (impacts.best[number] ?? 0)) * (standings[number] ?? 0);
    if (score > toBeat) toBeat = Math.max(0, offer(top, number, score));
  }
  return top;
}

/**
 * The best of those with every word, looked for among those that have the rarest; undefined where they
 * are not enough.
 */
function amongRarest(
  { scores, masses, whole, demands }: Sums,
  { standings }: Allowed,
): Best | undefined {
  const [rarest] = demands.toSorted((a, b) => a.length - b.length);
  if (rarest === undefined) return undefined;
  const top = createTop(mostBest);
  let toBeat = 0;
  let count = 0;
  for (let index = 0; index < rarest.length; index += 1) {
    const number = numberIn(rarest[index] ?? 0);
    const standing = standings[number] ?? 0;
    if ((masses[number] ?? 0) < whole || standing === 0) continue;
    count += 1;
    const score = (scores[number] ?? 0) * standing;
    if (score > toBeat) toBeat = Math.max(0, offer(top, number, score));
  }
  return count < enough ? undefined : { best: ranked(top), total: count, whole: count };
}

/** How many records have every word, at least the weightier half of them, and any. */
type Counts = { readonly whole: number; readonly half: number; readonly any: number };

function countsOf({ masses, ...sums }: Sums, { standings, bound }: Allowed): Counts {
  // Of floats that are not negative the greater one has the greater bits: so nothing needs a branch.
  const [massBits, standingBits] = [bitsIn(masses), bitsIn(standings)];
  const [wholeBits, halfBits] = [bitsOf(sums.whole), bitsOf(sums.half)];
  let [lackWhole, lackHalf, any] = [0, 0, 0];
  for (let number = 0; number < bound; number += 1) {
    const mass = massBits[number] ?? 0;
    // 1 where neither is 0, since then the opposite of both is negative.
    const counts = (-mass & -(standingBits[number] ?? 0)) >>> 31;
    lackWhole += counts & ((mass - wholeBits) >>> 31);
    lackHalf += counts & ((mass - halfBits) >>> 31);
    any += counts;
  }
  return { whole: any - lackWhole, half: any - lackHalf, any };
}

/** The best of those in which so much was found. */
function topFrom(from: number, sums: Sums, { standings, bound }: Allowed): Top {
  const { scores, masses, whole } = sums;
  const top = createTop(mostBest);
  let toBeat = 0;
  for (let number = 0; number < bound; number += 1) {
    const score = (scores[number] ?? 0) * (standings[number] ?? 0);
    // Soon hardly any score exceeds those before it, so nothing else is looked at.
    if (score <= toBeat) continue;
    const mass = masses[number] ?? 0;
    if (mass < from) continue;
    const worth = mass < whole ? score * missingFactor : score;
    if (worth > toBeat) toBeat = Math.max(0, offer(top, number, worth));
  }
  return top;
}

const float = new Float32Array(1);

function bitsOf(value: number): number {
  float[0] = value;
  return bitsIn(float)[0] ?? 0;
}

function bitsIn({ buffer, byteOffset, length }: Float32Array): Int32Array {
  return new Int32Array(buffer, byteOffset, length);
}

/** All of them, in the order of their numbers among those that have as much of the words. */
export function gather(sums: Sums, allowed: Allowed, found: Pick<Best, "total">): Gathered {
  const gathered = {
    numbers: new Int32Array(found.total),
    scores: new Float32Array(found.total),
  };
  const { whole, half } = sums;
  let at = put({ sums, ...allowed }, { from: whole, below: Infinity, factor: 1, at: 0 }, gathered);
  // A tier is answered whole or not at all, so there is room for one or there is none.
  for (const [from, below] of [
    [half, whole],
    [Number.MIN_VALUE, half],
  ] as const) {
    if (at >= found.total) break;
    at = put({ sums, ...allowed }, { from, below, factor: missingFactor, at }, gathered);
  }
  return gathered;
}

/** What was found in a record tells at least so much, and less than that; where the first one goes. */
type Tier = {
  readonly from: number;
  readonly below: number;
  readonly factor: number;
  readonly at: number;
};

/** Puts a tier's records where they belong; gives where the next tier starts. */
function put(
  { sums, standings, bound }: Allowed & { readonly sums: Sums },
  { from, below, factor, at: start }: Tier,
  { numbers, scores }: Gathered,
): number {
  let at = start;
  for (let number = 0; number < bound; number += 1) {
    const mass = sums.masses[number] ?? 0;
    if (mass < from || mass >= below) continue;
    const standing = standings[number] ?? 0;
    if (standing === 0) continue;
    numbers[at] = number;
    scores[at] = (sums.scores[number] ?? 0) * standing * factor;
    at += 1;
  }
  return at;
}
