/** Reads postings by stem and by phrase; keeps what was read last in memory. */
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import { createBoundedCache } from "../bounded-cache.ts";
import {
  decodeRuns,
  impactIn,
  overlaid,
  packPosting,
  type Postings,
  settled,
  takesAway,
} from "./postings.ts";
import { createRecentEdits } from "./recent-edits.ts";

export type PostingReader = {
  readonly postings: (stem: string) => Postings;
  /** The records in which these stems stand side by side in one part. */
  readonly phrase: (stems: readonly string[]) => Postings;
  readonly refresh: (at: { readonly cleared: boolean }) => void;
};

/** Postings that may stay in memory: 4 bytes each, 40 MB. */
const mostKept = 10_000_000;
/** What an array takes beside its postings, in postings. */
const overhead = 50;
/** The impact of a phrase, of which no postings are kept. */
const phraseImpact = 40;

/** The posting of a phrase in a record. */
export function phrasePosting(number: number): number {
  return packPosting(number, phraseImpact);
}

const inRuns = statement<[stem: string], readonly [postings: Buffer]>(
  "SELECT postings FROM search_run CROSS JOIN search_posting USING (run) WHERE stem = ? ORDER BY run",
);
const matching = statement<[string], readonly [number: number]>(
  "SELECT rowid AS number FROM search_phrase WHERE search_phrase MATCH ?",
);

/** Reads the index of one database. */
export function createPostingReader(db: Readable): PostingReader {
  const kept = createBoundedCache<string, Postings>(mostKept, ({ length }) => length + overhead);
  const recent = createRecentEdits(db);

  return {
    postings: (stem) =>
      kept.keep(stem, () => {
        // First what waits: if another process makes a run of it meanwhile, it counts twice and not never.
        const edits = recent.of(stem);
        // As arrays: an object for each row takes longer to make than to read.
        const rows = inRuns(db).raw().all(stem);
        const runs = rows.map(([postings]) => postings);
        const all = overlaid(decodeRuns(runs), edits);
        const isSettled = !runs.some(takesAway) && edits.every((edit) => impactIn(edit) > 0);
        return isSettled ? all : settled(all);
      }),
    phrase: (stems) => {
      // Stems hold letters and digits alone, so nothing in them can end the string, and none is one.
      const expression = `"${stems.join(" ")}"`;
      return kept.keep(expression, () => {
        const rows = matching(db).raw().all(expression);
        return Uint32Array.from(rows, ([number]) => phrasePosting(number));
      });
    },
    refresh: (at) => {
      recent.refresh(at);
      kept.clear();
    },
  };
}
