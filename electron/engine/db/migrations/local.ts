/** The steps of `local.db`: what stays on this device and is in no log, so it cannot be rebuilt. */
import type { Migrations } from "../migrate.ts";

const workspaceTables = `
CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- When each record was opened last, in milliseconds since 1970.
CREATE TABLE recent (
  record_id TEXT    PRIMARY KEY,
  opened_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX recent_opened_at ON recent (opened_at);

-- How far the log of this device once reached: shows that an older copy was put back.
CREATE TABLE log_mark (
  device      TEXT    NOT NULL,
  incarnation INTEGER NOT NULL,
  sequence    INTEGER NOT NULL,
  PRIMARY KEY (device, incarnation)
) STRICT, WITHOUT ROWID;
`;

const savedSearches = `
CREATE TABLE saved_search (
  id   TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  sort TEXT NOT NULL CHECK (sort IN ('relevance', 'date'))
) STRICT, WITHOUT ROWID;
`;

const drafts = `
-- What somebody is writing: one row for each record or new record, replaced by every autosave.
CREATE TABLE draft (
  key      TEXT    PRIMARY KEY,
  record   TEXT,
  type     TEXT    NOT NULL,
  base     TEXT,
  fields   TEXT    NOT NULL,
  body     TEXT    NOT NULL,
  title    TEXT    NOT NULL,
  saved_at TEXT    NOT NULL
) STRICT;
CREATE INDEX draft_saved_at ON draft (saved_at);
`;

const imports = `
-- Which collection the pages of a folder, a ZIP file or an upload belong to.
CREATE TABLE import_source (
  key        TEXT PRIMARY KEY,
  collection TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The reports of imports, by their action.
CREATE TABLE import_run (
  action TEXT    PRIMARY KEY,
  at     INTEGER NOT NULL,
  name   TEXT    NOT NULL,
  report TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX import_run_at ON import_run (at);

-- What an export wrote on this device, so that a later one knows its own files again.
CREATE TABLE export_file (
  path TEXT PRIMARY KEY,
  hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

const undoneActions = `
-- What was taken back on this device, and by which action; kept counts what was edited meanwhile.
CREATE TABLE undone_action (
  undoing TEXT    PRIMARY KEY,
  action  TEXT    NOT NULL,
  kept    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX undone_action_by_action ON undone_action (action);
`;

const sharedFolder = `
-- Where this device finds the shared folder.
CREATE TABLE shared_folder (
  one  INTEGER PRIMARY KEY CHECK (one = 1),
  path TEXT    NOT NULL
) STRICT;

-- The join request that waits for a steward, to put it back when it vanishes.
CREATE TABLE join_request (
  one   INTEGER PRIMARY KEY CHECK (one = 1),
  path  TEXT    NOT NULL,
  bytes BLOB    NOT NULL
) STRICT;
`;

const syncLease = `
-- Which process looks at the shared folder on its own, and until when that holds.
CREATE TABLE sync_lease (
  one   INTEGER PRIMARY KEY CHECK (one = 1),
  owner TEXT    NOT NULL,
  until INTEGER NOT NULL
) STRICT;
`;

const unansweredSearches = `
-- What was searched for in vain, by its folded words. \`shared\`: how many of the times a request was told.
CREATE TABLE unanswered_search (
  words   TEXT    PRIMARY KEY,
  text    TEXT    NOT NULL,
  count   INTEGER NOT NULL,
  shared  INTEGER NOT NULL DEFAULT 0,
  last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX unanswered_search_last_at ON unanswered_search (last_at);
`;

const attachmentPins = `
-- Attachments that somebody wants on this device, whether or not they have been fetched yet.
CREATE TABLE attachment_pin (
  hash TEXT    PRIMARY KEY,
  at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** "GHlo" and a list that only ever grows at its end; an area adds its tables as a step of its own. */
export const localMigrations: Migrations = {
  applicationId: 0x47486c6f,
  steps: [
    workspaceTables,
    savedSearches,
    drafts,
    imports,
    undoneActions,
    sharedFolder,
    syncLease,
    unansweredSearches,
    attachmentPins,
  ],
};
