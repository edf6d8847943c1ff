/**
 * Everything that is folded from the log, as one: kept up to date inside each writing transaction,
 * made anew where a version differs, and compared with a fresh fold on request.
 */
import type { Change } from "#shared/domain/change.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import type { Readable, Writable } from "../db/database.ts";
import { JobCancelled, type JobControl } from "../jobs/job-runner.ts";
import type { ChangeLog } from "../log/change-log.ts";
import type { RecordFold } from "../records/record-fold.ts";
import { compareProjections } from "./compare.ts";
import { type Arrivals, createFeed, project } from "./feed.ts";
import { createFill, type Fill, projectStored } from "./fill.ts";
import type { ProjectedRecord, Projector } from "./projector.ts";
import * as tables from "./projection-tables.ts";

export type Projections = {
  /**
   * Makes the tables that are missing or of another version, empty, and leaves the others alone;
   * false when something has to be filled. Where records are folded in another way, all of them do.
   */
  readonly prepare: (db: Writable) => boolean;
  /** Whether these, or all, say what the log says in the way of this version. */
  readonly areCurrent: (db: Readable, names?: readonly string[]) => boolean;
  /** Whether all are current but for those that may lag. */
  readonly mayOpen: (db: Readable) => boolean;
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
  /** Fills those that are not current and may not lag, and no others; call it likewise. */
  readonly refill: (db: Writable, control: JobControl) => Promise<void>;
  /** Fills those that may lag, in transactions of its own. */
  readonly fill: Fill;
  /**
   * Folds the log beside the live tables and says where they differ; one sentence for each table. Those
   * that are being filled are left out.
   */
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
  const stale = (db: Readable) => parts.filter((part) => !tables.isCurrent(db, part));

  return {
    prepare: (db) => {
      const outdated = parts.filter(tables.isOutdated(db));
      if (outdated.length > 0)
        tables.makeAnew(db, outdated.includes(fold) ? parts : outdated, parts);
      const empty = log.records(db)[Symbol.iterator]().next().done === true;
      if (empty) tables.markCurrent(db, parts);
      return empty || stale(db).length === 0;
    },
    areCurrent: (db, names) =>
      !stale(db).some(({ name }) => names === undefined || names.includes(name)),
    mayOpen: (db) => stale(db).every((part) => part.mayLag),
    apply: (db, changes) => {
      const records = feed.fold(db, changes);
      exhaust(feed.finish(db));
      return records;
    },
    fold: feed.fold,
    receive: feed.receive,
    refold: feed.refold,
    relieve: feed.relieve,
    finish: feed.finish,
    rebuild: async (db, control) => {
      const series = { log, fold, projectors, from: db, into: db, control };
      return makeFull(db, parts, { control, work: () => foldAll(series) });
    },
    refill: async (db, control) => {
      const lacking = stale(db).filter((part) => part.mayLag !== true);
      if (lacking.length === 0) return;
      const filled = projectors.filter((part) => lacking.includes(part));
      const series = { log, fold, projectors: filled, from: db, into: db, control };
      const work = () => (lacking.includes(fold) ? foldAll(series) : projectStored(db, series));
      await makeFull<unknown>(db, lacking, { control, work });
    },
    fill: createFill({ fold, projectors }),
    compare: (db, control) => {
      const lacking = stale(db);
      const filled = projectors.filter((part) => !lacking.includes(part));
      const series = { log, fold, projectors: filled, from: db, control };
      const compared = parts.filter((part) => !lacking.includes(part));
      const foldInto = (into: Writable) => foldAll({ ...series, into });
      return compareProjections({ live: db, parts: compared, control, foldInto });
    },
  };
}

type Series = Dependencies & {
  readonly from: Readable;
  readonly into: Writable;
  readonly control: JobControl;
};

type Work<T> = { readonly control: JobControl; readonly work: () => Promise<T> };

/** Empties the tables of the parts, lets them be filled, and notes that they are. */
async function makeFull<T>(
  db: Writable,
  parts: readonly tables.ProjectionPart[],
  { control, work }: Work<T>,
): Promise<T> {
  const indexes = tables.dropIndexes(db, parts);
  for (const _ of tables.emptyTables(db, parts)) await control.breathe();
  for (const part of parts) {
    part.clear(db);
    await control.breathe();
  }
  const done = await work();
  await tables.makeIndexes(db, indexes, control.breathe);
  tables.markCurrent(db, parts);
  return done;
}

/** Record by record, so that memory stays small and each record is projected once. */
async function foldAll({ log, fold, projectors, ...series }: Series): Promise<number> {
  const { from, into, control } = series;
  const parts = [fold, ...projectors];
  const total = log.count(from);
  let done = 0;
  let records = 0;
  for (const record of log.records(from)) {
    if (control.cancelled()) throw new JobCancelled();
    const changes = log.ofRecord(from, record);
    project(into, fold.fold(into, changes, from), () => projectors);
    for (const part of parts) for (const _ of part.relieve?.(into) ?? []) await control.breathe();
    done += changes.length;
    records += 1;
    control.report({ done, total, step: "Reading what was written" });
    await control.breathe();
  }
  control.report({ done: total, total, step: "Finishing" });
  for (const part of parts) for (const _ of part.finish?.(into) ?? []) await control.breathe();
  return records;
}

function exhaust(pieces: Iterable<unknown>): void {
  for (const _ of pieces);
}
