/** Brings what the record fold gives to every projector, record by record. */
import type { Change } from "#shared/domain/change.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { extractMarkdown } from "#shared/markdown/extract-markdown.ts";
import type { Readable, Writable } from "../db/database.ts";
import type { ChangeLog, LoggedBody } from "../log/change-log.ts";
import type { Folded, RecordFold } from "../records/record-fold.ts";
import { type ProjectionPart, standings } from "./projection-tables.ts";
import type { ProjectedRecord, Projector } from "./projector.ts";

/** Records with the rows that came of each; undefined where they have to be read from the log. */
export type Arrivals = Iterable<readonly [RecordId, readonly LoggedBody[] | undefined]>;

/** See `Projections` for what each of these promises. */
export type Feed = {
  readonly fold: (db: Writable, changes: readonly Change[]) => readonly ProjectedRecord[];
  readonly receive: (db: Writable, arrivals: Arrivals, since: number) => Iterable<unknown>;
  readonly refold: (db: Writable, records: Iterable<RecordId>) => Iterable<unknown>;
  readonly relieve: (db: Writable) => Iterable<unknown>;
  readonly finish: (db: Writable) => Iterable<unknown>;
};

type Dependencies = {
  readonly log: Pick<ChangeLog, "ofRows" | "ofRecordSince">;
  readonly fold: RecordFold;
  readonly projectors: readonly Projector[];
};

/** Which projectors are shown a record now. */
type Shown = (record: RecordId) => readonly Projector[];

/** Joins the fold and the projectors; those that are being filled see no record before they reach it. */
export function createFeed({ log, fold, projectors }: Dependencies): Feed {
  const parts = [fold, ...projectors];

  function* relieve(db: Writable): Iterable<unknown> {
    for (const part of parts) yield* part.relieve?.(db) ?? [];
  }

  return {
    fold: (db, changes) => project(db, fold.fold(db, changes), shownNow(db, parts, projectors)),
    receive: function* (db, arrivals, since) {
      const shown = shownNow(db, parts, projectors);
      for (const [record, rows] of arrivals) {
        const changes = rows ? log.ofRows(rows) : log.ofRecordSince(db, record, since);
        yield project(db, fold.fold(db, changes), shown);
        yield* relieve(db);
      }
    },
    refold: function* (db, records) {
      const shown = shownNow(db, parts, projectors);
      for (const record of records) {
        yield project(db, fold.refold(db, record), shown);
        yield* relieve(db);
      }
    },
    relieve,
    finish: function* (db) {
      for (const part of parts) yield* part.finish?.(db) ?? [];
    },
  };
}

/** Shows what was folded to the projectors. */
export function project(
  db: Writable,
  { records, gone }: Folded,
  shown: Shown,
): readonly ProjectedRecord[] {
  for (const record of records) {
    for (const projector of shown(record.id)) projector.project(db, record);
  }
  for (const record of gone) {
    for (const projector of shown(record)) forget(projector, db, record);
  }
  return records;
}

/**
 * For one transaction, in which nothing else is filled. Fails with `newer_program` where another
 * version keeps the tables in its own way by now: what this one writes there would spoil them.
 */
function shownNow(
  db: Readable,
  parts: readonly ProjectionPart[],
  projectors: readonly Projector[],
): Shown {
  const standing = standings(db);
  for (const { name, version } of parts) {
    if ((standing.get(name)?.version ?? version) !== version) throw outdatedProgram();
  }
  const lagging = projectors.filter(({ name }) => (standing.get(name)?.reached ?? null) !== null);
  if (lagging.length === 0) return () => projectors;
  return (record) => projectors.filter(({ name }) => record >= (standing.get(name)?.reached ?? ""));
}

function outdatedProgram(): ExpectedFailure {
  return new ExpectedFailure(
    "newer_program",
    "Another version of Guildhall has opened this profile meanwhile and keeps its lists in another way, so nothing was written. Close Guildhall and start the version you want to go on with; drafts are kept.",
  );
}

/** A projector that cannot forget is shown what nobody finds: an empty record in the trash. */
function forget(projector: Projector, db: Writable, id: RecordId): void {
  if (projector.forget !== undefined) projector.forget(db, id);
  else projector.project(db, nothing(id));
}

const never = new Date(0).toISOString();

function nothing(id: RecordId): ProjectedRecord {
  return {
    id,
    type: "",
    title: "",
    status: null,
    departmentId: null,
    ownerId: null,
    createdAt: never,
    updatedAt: never,
    createdBy: id,
    updatedBy: id,
    removedAt: never,
    revision: 0,
    fields: {},
    body: "",
    contested: () => false,
    extract: () => extractMarkdown(""),
  };
}
