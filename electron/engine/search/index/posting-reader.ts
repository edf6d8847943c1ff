/** Reads postings by stem and by phrase; keeps what was read last in memory. */
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import { createBoundedCache } from "../bounded-cache.ts";
import { decodeBlock, packPosting, type Postings, postingsIn } from "./posting-block.ts";

export type PostingReader = {
  readonly postings: (stem: string) => Postings;
  /** The records in which these stems stand side by side in one part. */
  readonly phrase: (stems: readonly string[]) => Postings;
  readonly refresh: () => void;
};

/** Postings that may stay in memory: 4 bytes each, 24 MB. */
const mostKept = 6_000_000;
/** What an array takes beside its postings, in postings. */
const overhead = 50;
/** The impact of a phrase, of which no postings are kept. */
const phraseImpact = 40;

type Block = readonly [block: number, postings: Uint8Array];

const lastBlock = statement<[], { readonly block: number | null }>(
  "SELECT max(block) AS block FROM search_posting",
);
const blocksOf = statement<[last: number, stem: string], Block>(`
  WITH RECURSIVE each (block) AS (VALUES (0) UNION ALL SELECT block + 1 FROM each WHERE block < ?)
  SELECT block, postings FROM each CROSS JOIN search_posting USING (block) WHERE stem = ?`);
const matching = statement<[string], { readonly number: number }>(
  "SELECT rowid AS number FROM search_phrase WHERE search_phrase MATCH ?",
);

/** Reads the index of one database. */
export function createPostingReader(db: Readable): PostingReader {
  const kept = createBoundedCache<string, Postings>(mostKept, ({ length }) => length + overhead);
  let last: number | undefined;

  return {
    postings: (stem) =>
      kept.keep(stem, () => {
        last ??= lastBlock(db).get()?.block ?? -1;
        // As arrays: an object for each block is a quarter of the time.
        return joined(blocksOf(db).raw().all(last, stem));
      }),
    phrase: (stems) => {
      // Stems hold letters and digits alone, so nothing in them can end the string, and none is one.
      const expression = `"${stems.join(" ")}"`;
      return kept.keep(expression, () => {
        const rows = matching(db).all(expression);
        return Uint32Array.from(rows, ({ number }) => packPosting(number, phraseImpact));
      });
    },
    refresh: () => {
      last = undefined;
      kept.clear();
    },
  };
}

function joined(blocks: readonly Block[]): Postings {
  const count = blocks.reduce((sum, [, postings]) => sum + postingsIn(postings), 0);
  const all = new Uint32Array(count);
  let at = 0;
  for (const [block, postings] of blocks) {
    decodeBlock({ block, postings }, all, at);
    at += postingsIn(postings);
  }
  return all;
}
