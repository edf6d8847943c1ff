/** Folds changes into the record tables; see record-fold.ts for what it promises. */
import { type Change, isKnownWrite, namedBy, type TextWrite } from "#shared/domain/change.ts";
import { type ChangeId, changeIdAt, type RecordId } from "#shared/domain/ids.ts";
import { canonicalJson } from "#shared/domain/json.ts";
import type { Fields } from "#shared/domain/record-fields.ts";
import { memberKey, type RecordState } from "#shared/domain/record-state.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { referencesIn } from "#shared/domain/references.ts";
import type { Readable, Writable } from "../db/database.ts";
import type { ChangeLog } from "../log/change-log.ts";
import type { ProjectedRecord } from "../projections/projector.ts";
import { shownText } from "./merge-heads.ts";
import { summaryOf, titleKey } from "./opening.ts";
import { projectRecord } from "./project-record.ts";
import type { Folded, Judge, RecordFold } from "./record-fold.ts";
import * as tables from "./record-tables.ts";
import { siftChanges } from "./sift-changes.ts";
import {
  createTextReader,
  textAfter,
  textHash,
  type TextReader,
  wholeEvery,
} from "./text-versions.ts";

type Dependencies = {
  readonly log: Pick<ChangeLog, "get" | "ofRecord">;
  /** Who may do what, as the database with the log says; absent where nobody judges. */
  readonly judge?: (log: Readable) => Judge | undefined;
  /** False only where a simulation has to notice that changes are folded as they come. */
  readonly predecessors?: boolean;
};

/** Builds the fold. The log is only read for texts that were written long ago. */
export function createRecordFold({ log, judge, predecessors = true }: Dependencies): RecordFold {
  return {
    name: "record",
    version: 6,
    schema: tables.recordSchemaSql,
    tables: tables.recordTables,
    clear: (db) => {
      for (const table of tables.recordTables) db.exec(`DELETE FROM ${table}`);
    },
    fold: (db, changes, from = db) => {
      const place = { db, from, log, judge: judge?.(from), predecessors };
      return joined(
        [...Map.groupBy(changes, (change) => change.record)].map(([record, ofRecord]) =>
          foldMore(place, record, ofRecord),
        ),
      );
    },
    refold: (db, record) =>
      joined([
        foldAnew(
          { db, from: db, log, judge: judge?.(db), predecessors },
          record,
          readState(db, record),
        ),
      ]),
    stored: (db, record) => {
      const state = readState(db, record);
      return state && projectRecord(state, new Map(storedTexts(db, record)));
    },
  };
}

/** What became of one record: it is shown, it is gone, or it was never there and still is not. */
type Outcome = ProjectedRecord | { readonly gone: RecordId } | undefined;

function joined(outcomes: readonly Outcome[]): Folded {
  return {
    records: outcomes.flatMap((one) => (one === undefined || "gone" in one ? [] : one)),
    gone: outcomes.flatMap((one) => (one !== undefined && "gone" in one ? one.gone : [])),
  };
}

type Place = {
  readonly db: Writable;
  /** The database with the log. */
  readonly from: Readable;
  readonly log: Dependencies["log"];
  readonly judge: Judge | undefined;
  readonly predecessors: boolean;
};

/** The quick way where the new changes come last and nothing was refused, else from nothing. */
function foldMore(place: Place, record: RecordId, changes: readonly Change[]): Outcome {
  const { db } = place;
  const before = readState(db, record);
  const refused = tables.refusalsOf(db).get(record) !== undefined;
  if (!place.predecessors || (before === undefined && !refused))
    return foldInto(place, { record, before, changes });
  return before !== undefined && !refused && comesLast(place, before, changes)
    ? foldInto(place, { record, before, changes })
    : foldAnew(place, record, before);
}

/**
 * Whether folding these behind everything else gives the same as folding all of it in order. What is
 * not judged may come in any order; a judge looks at the record as it was before each change.
 */
function comesLast(
  { from, log, judge }: Place,
  before: RecordState,
  changes: readonly Change[],
): boolean {
  const fresh = new Set(changes.map((change) => change.id));
  const known = (id: ChangeId) => fresh.has(id) || log.get(from, id)?.record === before.id;
  if (!changes.every((change) => namedBy(change).every(known))) return false;
  if (judge === undefined) return true;
  return (
    changes.every((change) => change.at > before.updated.at) &&
    !changes.some((change) => {
      const { record, device, incarnation, sequence } = change;
      const later = tables.laterOfStream(from).all(record, device, incarnation, sequence);
      return later.some((row) => !fresh.has(changeIdAt(row, row.chain)));
    })
  );
}

function foldAnew(place: Place, record: RecordId, before: RecordState | undefined): Outcome {
  const { db, from, log } = place;
  tables.deleteTexts(db).run(record);
  tables.deleteVersions(db).run(record);
  tables.deleteRefusals(db).run(record);
  const changes = log.ofRecord(from, record);
  const shown = foldInto(place, {
    record,
    before: undefined,
    changes,
    again: before !== undefined,
  });
  if (shown !== undefined || before === undefined) return shown;
  tables.deleteRecord(db).run(record);
  tables.deleteTags(db).run(record);
  tables.deleteReferences(db).run(record);
  return { gone: record };
}

type Folding = {
  readonly record: RecordId;
  readonly before: RecordState | undefined;
  readonly changes: readonly Change[];
  /** Whether the record has rows from before, though it is folded from nothing. */
  readonly again?: boolean;
};

/** Undefined when none of the changes stands and none did before. */
function foldInto(place: Place, folding: Folding): ProjectedRecord | undefined {
  const { db, from, log, judge } = place;
  const { record, before, changes, again = before !== undefined } = folding;
  const given = new Map(changes.map((change) => [change.id, change]));
  const changeOf = (id: ChangeId) => given.get(id) ?? log.get(from, id);
  const reader = createTextReader({ db, record, changeOf });
  const texts = new Map(before === undefined ? [] : storedTexts(db, record));
  keepStoredTexts(before, texts, reader);
  const written = new Set<string>();
  const state = siftChanges(changes, {
    before,
    judge,
    isHere: (id) => !place.predecessors || (before !== undefined && !given.has(id)),
    refuse: (change, reason) =>
      void tables.insertRefusal(db).run(record, change.id, change.device, reason),
    take: (change) => {
      for (const write of change.writes.filter(isKnownWrite)) {
        if (write.kind !== "text") continue;
        storeVersion(db, { change, write, reader });
        written.add(write.path);
      }
    },
  });
  if (state === undefined) return undefined;
  for (const path of written) {
    const heads = state.texts[path] ?? [];
    const { text } = shownText({ db, record, path, heads, reader });
    texts.set(path, text);
    tables.upsertText(db).run(record, path, text);
  }
  const projected = projectRecord(state, texts);
  storeRecord(db, projected, state);
  storeParts(db, projected, !again);
  return projected;
}

/** The stored state of a record; undefined for one that does not exist. */
export function readState(
  db: Parameters<typeof tables.stateOf>[0],
  record: RecordId,
): RecordState | undefined {
  const row = tables.stateOf(db).get(record);
  if (row === undefined) return undefined;
  const { type, revision, state } = row;
  const rest: StoredState = JSON.parse(state);
  return { id: record, type, revision, ...rest };
}

/** The current texts of a record by path. */
export function storedTexts(
  db: Parameters<typeof tables.textsOf>[0],
  record: RecordId,
): readonly (readonly [string, string])[] {
  return tables
    .textsOf(db)
    .all(record)
    .map(({ path, text }) => [path, text]);
}

/** A text with one head is that version: the usual next edit then needs nothing from the log. */
export function keepStoredTexts(
  state: RecordState | undefined,
  texts: ReadonlyMap<string, string>,
  reader: TextReader,
): void {
  for (const [path, text] of texts) {
    const [head, ...others] = state?.texts[path] ?? [];
    if (head !== undefined && others.length === 0) reader.keep(path, head.change, text);
  }
}

type Version = { readonly change: Change; readonly write: TextWrite; readonly reader: TextReader };

function storeVersion(db: Writable, { change, write, reader }: Version): void {
  const id = change.id;
  const { path } = write;
  const [parent] = write.after;
  const whole = write.full !== undefined || parent === undefined;
  const parentsText = whole ? "" : reader.textOf(path, parent);
  const text = textAfter(write, parentsText);
  reader.keep(path, id, text);
  const reached = whole ? 0 : reader.distanceOf(path, parent) + 1;
  const far = reached >= wholeEvery;
  const distance = far ? 0 : reached;
  reader.keepDistance(path, id, distance);
  tables
    .insertVersion(db)
    .run(
      change.record,
      path,
      id,
      JSON.stringify(write.after),
      change.at,
      distance,
      far ? text : null,
      textHash(text) === write.hash ? 1 : 0,
    );
}

/** What of a state the columns of its row do not say. */
type StoredState = Omit<RecordState, "id" | "type" | "revision">;

function storeRecord(db: Writable, record: ProjectedRecord, state: RecordState): void {
  const { created, updated, registers, sets, texts } = state;
  const rest: StoredState = { created, updated, registers, sets, texts };
  tables.upsertRecord(db).run({
    id: record.id,
    type: record.type,
    title: record.title,
    title_key: titleKey(record.title),
    status: record.status,
    department_id: record.departmentId,
    owner_id: record.ownerId,
    summary: summaryOf(record.fields, record.body),
    created_at: record.createdAt,
    created_by: record.createdBy,
    updated_at: record.updatedAt,
    updated_by: record.updatedBy,
    removed_at: record.removedAt,
    revision: record.revision,
    fields: canonicalJson(record.fields),
    state: canonicalJson(rest),
  });
}

function storeParts(db: Writable, { id, type, fields }: ProjectedRecord, fresh: boolean): void {
  if (!fresh) {
    tables.deleteTags(db).run(id);
    tables.deleteReferences(db).run(id);
  }
  for (const tag of tagsIn(type, fields))
    tables.insertTag(db).run(id, memberKey(tag).slice(1), tag);
  for (const { field, target } of referencesIn(type, fields)) {
    tables.insertReference(db).run(id, field, target);
  }
}

/** The members of the fields declared as tags; a type nobody declared keeps them in `tags`. */
function tagsIn(type: string, fields: Fields): readonly string[] {
  const declared = recordTypeOf(type)?.fields;
  return Object.entries(fields).flatMap(([name, value]) => {
    const isTags = declared ? declared[name]?.kind === "tags" : name === "tags";
    return isTags && Array.isArray(value) ? value.filter((tag) => typeof tag === "string") : [];
  });
}
