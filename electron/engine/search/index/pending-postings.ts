/**
 * Changed postings that wait for the end of the transaction: written together, the postings of a stem
 * are written once for many records instead of once for each.
 */
import type { Writable } from "../../db/database.ts";
import { stemCount } from "../analysis/interned.ts";
import { createEditLog, type RecordEdits } from "./edit-log.ts";
import type { AnalysedRecord } from "./impact.ts";
import { joinSome } from "./join-runs.ts";
import { writeRun } from "./posting-runs.ts";
import { areMany, isSmall, keepEdits, takeEdits } from "./recent-edits.ts";

export type PendingPostings = {
  /** Notes how a record's entry changes; undefined stands for no entry. */
  readonly change: (
    number: number,
    before: AnalysedRecord | undefined,
    after: AnalysedRecord | undefined,
  ) => void;
  /** How many wait; write before they fill the memory. */
  readonly size: () => number;
  /** Writes them as a run, which only very many are worth. Yields after each handful of rows. */
  readonly writeRun: (db: Writable) => Iterable<unknown>;
  /** Writes them as is cheapest for so many; `stamp`: the transaction's latest. Yields likewise. */
  readonly write: (db: Writable, stamp: number) => Iterable<unknown>;
  readonly forget: () => void;
};

/**
 * Postings that are joined for each that is written, and at least with each writing: eight runs are one
 * before another eight have gathered, and somebody who saves waits for a fraction of a millisecond.
 */
const joinedForEach = 4;
const leastJoined = 20_000;

/** Builds an empty set of notes. */
export function createPendingPostings(): PendingPostings {
  const log = createEditLog();

  function* asRun(db: Writable): Iterable<unknown> {
    // What waits beside the runs counts before all of them, so it must not be older than one.
    yield* makeRunOfRecent(db);
    const size = yield* writeRun(db, log);
    log.clear();
    yield* joinSome(db, Math.max(leastJoined, joinedForEach * size));
  }

  return {
    change: (number, before, after) => {
      if (before === undefined && after !== undefined) log.note(number, after);
      if (before !== undefined) log.note(number, differences(before, after));
    },
    size: log.size,
    writeRun: asRun,
    *write(db, stamp) {
      if (!isSmall(log)) return yield* asRun(db);
      keepEdits(db, stamp, log);
      log.clear();
      if (areMany(db)) yield* makeRunOfRecent(db);
      yield* joinSome(db, leastJoined);
    },
    forget: log.clear,
  };
}

function* makeRunOfRecent(db: Writable): Iterable<unknown> {
  const recent = takeEdits(db);
  if (recent.size() > 0) yield* writeRun(db, recent);
}

/** By stem, the impact that it had; all zero between two records. */
let impacts = new Uint8Array(1 << 14);

/** What has to be written to come from one entry to the other; impact 0 for stems that are gone. */
function differences(before: AnalysedRecord, after: AnalysedRecord | undefined): RecordEdits {
  if (impacts.length < stemCount()) impacts = new Uint8Array(2 * stemCount());
  for (const [index, stem] of before.stems.entries()) impacts[stem] = before.impacts[index] ?? 0;
  const changed: [stem: number, impact: number][] = [];
  for (const [index, stem] of (after?.stems ?? []).entries()) {
    const impact = after?.impacts[index] ?? 0;
    if (impacts[stem] !== impact) changed.push([stem, impact]);
    impacts[stem] = 0;
  }
  for (const stem of before.stems) {
    if (impacts[stem] !== 0) changed.push([stem, 0]);
    impacts[stem] = 0;
  }
  return {
    stems: Int32Array.from(changed, ([stem]) => stem),
    impacts: Uint8Array.from(changed, ([, impact]) => impact),
  };
}
