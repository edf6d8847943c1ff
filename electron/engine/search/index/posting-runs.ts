/**
 * Postings on the disk, as runs: each holds what changed at one time, for every stem that it concerns,
 * and is never written again. A newer run's impact counts before an older one's. Changes of single
 * records wait beside them, see recent-edits.ts; runs are joined as they gather, see join-runs.ts.
 */
import type { Writable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import type { EditLog } from "./edit-log.ts";
import { encodePostings, type Postings, settled } from "./postings.ts";

export type Run = {
  readonly run: number;
  /** How many postings it holds. */
  readonly size: number;
  /** The run that this one is being joined into. */
  readonly joins: number | null;
};

export const allRuns = statement<[], Run>("SELECT run, size, joins FROM search_run ORDER BY run");
const putRun = statement<[run: number, size: number]>(
  "INSERT INTO search_run (run, size) VALUES (?, ?)",
);
const putPostings = statement<[run: number, stem: string, postings: Uint8Array]>(
  "INSERT INTO search_posting (run, stem, postings) VALUES (?, ?, ?)",
);

/** Writes the log as a run behind all others; gives how many postings it holds. */
export function* writeRun(db: Writable, log: EditLog): Generator<unknown, number> {
  const runs = allRuns(db).all();
  const run = nextRun(runs);
  let size = 0;
  for (const piece of log.byStem()) {
    for (const { stem, edits } of piece) {
      size += writeRow(db, { run, stem, postings: runs.length === 0 ? settled(edits) : edits });
    }
    yield;
  }
  putRun(db).run(run, size);
  return size;
}

type WrittenRow = { readonly run: number; readonly stem: string; readonly postings: Postings };

/** Gives how many there are. */
export function writeRow(db: Writable, { run, stem, postings }: WrittenRow): number {
  if (postings.length > 0) putPostings(db).run(run, stem, encodePostings(postings));
  return postings.length;
}

/** The number of a run that comes behind these. */
export function nextRun(runs: readonly Run[]): number {
  return (runs.at(-1)?.run ?? 0) + 1;
}
