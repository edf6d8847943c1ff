/**
 * Joins runs of postings as they gather, so that there are a few times eight at most and each posting is
 * written anew a few times in its life. A join is done a little at a time, with each writing: what is
 * joined already lies in the new run, the rest still in the old ones, so it can be read at any time.
 */
import type { Writable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import { allRuns, nextRun, type Run, writeRow } from "./posting-runs.ts";
import { decodeRuns, settled, takesAway } from "./postings.ts";

type Row = { readonly stem: Buffer; readonly postings: Buffer };

const startJoined = statement<[run: number]>("INSERT INTO search_run (run, size) VALUES (?, 0)");
const joinInto = statement<[joined: number, run: number]>(
  "UPDATE search_run SET joins = ? WHERE run = ?",
);
const growRun = statement<[size: number, run: number]>(
  "UPDATE search_run SET size = size + ? WHERE run = ?",
);
const dropRun = statement<[run: number]>("DELETE FROM search_run WHERE run = ?");
const lastStem = statement<[run: number], { readonly stem: string }>(
  "SELECT stem FROM search_posting WHERE run = ? ORDER BY stem DESC LIMIT 1",
);
// The order is that of the column: by the result of the same name, all that is left of the run would be
// sorted for each page of it.
const postingsAfter = statement<[run: number, stem: string, rows: number], Row>(
  "SELECT CAST(stem AS BLOB) AS stem, postings FROM search_posting WHERE run = ? AND stem > ? ORDER BY search_posting.stem LIMIT ?",
);
const dropPostings = statement<[run: number, stem: string]>(
  "DELETE FROM search_posting WHERE run = ? AND stem <= ?",
);

const worthJoining = 8;
/** Rows of each run that are joined in one go. */
const rowsAtOnce = 16;

/** Joins until it has read so many postings or no join is due. Yields after each handful of rows. */
export function* joinSome(db: Writable, most: number): Iterable<unknown> {
  let left = most;
  while (left > 0) {
    const runs = allRuns(db).all();
    const joining = underWay(runs) ?? start(db, runs);
    if (joining === undefined) return;
    left -= yield* joinUpTo(db, joining, left);
  }
}

type Joining = {
  /** The old ones, in their order, and the new one. */
  readonly joined: readonly Run[];
  readonly run: number;
  /** Whether there are no older ones, so that what takes postings away has done its work. */
  readonly oldest: boolean;
};

function underWay(runs: readonly Run[]): Joining | undefined {
  const joined = runs.filter(({ joins }) => joins !== null);
  const run = joined[0]?.joins ?? null;
  return run === null ? undefined : { joined, run, oldest: runs[0] === joined[0] };
}

/** Once the newest are enough, they are joined back to the oldest that is no larger than all after it. */
function start(db: Writable, runs: readonly Run[]): Joining | undefined {
  let first = runs.length;
  let newer = 0;
  for (const [index, { size }] of [...runs.entries()].toReversed()) {
    if (size <= newer && runs.length - index >= worthJoining) first = index;
    newer += size;
  }
  if (first === runs.length) return undefined;
  const run = nextRun(runs);
  startJoined(db).run(run);
  for (const one of runs.slice(first)) joinInto(db).run(run, one.run);
  return { joined: runs.slice(first), run, oldest: first === 0 };
}

/** In the order of the stems, until it has read so many postings or is done; gives how many it read. */
function* joinUpTo(
  db: Writable,
  { joined, run, oldest }: Joining,
  most: number,
): Generator<unknown, number> {
  let after = lastStem(db).get(run)?.stem ?? "";
  let [read, written] = [0, 0];
  while (read < most) {
    const pages = joined.map((one) => postingsAfter(db).all(one.run, after, rowsAtOnce));
    const last = lastComplete(pages);
    if (last === undefined) {
      for (const one of joined) dropRun(db).run(one.run);
      break;
    }
    for (const [stem, all] of byStem(pages, last)) {
      const both = decodeRuns(all);
      const postings = oldest && all.some(takesAway) ? settled(both) : both;
      written += writeRow(db, { run, stem, postings });
      read += both.length;
    }
    after = last.toString();
    for (const one of joined) dropPostings(db).run(one.run, after);
    yield;
  }
  growRun(db).run(written, run);
  return Math.max(1, read);
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
