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
  /** Forgets what a change to the index made untrue. */
  readonly refresh: (at: { readonly cleared: boolean }) => void;
};

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
  function within(word: string, distance: number): readonly string[] {
    load();
    const mask = letterMask(word);
    return words.filter(
      (candidate, index) =>
        Math.abs(candidate.length - word.length) <= distance &&
        lettersApart(mask, masks[index] ?? 0) <= 2 * distance &&
        boundedDistance(word, candidate, distance) <= distance,
    );
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
      if (distance === 0) return [];
      return within(word, distance)
        .flatMap((candidate) => byWord(db).get(candidate) ?? [])
        .map((known) => ({ known, far: boundedDistance(word, known.word, distance) }))
        .toSorted(
          (a, b) =>
            a.far - b.far ||
            Number(sameStart(b.known.word, word)) - Number(sameStart(a.known.word, word)) ||
            b.known.documents - a.known.documents ||
            (a.known.word < b.known.word ? -1 : 1),
        )
        .slice(0, limit)
        .map(({ known }) => known);
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
