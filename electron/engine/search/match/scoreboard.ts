/** Adds up what each word of a query gives each record. One board serves one query after another. */
import type { Postings } from "../index/posting-block.ts";

export type Scoreboard = {
  /** Makes it empty, with room for numbers below `bound`. */
  readonly reset: (bound: number) => void;
  /**
   * Adds one group: for each record the best of its sources counts. `size` is the number of all
   * records; gives in how many the group was found, and how much it tells (its idf).
   */
  readonly add: (
    sources: readonly WeightedPostings[],
    options: { readonly size: number; readonly required: boolean },
  ) => { readonly documents: number; readonly idf: number };
  /** The records that a required group was found in; valid until the next reset. */
  readonly touched: () => Int32Array;
  readonly score: (number: number) => number;
  /** How many required groups were found in it. */
  readonly found: (number: number) => number;
  /** The idf of the required groups found in it. */
  readonly mass: (number: number) => number;
};

export type WeightedPostings = { readonly postings: Postings; readonly weight: number };

/** Builds an empty board. */
export function createScoreboard(): Scoreboard {
  let scores = new Float32Array(0);
  let masses = new Float32Array(0);
  let found = new Uint8Array(0);
  let best = new Float32Array(0);
  let touched = new Int32Array(0);
  let count = 0;

  function reset(bound: number): void {
    count = 0;
    if (bound > scores.length) {
      const room = Math.ceil(bound * 1.25) + 64;
      scores = new Float32Array(room);
      masses = new Float32Array(room);
      best = new Float32Array(room);
      found = new Uint8Array(room);
      touched = new Int32Array(room);
      return;
    }
    scores.fill(0);
    masses.fill(0);
    found.fill(0);
  }

  /** The best of several sources for each record, as postings of their own. */
  function merged(sources: readonly WeightedPostings[]): {
    numbers: Int32Array;
    impacts: Float32Array;
  } {
    const total = sources.reduce((sum, { postings }) => sum + postings.numbers.length, 0);
    const numbers = new Int32Array(Math.min(total, best.length));
    let length = 0;
    for (const { postings, weight } of sources) {
      for (let index = 0; index < postings.numbers.length; index += 1) {
        const number = postings.numbers[index] ?? 0;
        const impact = (postings.impacts[index] ?? 0) * weight;
        const before = best[number];
        // The board was sized before this record came; the next query has room for it.
        if (before === undefined) continue;
        if (before === 0) {
          numbers[length] = number;
          length += 1;
        }
        if (impact > before) best[number] = impact;
      }
    }
    const own = numbers.subarray(0, length);
    const impacts = new Float32Array(length);
    for (let index = 0; index < length; index += 1) {
      const number = own[index] ?? 0;
      impacts[index] = best[number] ?? 0;
      best[number] = 0;
    }
    return { numbers: own, impacts };
  }

  return {
    reset,
    add: (sources, { size, required }) => {
      const [only] = sources;
      const { numbers, impacts } =
        sources.length === 1 && only?.weight === 1 ? only.postings : merged(sources);
      const documents = numbers.length;
      const idf = Math.log(1 + (Math.max(size, documents) - documents + 0.5) / (documents + 0.5));
      for (let index = 0; index < documents; index += 1) {
        const number = numbers[index] ?? 0;
        if (number >= scores.length) continue;
        scores[number] = (scores[number] ?? 0) + idf * (impacts[index] ?? 0);
        if (!required) continue;
        masses[number] = (masses[number] ?? 0) + idf;
        const before = found[number] ?? 0;
        found[number] = before + 1;
        if (before === 0) {
          touched[count] = number;
          count += 1;
        }
      }
      return { documents, idf };
    },
    touched: () => touched.subarray(0, count),
    score: (number) => scores[number] ?? 0,
    found: (number) => found[number] ?? 0,
    mass: (number) => masses[number] ?? 0,
  };
}
