/**
 * Postings on the disk, as runs: each holds what changed at one time, for every stem that it concerns,
 * and is never written again. A newer run's impact counts before an older one's. Changes of single
 * records wait beside them, see recent-edits.ts. Runs are joined as they gather: there are at most a
 * few times eight, and each posting is written anew a few times in its life.
 */
import type { Writable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import type { EditLog } from "./edit-log.ts";
import { decodeRuns, encodePostings, type Postings, settled, takesAway } from "./postings.ts";

type Run = { readonly run: number; readonly size: number };
type Row = { readonly stem: Buffer; readonly postings: Buffer };

const allRuns = statement<[], Run>("SELECT run, size FROM search_run ORDER BY run");
const putRun = statement<[run: number, size: number]>(
  "INSERT INTO search_run (run, size) VALUES (?, ?)",
);
const dropRun = statement<[run: number]>("DELETE FROM search_run WHERE run = ?");
const putPostings = statement<[run: number, stem: string, postings: Uint8Array]>(
  "INSERT INTO search_posting (run, stem, postings) VALUES (?, ?, ?)",
);
const postingsAfter = statement<[run: number, stem: string, rows: number], Row>(
  "SELECT CAST(stem AS BLOB) AS stem, postings FROM search_posting WHERE run = ? AND stem > ? ORDER BY stem LIMIT ?",
);
const dropPostings = statement<[run: number, stem: string]>(
  "DELETE FROM search_posting WHERE run = ? AND stem <= ?",
);

const worthJoining = 8;
/** Rows of each run that are joined in one go. */
const rowsAtOnce = 64;

/** Writes the log as a run behind all others. */
export function* writeRun(db: Writable, log: EditLog): Iterable<unknown> {
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
  yield* joinRuns(db);
}

/** Gives how many there are. */
function writeRow(
  db: Writable,
  {
    run,
    stem,
    postings,
  }: { readonly run: number; readonly stem: string; readonly postings: Postings },
): number {
  if (postings.length > 0) putPostings(db).run(run, stem, encodePostings(postings));
  return postings.length;
}

function nextRun(runs: readonly Run[]): number {
  return (runs.at(-1)?.run ?? 0) + 1;
}

/** Joins the newest runs once they are enough, back to the oldest that is no larger than all after it. */
function* joinRuns(db: Writable): Iterable<unknown> {
  const runs = allRuns(db).all();
  let first = runs.length;
  let newer = 0;
  for (const [index, { size }] of [...runs.entries()].toReversed()) {
    if (size <= newer && runs.length - index >= worthJoining) first = index;
    newer += size;
  }
  if (first === runs.length) return;
  yield* join(db, { joined: runs.slice(first), run: nextRun(runs), oldest: first === 0 });
}

type Joining = { readonly joined: readonly Run[]; readonly run: number; readonly oldest: boolean };

/** In the order of the stems, some of them in one go: the rows of no run have to fit in memory. */
function* join(db: Writable, { joined, run, oldest }: Joining): Iterable<unknown> {
  let after = "";
  let size = 0;
  for (;;) {
    const pages = joined.map((one) => postingsAfter(db).all(one.run, after, rowsAtOnce));
    const last = lastComplete(pages);
    if (last === undefined) break;
    for (const [stem, all] of byStem(pages, last)) {
      const both = decodeRuns(all);
      size += writeRow(db, {
        run,
        stem,
        postings: oldest && all.some(takesAway) ? settled(both) : both,
      });
    }
    after = last.toString();
    for (const one of joined) dropPostings(db).run(one.run, after);
    yield;
  }
  for (const one of joined) dropRun(db).run(one.run);
  putRun(db).run(run, size);
}

/** The last stem of which every run's row was read, if there is one. */
function lastComplete(pages: readonly (readonly Row[])[]): Buffer | undefined {
  const whole = pages.flatMap((page) =>
    page.length < rowsAtOnce ? [] : (page.at(-1)?.stem ?? []),
  );
  const ends = whole.length > 0 ? whole : pages.flatMap((page) => page.at(-1)?.stem ?? []);
  const inOrder = ends.toSorted((a, b) => Buffer.compare(a, b));
  return whole.length > 0 ? inOrder[0] : inOrder.at(-1);
}

/** Up to the last stem: by stem in their order, what each run has, the oldest first. */
function byStem(
  pages: readonly (readonly Row[])[],
  last: Buffer,
): Iterable<[stem: string, postings: readonly Buffer[]]> {
  const rows = pages.flat().filter(({ stem }) => Buffer.compare(stem, last) <= 0);
  // Sorting keeps the order of those that are the same.
  const sorted = rows.toSorted((a, b) => Buffer.compare(a.stem, b.stem));
  const stems = Map.groupBy(sorted, ({ stem }) => stem.toString());
  return stems.entries().map(([stem, same]) => [stem, same.map(({ postings }) => postings)]);
}
