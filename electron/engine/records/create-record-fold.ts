/** Folds changes into the record tables; see record-fold.ts for what it promises. */
import { type Change, isKnownWrite, type TextWrite } from "#shared/domain/change.ts";
import type { ChangeId, RecordId } from "#shared/domain/ids.ts";
import { canonicalJson } from "#shared/domain/json.ts";
import type { Fields } from "#shared/domain/record-fields.ts";
import { applyChange, memberKey, type RecordState } from "#shared/domain/record-state.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { referencesIn } from "#shared/domain/references.ts";
import type { Writable } from "../db/database.ts";
import type { ChangeLog } from "../log/change-log.ts";
import type { ProjectedRecord } from "../projections/projector.ts";
import { shownText } from "./merge-heads.ts";
import { summaryOf, titleKey } from "./opening.ts";
import { projectRecord } from "./project-record.ts";
import type { RecordFold } from "./record-fold.ts";
import * as tables from "./record-tables.ts";
import {
  createTextReader,
  textAfter,
  textHash,
  type TextReader,
  wholeEvery,
} from "./text-versions.ts";

type Dependencies = { readonly log: Pick<ChangeLog, "get"> };

/** Builds the fold. The log is only read for texts that were written long ago. */
export function createRecordFold({ log }: Dependencies): RecordFold {
  return {
    name: "record",
    version: 4,
    schema: tables.recordSchemaSql,
    tables: tables.recordTables,
    clear: (db) => {
      for (const table of tables.recordTables) db.exec(`DELETE FROM ${table}`);
    },
    fold: (db, changes) =>
      [...Map.groupBy(changes, (change) => change.record)].map(([record, ofRecord]) =>
        foldRecord({ db, log, record, changes: ofRecord }),
      ),
  };
}

type Folding = {
  readonly db: Writable;
  readonly log: Pick<ChangeLog, "get">;
  readonly record: RecordId;
  readonly changes: readonly Change[];
};

function foldRecord({ db, log, record, changes }: Folding): ProjectedRecord {
  const given = new Map(changes.map((change) => [change.id, change]));
  const changeOf = (id: ChangeId) => given.get(id) ?? log.get(db, id);
  const reader = createTextReader({ db, record, changeOf });
  const before = readState(db, record);
  const texts = new Map(before === undefined ? [] : storedTexts(db, record));
  keepStoredTexts(before, texts, reader);
  const written = new Set<string>();
  let state = before;
  for (const change of changes) {
    for (const write of change.writes.filter(isKnownWrite)) {
      if (write.kind !== "text") continue;
      storeVersion(db, { change, write, reader });
      written.add(write.path);
    }
    state = applyChange(state, change);
  }
  if (state === undefined) throw new Error("A record was folded from no changes.");
  for (const path of written) {
    const heads = state.texts[path] ?? [];
    const { text } = shownText({ db, record, path, heads, reader });
    texts.set(path, text);
    tables.upsertText(db).run(record, path, text);
  }
  const projected = projectRecord(state, texts);
  storeRecord(db, projected, state);
  storeParts(db, projected, before === undefined);
  return projected;
}

/** The stored state of a record; undefined for one that does not exist. */
export function readState(
  db: Parameters<typeof tables.stateOf>[0],
  record: RecordId,
): RecordState | undefined {
  const row = tables.stateOf(db).get(record);
  return row && JSON.parse(row.state);
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
  const distance = whole ? 0 : reader.distanceOf(path, parent) + 1;
  const far = distance >= wholeEvery;
  tables
    .insertVersion(db)
    .run(
      change.record,
      path,
      id,
      JSON.stringify(write.after),
      change.at,
      far ? 0 : distance,
      far ? text : null,
      textHash(text) === write.hash ? 1 : 0,
    );
}

function storeRecord(db: Writable, record: ProjectedRecord, state: RecordState): void {
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
    state: canonicalJson(state),
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
