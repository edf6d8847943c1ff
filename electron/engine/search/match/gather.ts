/**
 * Which records a query's words mean, out of what the scoreboard added up: those with every word; with
 * too few of them also those with the weightier half of the words, and then those with any.
 */
import { createTop, type Ranked } from "../rank/top.ts";
import type { RecordTest } from "./record-test.ts";
import type { Sums } from "./scoreboard.ts";

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
  /** Null where any record will do. */
  readonly passes: RecordTest | null;
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
export function bestOf(sums: Sums, allowed: Allowed): Best {
  sieve(sums, allowed);
  const { whole, most, some } = countsOf(sums, allowed);
  const enoughWhole = whole >= enough;
  const enoughMost = most >= enough;
  const least = enoughWhole ? sums.whole : enoughMost ? sums.half : Number.MIN_VALUE;
  const total = enoughWhole ? whole : enoughMost ? most : some;
  return { best: topFrom(sums, allowed, least), total, whole };
}

/** Takes what was found in a record away that does not pass. */
function sieve({ masses }: Sums, { passes, bound }: Allowed): void {
  if (passes === null) return;
  for (let number = 0; number < bound; number += 1) {
    if ((masses[number] ?? 0) > 0 && !passes(number)) masses[number] = 0;
  }
}

type Counts = { readonly whole: number; readonly most: number; readonly some: number };

/**
 * How many have every word, how many at least the weightier half, and how many any. Which of them a
 * record is in cannot be foreseen, so the loop adds truth values instead of branching: that is three
 * times as fast for common words.
 */
function countsOf({ masses, ...sums }: Sums, { standings, bound }: Allowed): Counts {
  // Where nothing can be found, half of it is nothing, too.
  const half = Math.max(sums.half, Number.MIN_VALUE);
  let [whole, most, some] = [0, 0, 0];
  for (let number = 0; number < bound; number += 1) {
    const mass = (masses[number] ?? 0) * Number((standings[number] ?? 0) > 0);
    whole += Number(mass >= sums.whole);
    most += Number(mass >= half);
    some += Number(mass > 0);
  }
  return { whole, most, some };
}

/** The best of those in which at least so much was found. */
function topFrom(
  { scores, masses, whole }: Sums,
  { standings, bound }: Allowed,
  least: number,
): readonly Ranked[] {
  const top = createTop(mostBest);
  let toBeat = 0;
  for (let number = 0; number < bound; number += 1) {
    const mass = masses[number] ?? 0;
    if (mass < least) continue;
    const standing = standings[number] ?? 0;
    const score = (scores[number] ?? 0) * standing * (mass >= whole ? 1 : missingFactor);
    if (score > toBeat) toBeat = Math.max(0, top.offer(number, score));
  }
  return top.ranked();
}

/** All of them, in the order of their numbers among those that have as much of the words. */
export function gather(
  sums: Sums,
  allowed: Allowed,
  found: Pick<Best, "total" | "whole">,
): Gathered {
  const gathered = {
    numbers: new Int32Array(found.total),
    scores: new Float32Array(found.total),
  };
  sieve(sums, allowed);
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
