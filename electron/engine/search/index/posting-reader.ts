/** Reads postings by stem and by phrase; keeps what was read last in memory. */
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import { createBoundedCache } from "../bounded-cache.ts";
import {
  decodeRuns,
  impactIn,
  noPostings,
  overlaid,
  packPosting,
  type Postings,
  settled,
  takesAway,
} from "./postings.ts";
import { phraseQuery } from "./phrase-texts.ts";
import { createRecentEdits } from "./recent-edits.ts";
import { stemId } from "./stem-ids.ts";

export type PostingReader = {
  readonly postings: (stem: string) => Postings;
  /** The records in which these stems stand side by side in one part. */
  readonly phrase: (stems: readonly string[]) => Postings;
  readonly refresh: (at: { readonly cleared: boolean }) => void;
};

/** Postings that may stay in memory: 4 bytes each, 40 MB together. */
const mostKept = 9_000_000;
const mostKeptOfPhrases = 1_000_000;
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
const lastRun = statement<[], { readonly run: number }>(
  "SELECT coalesce(max(run), 0) AS run FROM search_run",
);
const matching = statement<[string], readonly [number: number]>(
  "SELECT rowid AS number FROM search_phrase WHERE search_phrase MATCH ?",
);

/** Reads the index of one database. */
export function createPostingReader(db: Readable): PostingReader {
  const weigh = ({ length }: Postings) => length + overhead;
  const kept = createBoundedCache<string, Postings>(mostKept, weigh);
  const phrases = createBoundedCache<string, Postings>(mostKeptOfPhrases, weigh);
  const recent = createRecentEdits(db);
  /** Stems whose postings were kept before the latest edits came. */
  const behind = new Set<string>();
  let newest = -1;

  function read(stem: string): Postings {
    // First what waits: if another process makes a run of it meanwhile, it counts twice and not never.
    const edits = recent.of(stem);
    // As arrays: an object for each row takes longer to make than to read.
    const rows = inRuns(db).raw().all(stem);
    const runs = rows.map(([postings]) => postings);
    const all = overlaid(decodeRuns(runs), edits);
    const isSettled = !runs.some(takesAway) && edits.every((edit) => impactIn(edit) > 0);
    return isSettled ? all : settled(all);
  }

  return {
    postings: (stem) => {
      // Nearly every record has the commonest words: to read them again would be most of the work.
      const before = behind.delete(stem) ? kept.get(stem) : undefined;
      if (before !== undefined) kept.set(stem, settled(overlaid(before, recent.of(stem))));
      return kept.keep(stem, () => read(stem));
    },
    phrase: (stems) =>
      phrases.keep(stems.join(" "), () => {
        const ids = stems.flatMap((stem) => stemId(db).get(stem)?.id ?? []);
        // A stem without a number stands nowhere.
        if (ids.length < stems.length) return noPostings;
        const rows = matching(db).raw().all(phraseQuery(ids));
        return Uint32Array.from(rows, ([number]) => phrasePosting(number));
      }),
    refresh: (at) => {
      phrases.clear();
      // In this order: what another process makes a run of in between is then forgotten with everything.
      const changed = recent.refresh(at);
      const run = lastRun(db).get()?.run ?? 0;
      // A change comes as edits, which say of which stems, or as a run behind all others.
      if (at.cleared || run !== newest) {
        kept.clear();
        behind.clear();
      } else for (const stem of changed) behind.add(stem);
      newest = run;
    },
  };
}
