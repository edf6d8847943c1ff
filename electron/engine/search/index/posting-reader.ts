/** Reads postings by stem and records by phrase; keeps what was read last in memory. */
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import { createBoundedCache } from "../bounded-cache.ts";
import { decodeBlock, type Postings, postingsIn } from "./posting-block.ts";

export type PostingReader = {
  readonly postings: (stem: string) => Postings;
  /** The records in which these stems stand side by side in one part; ascending numbers. */
  readonly phrase: (stems: readonly string[]) => Int32Array;
  readonly refresh: () => void;
};

/** Numbers and impacts that may stay in memory: 5 bytes each, 30 MB. */
const mostKept = 6_000_000;

const blocksOf = statement<[string], { readonly block: number; readonly postings: Buffer }>(
  "SELECT block, postings FROM search_posting WHERE stem = ? ORDER BY block",
);
const matching = statement<[string], { readonly number: number }>(
  "SELECT rowid AS number FROM search_phrase WHERE search_phrase MATCH ?",
);

/** Reads the index of one database. */
export function createPostingReader(db: Readable): PostingReader {
  const kept = createBoundedCache<string, Postings>(mostKept, ({ numbers }) => numbers.length + 50);
  const phrases = createBoundedCache<string, Int32Array>(mostKept / 4, ({ length }) => length + 50);

  return {
    postings: (stem) => {
      const known = kept.get(stem);
      if (known !== undefined) return known;
      const read = readPostings(db, stem);
      kept.set(stem, read);
      return read;
    },
    phrase: (stems) => {
      // Stems hold letters and digits alone, so nothing in them can end the string.
      const expression = `"${stems.join(" ")}"`;
      const known = phrases.get(expression);
      if (known !== undefined) return known;
      const rows = matching(db).all(expression);
      const numbers = Int32Array.from(rows, ({ number }) => number);
      phrases.set(expression, numbers);
      return numbers;
    },
    refresh: () => {
      kept.clear();
      phrases.clear();
    },
  };
}

function readPostings(db: Readable, stem: string): Postings {
  const blocks = blocksOf(db).all(stem);
  const count = blocks.reduce((sum, { postings }) => sum + postingsIn(postings), 0);
  const all = { numbers: new Int32Array(count), impacts: new Uint8Array(count) };
  let at = 0;
  for (const block of blocks) {
    decodeBlock(block, all, at);
    at += postingsIn(block.postings);
  }
  return all;
}
