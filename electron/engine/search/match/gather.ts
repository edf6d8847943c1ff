/**
 * Which records a query's words mean, out of what the scoreboard added up: those with every word; with
 * too few of them also those with the weightier half of the words, and then those with any.
 */
import type { RecordTest } from "./record-test.ts";
import type { Sums } from "./scoreboard.ts";

export type Gathered = {
  /** Those with every word come first. */
  readonly numbers: Int32Array;
  readonly scores: Float32Array;
  /** How many have every word. */
  readonly whole: number;
};

export type Allowed = {
  /** By number; 0 where there is no record. */
  readonly standings: Float32Array;
  /** Null where any record will do. */
  readonly passes: RecordTest | null;
  /** One above the highest number. */
  readonly bound: number;
};

/** With fewer records that have every word, those that have the weightier half of them follow. */
const enough = 100;
/** What a first score is worth when words are missing. */
const missingFactor = 0.8;

/** Gathers them. What is not allowed is taken off the board. */
export function gather(sums: Sums, allowed: Allowed): Gathered {
  const { whole, most, some } = count(sums, allowed);
  const last = whole >= enough ? 0 : whole + most >= enough ? 1 : 2;
  const size = whole + (last > 0 ? most : 0) + (last > 1 ? some : 0);
  const gathered = { numbers: new Int32Array(size), scores: new Float32Array(size), whole };
  const tiers: readonly Tier[] = [
    { from: sums.whole, below: Infinity, factor: 1 },
    { from: sums.half, below: sums.whole, factor: missingFactor },
    { from: Number.MIN_VALUE, below: sums.half, factor: missingFactor },
  ];
  let at = 0;
  for (const tier of tiers.slice(0, last + 1)) {
    at = put({ sums, ...allowed }, { ...tier, at }, gathered);
  }
  return gathered;
}

/** Whatever was found in a record tells so much: at least `from`, and less than `below`. */
type Tier = { readonly from: number; readonly below: number; readonly factor: number };

function count(
  { masses, whole: full, half }: Sums,
  { standings, passes, bound }: Allowed,
): { readonly whole: number; readonly most: number; readonly some: number } {
  let whole = 0;
  let most = 0;
  let some = 0;
  for (let number = 0; number < bound; number += 1) {
    const mass = masses[number] ?? 0;
    if (mass === 0) continue;
    if ((standings[number] ?? 0) === 0 || passes?.(number) === false) masses[number] = 0;
    else if (mass >= full) whole += 1;
    else if (mass >= half) most += 1;
    else some += 1;
  }
  return { whole, most, some };
}

/** Appends a tier in the order of the numbers; gives where the next one starts. */
function put(
  { sums, standings, bound }: Pick<Allowed, "standings" | "bound"> & { readonly sums: Sums },
  { from, below, factor, at: start }: Tier & { readonly at: number },
  { numbers, scores }: Gathered,
): number {
  let at = start;
  for (let number = 0; number < bound; number += 1) {
    const mass = sums.masses[number] ?? 0;
    if (mass < from || mass >= below) continue;
    numbers[at] = number;
    scores[at] = (sums.scores[number] ?? 0) * (standings[number] ?? 0) * factor;
    at += 1;
  }
  return at;
}
