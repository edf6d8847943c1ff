/**
 * Adds up what each word of a query gives each record. One board serves one query after another.
 * A common word passes through here a hundred thousand times, so the loops are functions of their own
 * over flat arrays: a variable that a closure shares costs several times as much.
 */
import type { Postings } from "../index/postings.ts";

export type Scoreboard = {
  /** Makes it empty, with room for numbers below `bound`. */
  readonly reset: (bound: number) => void;
  /**
   * Adds one group: for each record the best of its sources counts. `size` is the number of all
   * records, `weight` what the group counts beside others; gives in how many the group was found, and
   * how much it tells (its idf times its weight).
   */
  readonly add: (
    sources: readonly WeightedPostings[],
    options: { readonly size: number; readonly required: boolean; readonly weight: number },
  ) => { readonly documents: number; readonly idf: number };
  /** What was added up, by the records' numbers; valid until the next reset. */
  readonly sums: () => Sums;
};

export type Sums = {
  readonly scores: Float32Array;
  /** How much the required groups that were found in each tell together; 0 where none was. */
  readonly masses: Float32Array;
  /** The mass of a record in which all of them were found, and half of what can be found at all. */
  readonly whole: number;
  readonly half: number;
};

export type WeightedPostings = {
  readonly postings: Postings;
  readonly weight: number;
  /** Whether it belongs to what the group is found in; those come before the others. */
  readonly counted: boolean;
};

/** A word that every record has tells nothing, and yet it makes a difference whether it was found. */
const leastMass = 0.001;

/** Builds an empty board. */
export function createScoreboard(): Scoreboard {
  let scores = new Float32Array(0);
  let masses = new Float32Array(0);
  let best = new Float32Array(0);
  let whole = 0;
  let findable = 0;

  return {
    reset: (bound) => {
      whole = 0;
      findable = 0;
      if (bound <= scores.length) {
        scores.fill(0);
        masses.fill(0);
        return;
      }
      const room = Math.ceil(bound * 1.25) + 64;
      scores = new Float32Array(room);
      masses = new Float32Array(room);
      best = new Float32Array(room);
    },
    add: (sources, { size, required, weight }) => {
      const [only] = sources;
      const single = sources.length === 1 && only?.weight === 1 ? only.postings : undefined;
      let documents = single?.length ?? 0;
      let found = documents;
      if (single === undefined) {
        for (const source of sources) {
          const fresh = merge(source, best);
          found += fresh;
          if (source.counted) documents += fresh;
        }
      }
      // Where nobody uses the word itself, its synonyms are all there is to go by.
      if (documents === 0) documents = found;
      const idf =
        weight * Math.log(1 + (Math.max(size, documents) - documents + 0.5) / (documents + 0.5));
      const mass = required ? idf + leastMass : 0;
      if (single === undefined) addMerged(best, { idf, mass }, { scores, masses });
      else addPostings(single, { idf, mass }, { scores, masses });
      // Rounded as the sum of each record is, so that the two are the same.
      whole = Math.fround(whole + mass);
      if (documents > 0) findable += mass;
      return { documents, idf };
    },
    sums: () => ({ scores, masses, whole, half: findable / 2 }),
  };
}

type Worth = { readonly idf: number; readonly mass: number };
type Board = { readonly scores: Float32Array; readonly masses: Float32Array };

/** A record that came after the board was sized is left out: the next query has room for it. */
function addPostings(postings: Postings, { idf, mass }: Worth, { scores, masses }: Board): void {
  const { length } = postings;
  for (let index = 0; index < length; index += 1) {
    const packed = postings[index] ?? 0;
    const number = packed >>> 8;
    if (number >= scores.length) return;
    scores[number] = (scores[number] ?? 0) + idf * (packed & 255);
    masses[number] = (masses[number] ?? 0) + mass;
  }
}

/** Keeps the best of several sources for each record; answers how many records are new. */
function merge({ postings, weight }: WeightedPostings, best: Float32Array): number {
  const { length } = postings;
  let fresh = 0;
  for (let index = 0; index < length; index += 1) {
    const packed = postings[index] ?? 0;
    const number = packed >>> 8;
    if (number >= best.length) return fresh;
    const impact = (packed & 255) * weight;
    const before = best[number] ?? 0;
    if (before === 0) fresh += 1;
    if (impact > before) best[number] = impact;
  }
  return fresh;
}

/** Adds what was merged, and leaves nothing of it. */
function addMerged(best: Float32Array, { idf, mass }: Worth, { scores, masses }: Board): void {
  const { length } = best;
  for (let number = 0; number < length; number += 1) {
    const impact = best[number] ?? 0;
    if (impact === 0) continue;
    scores[number] = (scores[number] ?? 0) + idf * impact;
    masses[number] = (masses[number] ?? 0) + mass;
    best[number] = 0;
  }
}
