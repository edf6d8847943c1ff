/**
 * Which records a query's words mean, out of what the scoreboard added up: those with every word; with
 * too few of them also those with the weightier half of the words, and then those with any.
 */
import { numberIn, type Postings } from "../index/postings.ts";
import { createTop, offer, type Ranked, ranked, type Top } from "../rank/top.ts";
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
  /** One above the highest number. */
  readonly bound: number;
};

/** As many as anybody looks at closely. */
export const mostBest = 100;
/** With fewer records that have every word, those that have the weightier half of them follow. */
const enough = 100;
/** What a first score is worth when words are missing. */
const missingFactor = 0.8;
/** Of so many records one has to have a heavy word, or going through all of them is faster. */
const fewFactor = 4;
/** Sums are rounded. */
const nearly = 0.999;

/**
 * The best of them and how many there are. A list of all is made only where it is asked for: for a
 * common word it is most of the work.
 */
export function bestOf(sums: Sums, allowed: Allowed): Best {
  const kept = ofHeavy(sums, allowed) ?? ofAll(sums, allowed);
  const all = kept.flatMap(({ top }, tier) =>
    ranked(top).map(({ number, score }) => ({
      number,
      score: tier === 0 ? score : score * missingFactor,
    })),
  );
  return {
    best: all.toSorted(byScore).slice(0, mostBest),
    total: kept.reduce((sum, { count }) => sum + count, 0),
    whole: kept[0]?.count ?? 0,
  };
}

/** The records of a tier. */
type Kept = { readonly top: Top; readonly count: number };

/**
 * Those with at least the weightier half of the words, which all have one of the heavy ones; undefined
 * where those are in too many records, or where not enough have the half.
 */
function ofHeavy(sums: Sums, { standings, bound }: Allowed): readonly Kept[] | undefined {
  const heavy = heavyWords(sums);
  const length = heavy.reduce((sum, postings) => sum + postings.length, 0);
  if (length === 0 || length * fewFactor > bound) return undefined;
  const { scores, masses, whole, half } = sums;
  const [every, most] = [createTop(mostBest), createTop(mostBest)];
  const counts: [number, number] = [0, 0];
  const toBeat: [number, number] = [0, 0];
  const seen = new Uint8Array(bound);
  for (const postings of heavy) {
    for (let index = 0; index < postings.length; index += 1) {
      const number = numberIn(postings[index] ?? 0);
      const mass = masses[number] ?? 0;
      if (mass < half || seen[number] !== 0) continue;
      seen[number] = 1;
      const standing = standings[number] ?? 0;
      if (standing === 0) continue;
      const tier = mass >= whole ? 0 : 1;
      counts[tier] += 1;
      const score = (scores[number] ?? 0) * standing;
      if (score > 0 && score >= toBeat[tier]) {
        toBeat[tier] = offer(tier === 0 ? every : most, number, score);
      }
    }
  }
  if (counts[0] + counts[1] < enough) return undefined;
  const kept = [
    { top: every, count: counts[0] },
    { top: most, count: counts[1] },
  ];
  return kept.slice(0, lastTier(...counts) + 1);
}

/** The postings of as many words, the rarest first, as no record with half of the mass can be without. */
function heavyWords({ demands, half }: Sums): readonly Postings[] {
  const heavy: Postings[] = [];
  let rest = 2 * half;
  for (const { postings, mass } of demands.toSorted(
    (a, b) => a.postings.length - b.postings.length,
  )) {
    if (rest < half * nearly) return heavy;
    heavy.push(postings);
    rest -= mass;
  }
  return rest < half * nearly ? heavy : [];
}

/** The tiers that are answered, those with every word first. */
function ofAll({ scores, masses, ...sums }: Sums, { standings, bound }: Allowed): readonly Kept[] {
  const tops = [createTop(mostBest), createTop(mostBest), createTop(mostBest)] as const;
  const counts = new Int32Array(tops.length);
  const toBeat = new Float64Array(tops.length);
  // Of floats that are not negative the greater one has the greater bits: so tiers need no branch.
  const [massBits, whole, half] = [bitsIn(masses), bitsOf(sums.whole), bitsOf(sums.half)];
  for (let number = 0; number < bound; number += 1) {
    const mass = massBits[number] ?? 0;
    if (mass === 0) continue;
    const standing = standings[number] ?? 0;
    if (standing === 0) continue;
    const tier = ((mass - whole) >>> 31) + ((mass - half) >>> 31);
    counts[tier] = (counts[tier] ?? 0) + 1;
    const score = (scores[number] ?? 0) * standing;
    if (score > (toBeat[tier] ?? 0)) toBeat[tier] = offer(tops[tier] ?? tops[0], number, score);
  }
  const kept = tops.map((top, tier) => ({ top, count: counts[tier] ?? 0 }));
  return kept.slice(0, lastTier(counts[0] ?? 0, counts[1] ?? 0) + 1);
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

/** The last tier that is answered: 0 has every word, 1 the weightier half of them, 2 any. */
function lastTier(whole: number, most: number): number {
  if (whole >= enough) return 0;
  return whole + most >= enough ? 1 : 2;
}

function byScore(a: Ranked, b: Ranked): number {
  return b.score - a.score || a.number - b.number;
}
