/**
 * Adds up what each word of a query gives each record. One board serves one query after another.
 * A common word passes through here a hundred thousand times, so the loops are functions of their own
 * over flat arrays: a variable that a closure shares costs several times as much. Where they can they
 * calculate instead of branching: a branch that goes either way by chance costs more than all else.
 */
import type { Postings } from "../index/postings.ts";
import type { RecordTest } from "./record-test.ts";

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
  /** Takes out the records that do not pass. */
  readonly strike: (passes: RecordTest) => void;
  /** What was found, where a required group is all there is; valid until the next call. */
  readonly lone: () => Lone | undefined;
  /** What was added up, by the records' numbers; valid until the next reset. */
  readonly sums: () => Sums;
};

/** What one group alone was found in: there is nothing to add up. */
export type Lone = {
  /** In how many records. */
  readonly count: number;
  /** What an impact scores. */
  readonly worth: number;
  /** The impacts: those of its only source, or the best of several by the records' numbers. */
  readonly impacts:
    | { readonly of: "one"; readonly postings: Postings }
    | { readonly of: "several"; readonly best: Int32Array };
};

export type Sums = {
  readonly scores: Float32Array;
  /** How much the required groups that were found in each tell together; 0 where none was. */
  readonly masses: Float32Array;
  /** The mass of a record in which all of them were found, and half of what can be found at all. */
  readonly whole: number;
  readonly half: number;
  /** The postings of the required groups that have but one source. */
  readonly demands: readonly Postings[];
};

export type WeightedPostings = {
  readonly postings: Postings;
  readonly weight: number;
  /** Whether it belongs to what the group is found in; those come before the others. */
  readonly counted: boolean;
};

/** A word that every record has tells nothing, and yet it makes a difference whether it was found. */
const leastMass = 0.001;
/** Steps of a weighted impact, so that the best of several is found among whole numbers. */
const steps = 1000;
/** Where one of so many records is found, it is faster to go through all of them. */
const fewFactor = 2;

/** A group that was looked for and is not yet added to the others. */
type Waiting = {
  readonly sources: readonly WeightedPostings[];
  /** Those of its only source; otherwise the best of several have been merged. */
  readonly single: Postings | undefined;
  readonly count: number;
  readonly worth: Worth;
};

/** Builds an empty board. */
export function createScoreboard(): Scoreboard {
  let board = boardFor(0);
  let isClean = true;
  let waiting: Waiting | undefined;
  let whole = 0;
  let findable = 0;
  let demands: Postings[] = [];

  /** The group before is added only when it turns out not to be the only one. */
  function pour(): void {
    if (waiting === undefined) return;
    const { sources, single, count, worth } = waiting;
    waiting = undefined;
    isClean = false;
    if (single !== undefined) addPostings(single, worth, board);
    else if (count * fewFactor < board.best.length) addFew(sources, worth, board);
    else addMerged(worth, board);
  }

  return {
    reset: (bound) => {
      if (waiting !== undefined && waiting.single === undefined) board.best.fill(0);
      waiting = undefined;
      whole = 0;
      findable = 0;
      demands = [];
      if (bound > board.scores.length) board = boardFor(Math.ceil(bound * 1.25) + 64);
      else if (!isClean) {
        board.scores.fill(0);
        board.masses.fill(0);
      }
      isClean = true;
    },
    add: (all, { size, required, weight }) => {
      pour();
      // Mostly the word itself is all that anybody wrote of what might stand for it.
      const sources = all.filter(({ postings }) => postings.length > 0);
      const [only] = sources;
      const single = sources.length === 1 && only?.weight === 1 ? only.postings : undefined;
      let count = single?.length ?? 0;
      let documents = only?.counted === true ? count : 0;
      if (single === undefined) {
        for (const source of sources) {
          const fresh = merge(source, board.best);
          count += fresh;
          if (source.counted) documents += fresh;
        }
      }
      // Where nobody uses the word itself, its synonyms are all there is to go by.
      if (documents === 0) documents = count;
      const idf =
        weight * Math.log(1 + (Math.max(size, documents) - documents + 0.5) / (documents + 0.5));
      const mass = required ? idf + leastMass : 0;
      waiting = { sources, single, count, worth: { idf, mass } };
      if (required && single !== undefined) demands.push(single);
      // Rounded as the sum of each record is, so that the two are the same.
      whole = Math.fround(whole + mass);
      if (documents > 0) findable += mass;
      return { documents, idf };
    },
    strike: (passes) => {
      pour();
      strikeOut(board.masses, passes);
    },
    lone: () => (isClean && waiting !== undefined ? loneOf(waiting, board) : undefined),
    sums: () => {
      pour();
      const { scores, masses } = board;
      return { scores, masses, whole, half: Math.fround(findable / 2), demands };
    },
  };
}

function boardFor(room: number): Board {
  return {
    scores: new Float32Array(room),
    masses: new Float32Array(room),
    best: new Int32Array(room),
  };
}

function loneOf({ single, count, worth }: Waiting, { best }: Board): Lone | undefined {
  if (worth.mass === 0) return undefined;
  return single === undefined
    ? { count, worth: worth.idf / steps, impacts: { of: "several", best } }
    : { count, worth: worth.idf, impacts: { of: "one", postings: single } };
}

type Worth = { readonly idf: number; readonly mass: number };
type Board = {
  readonly scores: Float32Array;
  readonly masses: Float32Array;
  /** What is being merged, in steps of an impact; all zero before and after. */
  readonly best: Int32Array;
};

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
function merge({ postings, weight }: WeightedPostings, best: Int32Array): number {
  const { length } = postings;
  const factor = Math.max(1, Math.round(weight * steps));
  let fresh = 0;
  for (let index = 0; index < length; index += 1) {
    const packed = postings[index] ?? 0;
    const number = packed >>> 8;
    if (number >= best.length) return fresh;
    const before = best[number] ?? 0;
    const excess = before - (packed & 255) * factor;
    // The greater of the two; and 1 where there was nothing, as only 0 - 1 is negative.
    best[number] = before - (excess & (excess >> 31));
    fresh += (before - 1) >>> 31;
  }
  return fresh;
}

/** Adds what was merged, and leaves nothing of it. */
function addMerged({ idf, mass }: Worth, { scores, masses, best }: Board): void {
  const { length } = best;
  const worth = idf / steps;
  for (let number = 0; number < length; number += 1) {
    const impact = best[number] ?? 0;
    scores[number] = (scores[number] ?? 0) + worth * impact;
    // 1 where there is an impact, since then its opposite is negative.
    masses[number] = (masses[number] ?? 0) + mass * (-impact >>> 31);
  }
  best.fill(0);
}

/** The same where that is little of all there is. */
function addFew(
  sources: readonly WeightedPostings[],
  { idf, mass }: Worth,
  { scores, masses, best }: Board,
): void {
  const worth = idf / steps;
  for (const { postings } of sources) {
    for (let index = 0; index < postings.length; index += 1) {
      const number = (postings[index] ?? 0) >>> 8;
      const impact = best[number] ?? 0;
      if (impact === 0) continue;
      scores[number] = (scores[number] ?? 0) + worth * impact;
      masses[number] = (masses[number] ?? 0) + mass;
      best[number] = 0;
    }
  }
}

function strikeOut(masses: Float32Array, passes: RecordTest): void {
  for (let number = 0; number < masses.length; number += 1) {
    if (masses[number] !== 0 && !passes(number)) masses[number] = 0;
  }
}
