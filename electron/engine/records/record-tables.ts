/**
 * The tables that hold records as they are now. `record` carries what lists show and sort by, with
 * the rest of the state at its end, where a list never reads it. Lists of 100,000 rows are read and counted
 * on the indexes alone, which is why those carry more than the columns they are ordered by
 * (`removed_at` too: SQLite looks it up in the row otherwise, though the index holds only nulls).
 */
import type { ChangeId } from "#shared/domain/ids.ts";
import { statement } from "../db/statement.ts";
import type { Refusal } from "./record-fold.ts";

export const recordTables = [
  "record",
  "record_text",
  "text_version",
  "tag",
  "reference",
  "refusal",
] as const;

export const recordSchemaSql = `
CREATE TABLE IF NOT EXISTS record (
  id            TEXT PRIMARY KEY,
  type          TEXT NOT NULL,
  title         TEXT NOT NULL,
  title_key     TEXT NOT NULL,
  status        TEXT,
  department_id TEXT,
  owner_id      TEXT,
  summary       TEXT NOT NULL,
  created_at    TEXT NOT NULL,
  created_by    TEXT NOT NULL,
  updated_at    TEXT NOT NULL,
  updated_by    TEXT NOT NULL,
  removed_at    TEXT,
  revision      INTEGER NOT NULL,
  fields        TEXT NOT NULL,
  state         TEXT NOT NULL
) STRICT;

-- The current text at each path, merged where several people wrote at once.
CREATE TABLE IF NOT EXISTS record_text (
  record_id TEXT NOT NULL,
  path      TEXT NOT NULL,
  text      TEXT NOT NULL,
  PRIMARY KEY (record_id, path)
) STRICT;

-- The graph of versions; \`text\` only where the last whole text lies too far back, \`intact\` 0 where
-- the rebuilt text is not the one whose hash its writer signed.
CREATE TABLE IF NOT EXISTS text_version (
  record_id TEXT    NOT NULL,
  path      TEXT    NOT NULL,
  change_id TEXT    NOT NULL,
  parents   TEXT    NOT NULL,
  at        TEXT    NOT NULL,
  distance  INTEGER NOT NULL,
  text      TEXT,
  intact    INTEGER NOT NULL,
  PRIMARY KEY (record_id, path, change_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS text_version_damaged ON text_version (record_id) WHERE intact = 0;

CREATE TABLE IF NOT EXISTS tag (
  record_id TEXT NOT NULL,
  tag_key   TEXT NOT NULL,
  name      TEXT NOT NULL,
  PRIMARY KEY (record_id, tag_key)
) STRICT, WITHOUT ROWID;
-- Changes that are in the log and left out of their records.
CREATE TABLE IF NOT EXISTS refusal (
  record_id TEXT NOT NULL,
  change_id TEXT NOT NULL,
  device    TEXT NOT NULL,
  reason    TEXT NOT NULL,
  PRIMARY KEY (record_id, change_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS refusal_by_device ON refusal (device, reason);
CREATE INDEX IF NOT EXISTS tag_by_key ON tag (tag_key, record_id);

CREATE TABLE IF NOT EXISTS reference (
  record_id TEXT NOT NULL,
  field     TEXT NOT NULL,
  target_id TEXT NOT NULL,
  PRIMARY KEY (record_id, field, target_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS reference_by_target ON reference (target_id, record_id, field);
CREATE INDEX IF NOT EXISTS record_by_updated ON record (updated_at, type, status, removed_at)
  WHERE removed_at IS NULL;
CREATE INDEX IF NOT EXISTS record_by_title ON record (title_key, type, status, removed_at)
  WHERE removed_at IS NULL;
CREATE INDEX IF NOT EXISTS record_by_type_updated ON record (type, updated_at, status, removed_at)
  WHERE removed_at IS NULL;
CREATE INDEX IF NOT EXISTS record_by_type_title ON record (type, title_key, status, removed_at)
  WHERE removed_at IS NULL;
CREATE INDEX IF NOT EXISTS record_by_department_updated
  ON record (department_id, updated_at, type, status, removed_at) WHERE removed_at IS NULL;
CREATE INDEX IF NOT EXISTS record_by_department_title
  ON record (department_id, title_key, type, status, removed_at) WHERE removed_at IS NULL;
CREATE INDEX IF NOT EXISTS record_by_removed ON record (removed_at, type, status, department_id)
  WHERE removed_at IS NOT NULL;
`;

export type RecordRow = {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly title_key: string;
  readonly status: string | null;
  readonly department_id: string | null;
  readonly owner_id: string | null;
  readonly summary: string;
  readonly created_at: string;
  readonly created_by: string;
  readonly updated_at: string;
  readonly updated_by: string;
  readonly removed_at: string | null;
  readonly revision: number;
  readonly fields: string;
  readonly state: string;
};

export const stateOf = statement<[id: string], Pick<RecordRow, "type" | "revision" | "state">>(
  "SELECT type, revision, state FROM record WHERE id = ?",
);

export const upsertRecord = statement<[RecordRow]>(
  `INSERT INTO record (id, type, title, title_key, status, department_id, owner_id, summary,
     created_at, created_by, updated_at, updated_by, removed_at, revision, fields, state)
   VALUES (:id, :type, :title, :title_key, :status, :department_id, :owner_id, :summary,
     :created_at, :created_by, :updated_at, :updated_by, :removed_at, :revision, :fields, :state)
   ON CONFLICT (id) DO UPDATE SET type = excluded.type, title = excluded.title,
     title_key = excluded.title_key, status = excluded.status,
     department_id = excluded.department_id, owner_id = excluded.owner_id,
     summary = excluded.summary, created_at = excluded.created_at,
     created_by = excluded.created_by, updated_at = excluded.updated_at,
     updated_by = excluded.updated_by, removed_at = excluded.removed_at,
     revision = excluded.revision, fields = excluded.fields, state = excluded.state`,
);

export const textsOf = statement<[id: string], { readonly path: string; readonly text: string }>(
  "SELECT path, text FROM record_text WHERE record_id = ?",
);
export const upsertText = statement<[id: string, path: string, text: string]>(
  `INSERT INTO record_text (record_id, path, text) VALUES (?, ?, ?)
   ON CONFLICT (record_id, path) DO UPDATE SET text = excluded.text`,
);

export const insertVersion = statement<
  [
    record: string,
    path: string,
    change: string,
    parents: string,
    at: string,
    distance: number,
    text: string | null,
    intact: number,
  ]
>(
  `INSERT INTO text_version (record_id, path, change_id, parents, at, distance, text, intact)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
);

export const damagedTexts = statement<[], { readonly record_id: string; readonly path: string }>(
  "SELECT DISTINCT record_id, path FROM text_version WHERE intact = 0 ORDER BY record_id, path",
);

export const deleteTags = statement<[id: string]>("DELETE FROM tag WHERE record_id = ?");
export const insertTag = statement<[id: string, key: string, name: string]>(
  "INSERT OR IGNORE INTO tag (record_id, tag_key, name) VALUES (?, ?, ?)",
);
export const deleteReferences = statement<[id: string]>(
  "DELETE FROM reference WHERE record_id = ?",
);
export const insertReference = statement<[id: string, field: string, target: string]>(
  "INSERT OR IGNORE INTO reference (record_id, field, target_id) VALUES (?, ?, ?)",
);

export const refusalsOf = statement<
  [record: string],
  { readonly change_id: ChangeId; readonly reason: Refusal }
>("SELECT change_id, reason FROM refusal WHERE record_id = ?");
export const insertRefusal = statement<
  [record: string, change: string, device: string, reason: string]
>("INSERT INTO refusal (record_id, change_id, device, reason) VALUES (?, ?, ?, ?)");

export const deleteRecord = statement<[id: string]>("DELETE FROM record WHERE id = ?");
export const deleteTexts = statement<[id: string]>("DELETE FROM record_text WHERE record_id = ?");
export const deleteVersions = statement<[id: string]>(
  "DELETE FROM text_version WHERE record_id = ?",
);
export const deleteRefusals = statement<[id: string]>("DELETE FROM refusal WHERE record_id = ?");

/** What a device wrote to the record at a place of its stream, on whatever branch, and behind it. */
export const laterOfStream = statement<
  [record: string, device: string, incarnation: number, sequence: number],
  {
    readonly device: string;
    readonly incarnation: number;
    readonly sequence: number;
    readonly chain: Uint8Array;
  }
>(
  `SELECT device, incarnation, sequence, chain FROM change_log
   WHERE record = ? AND device = ? AND incarnation = ? AND sequence >= ?`,
);
