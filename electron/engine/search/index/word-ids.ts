/** The lasting numbers of words, by which streams name them. A new word gets its row here. */
import type { Writable } from "../../db/database.ts";
import type { Token } from "../analysis/tokenize.ts";
import { addWord, highestWordId, wordId } from "./schema.ts";

export type WordIds = {
  /** The word's number; `stamp` goes into the row of a new word. */
  readonly of: (token: Token, stamp: number) => number;
  /** After a transaction was rolled back, or the words were dropped. */
  readonly forget: () => void;
};

/** Looks each word up once in the life of a writer. */
export function createWordIds(db: Writable): WordIds {
  /** By the word's number in this process. */
  let known = new Map<number, number>();
  let highest: number | undefined;

  function find({ word, stem }: Token, stamp: number): number {
    const stored = wordId(db).get(word)?.id;
    if (stored !== undefined) return stored;
    highest = (highest ?? highestWordId(db).get()?.id ?? 0) + 1;
    addWord(db).run(highest, word, stem, stamp);
    return highest;
  }

  return {
    of: (token, stamp) => {
      const before = known.get(token.wordNumber);
      if (before !== undefined) return before;
      const id = find(token, stamp);
      known.set(token.wordNumber, id);
      return id;
    },
    forget: () => {
      known = new Map();
      highest = undefined;
    },
  };
}
