/** Picks the record that a target names out of those that share its key. Pure. */
import { type Address, matchQuality, type Origin, type Target } from "./place.ts";

/** A record that has an address under the target's key. */
export type Candidate = Address & {
  readonly record: string;
  readonly collection: string;
  /** Which part of a split file the record is; 0 where there is one. */
  readonly part: number;
};

/** The best candidate, or undefined. Ties go to the same collection, the first part, the oldest id. */
export function pickCandidate<C extends Candidate>(
  target: Target,
  from: Origin,
  candidates: readonly C[],
): C | undefined {
  let best: C | undefined;
  let bestRank: readonly (number | string)[] = [];
  for (const candidate of candidates) {
    const quality = matchQuality(target, candidate, from);
    if (quality === 0) continue;
    const near = from !== null && candidate.collection === from.collection ? 1 : 0;
    const rank = [-quality, -near, candidate.part, candidate.record];
    if (best === undefined || isBefore(rank, bestRank)) {
      best = candidate;
      bestRank = rank;
    }
  }
  return best;
}

function isBefore(a: readonly (number | string)[], b: readonly (number | string)[]): boolean {
  for (const [index, value] of a.entries()) {
    const other = b[index];
    if (other === undefined || value === other) continue;
    return value < other;
  }
  return false;
}
