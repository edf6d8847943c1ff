/** Brings what the record fold gives to every projector, record by record. */
import type { Change } from "#shared/domain/change.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import { extractMarkdown } from "#shared/markdown/extract-markdown.ts";
import type { Readable, Writable } from "../db/database.ts";
import type { ChangeLog, LoggedBody } from "../log/change-log.ts";
import type { Folded, RecordFold } from "../records/record-fold.ts";
import type { ProjectedRecord, Projector } from "./projector.ts";

/** Records with the rows that came of each; undefined where they have to be read from the log. */
export type Arrivals = Iterable<readonly [RecordId, readonly LoggedBody[] | undefined]>;

/** See `Projections` for what each of these promises. */
export type Feed = {
  readonly fold: (
    db: Writable,
    changes: readonly Change[],
    log?: Readable,
  ) => readonly ProjectedRecord[];
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

/** Joins the fold and the projectors. */
export function createFeed({ log, fold, projectors }: Dependencies): Feed {
  const parts = [fold, ...projectors];

  function project(db: Writable, { records, gone }: Folded): readonly ProjectedRecord[] {
    for (const record of records) {
      for (const projector of projectors) projector.project(db, record);
    }
    for (const record of gone) {
      for (const projector of projectors) forget(projector, db, record);
    }
    return records;
  }

  function* relieve(db: Writable): Iterable<unknown> {
    for (const part of parts) yield* part.relieve?.(db) ?? [];
  }

  return {
    fold: (db, changes, from) => project(db, fold.fold(db, changes, from)),
    receive: function* (db, arrivals, since) {
      for (const [record, rows] of arrivals) {
        const changes = rows ? log.ofRows(rows) : log.ofRecordSince(db, record, since);
        yield project(db, fold.fold(db, changes));
        yield* relieve(db);
      }
    },
    refold: function* (db, records) {
      for (const record of records) {
        yield project(db, fold.refold(db, record));
        yield* relieve(db);
      }
    },
    relieve,
    finish: function* (db) {
      for (const part of parts) yield* part.finish?.(db) ?? [];
    },
  };
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
