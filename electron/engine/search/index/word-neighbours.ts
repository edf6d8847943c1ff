/** Known words near another one: all words in memory, with masks that rule most of them out. */
import { boundedDistance } from "../analysis/edit-distance.ts";
import { letterMask, lettersApart } from "../analysis/letter-mask.ts";

/** A known word and by how many slips it differs. */
export type Near = { readonly word: string; readonly far: number };

export type WordNeighbours = {
  readonly add: (word: string) => void;
  /** Words within the distance. */
  readonly within: (word: string, distance: number) => readonly Near[];
  /** Words whose start is within the distance. */
  readonly startsWithin: (start: string, distance: number) => readonly Near[];
  readonly clear: () => void;
};

/** Words of one length, and the letters of each, see letter-mask.ts. */
type SameLength = { readonly words: string[]; readonly masks: number[] };

/**
 * Builds an empty set: 10 MB for 200,000 words, looked through in a millisecond, as most are ruled out by
 * their length or their letters before anything is read of them.
 */
export function createWordNeighbours(): WordNeighbours {
  const byLength: SameLength[] = [];

  return {
    add: (word) => {
      while (byLength.length <= word.length) byLength.push({ words: [], masks: [] });
      byLength[word.length]?.words.push(word);
      byLength[word.length]?.masks.push(letterMask(word));
    },
    within: (word, distance) => {
      const mask = letterMask(word);
      const near: Near[] = [];
      const shortest = Math.max(0, word.length - distance);
      for (const { words, masks } of byLength.slice(shortest, word.length + distance + 1)) {
        for (let index = 0; index < masks.length; index += 1) {
          if (lettersApart(mask, masks[index] ?? 0) > 2 * distance) continue;
          const candidate = words[index] ?? "";
          const far = boundedDistance(word, candidate, distance);
          if (far <= distance) near.push({ word: candidate, far });
        }
      }
      return near;
    },
    startsWithin: (start, distance) => {
      const mask = letterMask(start);
      const near: Near[] = [];
      for (const { words, masks } of byLength.slice(Math.max(0, start.length - distance))) {
        for (let index = 0; index < masks.length; index += 1) {
          // Each slip brings at most one letter that the word does not have.
          if (lettersApart(mask & (masks[index] ?? 0), mask) > distance) continue;
          const candidate = words[index] ?? "";
          // People slip at the start of a word least of all.
          if (!sharesStart(start, candidate)) continue;
          const far = startDistance(start, candidate, distance);
          if (far <= distance) near.push({ word: candidate, far });
        }
      }
      return near;
    },
    clear: () => {
      byLength.length = 0;
    },
  };
}

/** By how many slips the nearest start of a word differs. */
function startDistance(start: string, word: string, distance: number): number {
  const lengths = [-1, 0, 1].map((more) => start.length + more);
  return Math.min(
    ...lengths.map((length) => boundedDistance(start, word.slice(0, length), distance)),
  );
}

/** Whether one of the first two letters stands where it belongs, or they are swapped. */
function sharesStart(a: string, b: string): boolean {
  const first = b.charCodeAt(0);
  return (
    a.charCodeAt(0) === first || a.charCodeAt(1) === b.charCodeAt(1) || a.charCodeAt(1) === first
  );
}
