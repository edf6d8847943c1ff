/** The nearest known words for one that nobody wrote, and the completions of one being typed. */
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import { boundedDistance } from "../analysis/edit-distance.ts";
import { letterMask, lettersApart } from "../analysis/letter-mask.ts";
import type { BoundedCache } from "../bounded-cache.ts";
import { createBoundedCache } from "../bounded-cache.ts";

export type KnownWord = {
  readonly word: string;
  readonly stem: string;
  /** In how many records it stands. */
  readonly documents: number;
};

export type Vocabulary = {
  readonly find: (word: string) => KnownWord | undefined;
  /** Known words that start so, the commonest first. */
  readonly completions: (prefix: string, limit: number) => readonly KnownWord[];
  /** Known words one slip away (two in long words), the nearest and then the commonest first. */
  readonly nearest: (word: string, limit: number) => readonly KnownWord[];
  /** Known words that start with something one slip away from a word still being typed. */
  readonly nearestStarts: (start: string, limit: number) => readonly KnownWord[];
  /** Forgets what a change to the index made untrue. */
  readonly refresh: (at: { readonly cleared: boolean }) => void;
};

type Near = { readonly word: string; readonly far: number };

const byWord = statement<[string], KnownWord>(
  "SELECT word, stem, documents FROM search_word WHERE word = ? AND documents > 0",
);
const startingWith = statement<[string, string, number], KnownWord>(
  "SELECT word, stem, documents FROM search_word WHERE word >= ? AND word < ? AND documents > 0 ORDER BY documents DESC, word LIMIT ?",
);
const addedSince = statement<[number], { readonly word: string; readonly stamp: number }>(
  "SELECT word, stamp FROM search_word WHERE stamp > ? ORDER BY stamp, word",
);

/** Reads the vocabulary of one database. The words themselves stay in memory: 10 MB for 200,000. */
export function createVocabulary(db: Readable): Vocabulary {
  const words: string[] = [];
  const masks: number[] = [];
  let seen = -1;
  let stale = true;
  const completed: BoundedCache<string, readonly KnownWord[]> = createBoundedCache(500, () => 1);

  function load(): void {
    if (!stale) return;
    stale = false;
    for (const row of addedSince(db).iterate(seen)) {
      words.push(row.word);
      masks.push(letterMask(row.word));
      seen = row.stamp;
    }
  }

  /** Words within the distance. The masks rule out all but one in a hundred without a look. */
  function within(word: string, distance: number): readonly Near[] {
    load();
    const mask = letterMask(word);
    const near: Near[] = [];
    words.forEach((candidate, index) => {
      if (Math.abs(candidate.length - word.length) > distance) return;
      if (lettersApart(mask, masks[index] ?? 0) > 2 * distance) return;
      const far = boundedDistance(word, candidate, distance);
      if (far <= distance) near.push({ word: candidate, far });
    });
    return near;
  }

  /** Words whose start is within the distance. */
  function startsWithin(start: string, distance: number): readonly Near[] {
    load();
    const mask = letterMask(start);
    const near: Near[] = [];
    words.forEach((candidate, index) => {
      if (candidate.length < start.length - distance) return;
      // Each slip brings at most one letter that the word does not have.
      if (lettersApart(mask & (masks[index] ?? 0), mask) > distance) return;
      const far = Math.min(
        ...[-1, 0, 1].map((more) =>
          boundedDistance(start, candidate.slice(0, start.length + more), distance),
        ),
      );
      if (far <= distance) near.push({ word: candidate, far });
    });
    return near;
  }

  function best(word: string, near: readonly Near[], limit: number): readonly KnownWord[] {
    return near
      .flatMap(({ word: found, far }) => {
        const known = byWord(db).get(found);
        return known === undefined ? [] : [{ known, far }];
      })
      .toSorted(
        (a, b) =>
          a.far - b.far ||
          Number(sameStart(b.known.word, word)) - Number(sameStart(a.known.word, word)) ||
          b.known.documents - a.known.documents ||
          (a.known.word < b.known.word ? -1 : 1),
      )
      .slice(0, limit)
      .map(({ known }) => known);
  }

  return {
    find: (word) => byWord(db).get(word),
    completions: (prefix, limit) => {
      const key = `${limit} ${prefix}`;
      const known = completed.get(key);
      if (known !== undefined) return known;
      const found = startingWith(db).all(prefix, `${prefix}\u{10FFFF}`, limit);
      completed.set(key, found);
      return found;
    },
    nearest: (word, limit) => {
      const distance = allowedDistance(word);
      return distance === 0 ? [] : best(word, within(word, distance), limit);
    },
    nearestStarts: (start, limit) => {
      const distance = Math.min(1, allowedDistance(start));
      return distance === 0 ? [] : best(start, startsWithin(start, distance), limit);
    },
    refresh: ({ cleared }) => {
      completed.clear();
      stale = true;
      if (!cleared) return;
      words.length = 0;
      masks.length = 0;
      seen = -1;
    },
  };
}

/** How many slips are forgiven in a word: short words have too many neighbours. */
export function allowedDistance(word: string): number {
  if (word.length < 4) return 0;
  return word.length < 8 ? 1 : 2;
}

function sameStart(a: string, b: string): boolean {
  return a.charCodeAt(0) === b.charCodeAt(0);
}
