/** Reads postings by stem and records by phrase; keeps what was read last in memory. */
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import { createBoundedCache } from "../bounded-cache.ts";
import { decodeBlock, type Postings, postingsIn } from "./posting-block.ts";
import { postingsAt } from "./schema.ts";

export type PostingReader = {
  readonly postings: (stem: string) => Postings;
  /** The records in which these stems stand side by side in one part; ascending numbers. */
  readonly phrase: (stems: readonly string[]) => Int32Array;
  readonly refresh: () => void;
};

/** Numbers and impacts that may stay in memory: 5 bytes each, 30 MB. */
const mostKept = 6_000_000;

const lastBlock = statement<[], { readonly block: number | null }>(
  "SELECT max(block) AS block FROM search_posting",
);
const matching = statement<[string], { readonly number: number }>(
  "SELECT rowid AS number FROM search_phrase WHERE search_phrase MATCH ?",
);

/** Reads the index of one database. */
export function createPostingReader(db: Readable): PostingReader {
  const kept = createBoundedCache<string, Postings>(mostKept, ({ numbers }) => numbers.length + 50);
  const phrases = createBoundedCache<string, Int32Array>(mostKept / 4, ({ length }) => length + 50);
  let last: number | undefined;

  return {
    postings: (stem) => {
      const known = kept.get(stem);
      if (known !== undefined) return known;
      last ??= lastBlock(db).get()?.block ?? -1;
      const read = readPostings(db, stem, last);
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
      last = undefined;
      kept.clear();
      phrases.clear();
    },
  };
}

function readPostings(db: Readable, stem: string, last: number): Postings {
  const blocks: { readonly block: number; readonly postings: Uint8Array }[] = [];
  let count = 0;
  for (let block = 0; block <= last; block += 1) {
    const postings = postingsAt(db).get(stem, block)?.postings;
    if (postings === undefined) continue;
    blocks.push({ block, postings });
    count += postingsIn(postings);
  }
  const all = { numbers: new Int32Array(count), impacts: new Uint8Array(count) };
  let at = 0;
  for (const block of blocks) {
    decodeBlock(block, all, at);
    at += postingsIn(block.postings);
  }
  return all;
}
