/**
 * Which records a query's words mean, out of what the scoreboard added up: those with every word; with
 * too few of them also those with the weightier half of the words, and then those with any.
 */
import { createTop, offer, type Ranked, ranked, type Top } from "../rank/top.ts";
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
export function bestOf(sums: Sums, { standings, passes, bound }: Allowed): Best {
  const { scores, masses } = sums;
  const [whole, most, some] = [createTier(), createTier(), createTier()];
  for (let number = 0; number < bound; number += 1) {
    const mass = masses[number] ?? 0;
    if (mass === 0) continue;
    const standing = standings[number] ?? 0;
    if (standing === 0 || passes?.(number) === false) continue;
    const tier = mass >= sums.whole ? whole : mass >= sums.half ? most : some;
    tier.count += 1;
    const score = (scores[number] ?? 0) * standing;
    if (score > tier.toBeat) tier.toBeat = offer(tier.top, number, score);
  }
  const last = lastTier(whole.count, most.count);
  const tiers = [whole, most, some].slice(0, last + 1);
  const all = tiers.flatMap(({ top }, at) =>
    ranked(top).map(({ number, score }) => ({
      number,
      score: at === 0 ? score : score * missingFactor,
    })),
  );
  return {
    best: all.toSorted(byScore).slice(0, mostBest),
    total: tiers.reduce((sum, { count }) => sum + count, 0),
    whole: whole.count,
  };
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
  { sums, standings, passes, bound }: Allowed & { readonly sums: Sums },
  { from, below, factor, at: start }: Tier,
  { numbers, scores }: Gathered,
): number {
  let at = start;
  for (let number = 0; number < bound; number += 1) {
    const mass = sums.masses[number] ?? 0;
    if (mass < from || mass >= below) continue;
    const standing = standings[number] ?? 0;
    if (standing === 0 || passes?.(number) === false) continue;
    numbers[at] = number;
    scores[at] = (sums.scores[number] ?? 0) * standing * factor;
    at += 1;
  }
  return at;
}

/** The last tier that is answered: 0 has every word, 1 the weightier half of them, 2 any. */
function lastTier(whole: number, most: number): number {
  if (whole >= enough) return 0;
  return whole + most >= enough ? 1 : 2;
}

type Kept = { count: number; toBeat: number; readonly top: Top };

function createTier(): Kept {
  return { count: 0, toBeat: 0, top: createTop(mostBest) };
}

function byScore(a: Ranked, b: Ranked): number {
  return b.score - a.score || a.number - b.number;
}
