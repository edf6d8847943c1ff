/** The nearest known words for one that nobody wrote, and the completions of one being typed. */
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import { isWeakInQueries } from "../analysis/stop-words.ts";
import { slipCost } from "../analysis/slip.ts";
import { createBoundedCache } from "../bounded-cache.ts";
import { createWordNeighbours, type Near, type WordNeighbours } from "./word-neighbours.ts";

export type KnownWord = {
  /** Its number in word streams. */
  readonly id: number;
  readonly word: string;
  readonly stem: string;
  /** In how many records it stands. */
  readonly documents: number;
};

export type Vocabulary = {
  readonly find: (word: string) => KnownWord | undefined;
  /** The word of a number in word streams. */
  readonly wordOf: (id: number) => string | undefined;
  /** The words of several numbers. */
  readonly wordsOf: (ids: readonly number[]) => readonly KnownWord[];
  /** In how many records the word of a number stands; 0 for words that tell nothing apart. */
  readonly documentsOf: (id: number) => number;
  /** The numbers, in word streams, of all words that have the stem. */
  readonly numbersOf: (stem: string) => readonly number[];
  /** Known words that start so, the commonest first. */
  readonly completions: (prefix: string, limit: number) => readonly KnownWord[];
  /** Known words one slip away (two in long words), the nearest and then the commonest first. */
  readonly nearest: (word: string, limit: number) => readonly KnownWord[];
  /** Known words that start with something one slip away from a word still being typed. */
  readonly nearestStarts: (start: string, limit: number) => readonly KnownWord[];
  /** Reads some of what near words are looked for in, which is otherwise read when one is; gives whether there is more. */
  readonly warm: () => boolean;
  /** Forgets what a change to the index made untrue. */
  readonly refresh: (at: { readonly cleared: boolean }) => void;
};

const mostAsked = 200;
/** A millisecond of reading. */
const rowsAtOnce = 1000;
/** A likely slip makes up for a word that is about a third as common. */
const slipWeight = 2.5;

function byFar(a: Near, b: Near): number {
  return a.far - b.far;
}

const byWord = statement<[string], KnownWord>(
  "SELECT id, word, stem, documents FROM search_word WHERE word = ? AND documents > 0",
);
const byId = statement<[number], { readonly word: string; readonly documents: number }>(
  "SELECT word, documents FROM search_word WHERE id = ?",
);
const byIds = statement<[ids: string], KnownWord>(
  "SELECT w.id, w.word, w.stem, w.documents FROM json_each(?) AS wanted CROSS JOIN search_word AS w ON w.id = wanted.value",
);
const withStem = statement<[string], { readonly id: number }>(
  "SELECT id FROM search_word WHERE stem = ? ORDER BY id",
);
const startingWith = statement<[string, string, number], KnownWord>(
  "SELECT id, word, stem, documents FROM search_word WHERE word >= ? AND word < ? AND documents > 0 ORDER BY documents DESC, word LIMIT ?",
);
const startingWithLetter = statement<[letter: string, limit: number], KnownWord>(
  "SELECT id, word, stem, documents FROM search_word WHERE substr(word, 1, 1) = ? AND documents > 0 ORDER BY digits DESC, documents DESC, word LIMIT ?",
);
const addedSince = statement<[id: number, rows: number], readonly [word: string, id: number]>(
  "SELECT word, id FROM search_word WHERE id > ? ORDER BY id LIMIT ?",
);

/** Reads the vocabulary of one database. */
export function createVocabulary(db: Readable): Vocabulary {
  const neighbours = createWordNeighbours();
  let seen = -1;
  let stale = true;
  // Every key typed asks again about the words before it.
  const answers = createBoundedCache<string, readonly KnownWord[]>(1000, () => 1);
  const found = createBoundedCache<string, { readonly known: KnownWord | undefined }>(
    4000,
    () => 1,
  );
  const numbers = createBoundedCache<string, readonly number[]>(4000, () => 1);
  const documents = createBoundedCache<number, number>(20_000, () => 1);

  /** Reads some of the words that were added; gives whether there are more. */
  function readSome(): boolean {
    if (!stale) return false;
    const added = addedSince(db).raw().all(seen, rowsAtOnce);
    for (const [word, id] of added) {
      neighbours.add(word);
      seen = id;
    }
    stale = added.length === rowsAtOnce;
    return stale;
  }

  function near(): WordNeighbours {
    while (readSome());
    return neighbours;
  }

  return {
    find: (word) => found.keep(word, () => ({ known: byWord(db).get(word) })).known,
    wordOf: (id) => byId(db).get(id)?.word,
    wordsOf: (ids) => byIds(db).all(JSON.stringify(ids)),
    documentsOf: (id) => documents.keep(id, () => documentsOf(db, id)),
    numbersOf: (stem) =>
      numbers.keep(stem, () =>
        withStem(db)
          .all(stem)
          .map(({ id }) => id),
      ),
    completions: (prefix, limit) =>
      answers.keep(`* ${limit} ${prefix}`, () =>
        isOneCharacter(prefix)
          ? startingWithLetter(db).all(prefix, limit)
          : startingWith(db).all(prefix, `${prefix}\u{10FFFF}`, limit),
      ),
    nearest: (word, limit) => {
      const distance = allowedDistance(word);
      if (distance === 0) return [];
      return answers.keep(`= ${limit} ${word}`, () =>
        likeliest(db, { typed: word, near: near().within(word, distance) }).slice(0, limit),
      );
    },
    nearestStarts: (start, limit) => {
      const distance = Math.min(1, allowedDistance(start));
      if (distance === 0) return [];
      return answers.keep(`^ ${limit} ${start}`, () =>
        likeliest(db, { typed: start, near: near().startsWithin(start, distance) }).slice(0, limit),
      );
    },
    warm: readSome,
    refresh: ({ cleared }) => {
      answers.clear();
      found.clear();
      numbers.clear();
      documents.clear();
      stale = true;
      if (!cleared) return;
      neighbours.clear();
      seen = -1;
    },
  };
}

function isOneCharacter(text: string): boolean {
  return text !== "" && String.fromCodePoint(text.codePointAt(0) ?? 0) === text;
}

function documentsOf(db: Readable, id: number): number {
  const row = byId(db).get(id);
  return row === undefined || isWeakInQueries(row.word) ? 0 : row.documents;
}

/**
 * The known words among the near ones, the likeliest first: by the number of slips, then those that
 * start alike, then by how common the word is and how easily this slip is made.
 */
function likeliest(
  db: Readable,
  { typed, near }: { readonly typed: string; readonly near: readonly Near[] },
): readonly KnownWord[] {
  // Only the nearest are asked how common they are: each question is a look into the table.
  const nearest = near.length <= mostAsked ? near : near.toSorted(byFar).slice(0, mostAsked);
  return nearest
    .flatMap(({ word, far }) => {
      const known = byWord(db).get(word);
      if (known === undefined) return [];
      const likelihood = Math.log(1 + known.documents) - slipWeight * slipCost(typed, word);
      return [{ known, far, otherStart: sameStart(word, typed) ? 0 : 1, likelihood }];
    })
    .toSorted(
      (a, b) =>
        a.far - b.far ||
        a.otherStart - b.otherStart ||
        b.likelihood - a.likelihood ||
        (a.known.word < b.known.word ? -1 : 1),
    )
    .map(({ known }) => known);
}

/** How many slips are forgiven in a word: short words have too many neighbours. */
export function allowedDistance(word: string): number {
  if (word.length < 4) return 0;
  return word.length < 8 ? 1 : 2;
}

function sameStart(a: string, b: string): boolean {
  return a.charCodeAt(0) === b.charCodeAt(0);
}
