/**
 * Everything that is folded from the log, as one: kept up to date inside each writing transaction,
 * dropped and folded again when a version differs, and compared with a fresh fold on request.
 */
import type { Change } from "#shared/domain/change.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import type { Readable, Writable } from "../db/database.ts";
import { JobCancelled, type JobControl } from "../jobs/job-runner.ts";
import type { ChangeLog } from "../log/change-log.ts";
import type { RecordFold } from "../records/record-fold.ts";
import { compareProjections } from "./compare.ts";
import { type Arrivals, createFeed } from "./feed.ts";
import type { ProjectedRecord, Projector } from "./projector.ts";
import * as tables from "./projection-tables.ts";

export type Projections = {
  /** Makes the tables that are missing or outdated; false when everything has to be folded again. */
  readonly prepare: (db: Writable) => boolean;
  /** Whether everything was folded by this version. */
  readonly areCurrent: (db: Readable) => boolean;
  /** Folds freshly appended changes in; answers each record they touch, as it is now. */
  readonly apply: (db: Writable, changes: readonly Change[]) => readonly ProjectedRecord[];
  /** The same without what is cheaper in bulk: run `finish` to its end before the commit. */
  readonly fold: (db: Writable, changes: readonly Change[]) => readonly ProjectedRecord[];
  /**
   * Folds in what others' files brought: of each record the rows that came, or the changes behind the
   * position in the log. Yields between records; run it and `finish` to their ends before the commit.
   */
  readonly receive: (db: Writable, arrivals: Arrivals, since: number) => Iterable<unknown>;
  /** Folds the records from nothing, since other changes of theirs may stand now. Yields likewise. */
  readonly refold: (db: Writable, records: Iterable<RecordId>) => Iterable<unknown>;
  /** Between the records of a long series: keeps what waits in memory bounded. */
  readonly relieve: (db: Writable) => Iterable<unknown>;
  /** Yields between its pieces, so that a long transaction can let others be answered. */
  readonly finish: (db: Writable) => Iterable<unknown>;
  /** Folds the whole log again; call it in one long transaction. Answers how many records there are. */
  readonly rebuild: (db: Writable, control: JobControl) => Promise<number>;
  /** Folds the log beside the live tables and says where they differ; one sentence for each table. */
  readonly compare: (db: Readable, control: JobControl) => Promise<readonly string[]>;
};

type Dependencies = {
  readonly log: ChangeLog;
  readonly fold: RecordFold;
  readonly projectors: readonly Projector[];
};

/** Joins the record fold and the areas' projectors. */
export function createProjections(deps: Dependencies): Projections {
  const { log, fold, projectors } = deps;
  const parts = [fold, ...projectors];

  const feed = createFeed(deps);

  /** Record by record, so that memory stays small and each record is projected once. */
  async function foldAll(from: Readable, into: Writable, control: JobControl): Promise<number> {
    const total = log.count(from);
    let done = 0;
    let records = 0;
    for (const record of log.records(from)) {
      if (control.cancelled()) throw new JobCancelled();
      const changes = log.ofRecord(from, record);
      feed.fold(into, changes, from);
      for (const _ of feed.relieve(into)) await control.breathe();
      done += changes.length;
      records += 1;
      control.report({ done, total, step: "Reading what was written" });
      await control.breathe();
    }
    control.report({ done: total, total, step: "Finishing" });
    for (const _ of feed.finish(into)) await control.breathe();
    return records;
  }

  return {
    prepare: (db) => {
      const stale = parts.filter((part) => !tables.isCurrent(db, part));
      if (stale.length > 0) tables.makeAnew(db, parts);
      const empty = log.records(db)[Symbol.iterator]().next().done === true;
      if (empty) tables.markCurrent(db, parts);
      return empty || stale.length === 0;
    },
    areCurrent: (db) => parts.every((part) => tables.isCurrent(db, part)),
    apply: (db, changes) => {
      const records = feed.fold(db, changes);
      exhaust(feed.finish(db));
      return records;
    },
    fold: (db, changes) => feed.fold(db, changes),
    receive: feed.receive,
    refold: feed.refold,
    relieve: feed.relieve,
    finish: feed.finish,
    rebuild: async (db, control) => {
      const indexes = tables.dropIndexes(db);
      for (const part of parts) {
        part.clear(db);
        await control.breathe();
      }
      const records = await foldAll(db, db, control);
      await tables.makeIndexes(db, indexes, control.breathe);
      tables.markCurrent(db, parts);
      return records;
    },
    compare: (db, control) =>
      compareProjections({
        live: db,
        parts,
        control,
        foldInto: (fresh) => foldAll(db, fresh, control),
      }),
  };
}

function exhaust(pieces: Iterable<unknown>): void {
  for (const _ of pieces);
}
