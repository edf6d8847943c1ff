/** The steps of `workspace.db`: the log, who writes it here, and which projections are current. */
import type { Migrations } from "../migrate.ts";
import { exchangeTables } from "./exchange.ts";

const changeLog = `
-- One row for each change, in the order in which they came to this device. It only ever grows; two
-- rows at one place are the branches of a device of which two copies wrote.
CREATE TABLE change_log (
  position    INTEGER PRIMARY KEY,
  device      TEXT    NOT NULL,
  incarnation INTEGER NOT NULL,
  sequence    INTEGER NOT NULL,
  at          TEXT    NOT NULL,
  record      TEXT    NOT NULL,
  -- Null where a colleague's change is an action by itself: nobody here can ask for it.
  action      TEXT,
  body        TEXT    NOT NULL,
  chain       BLOB    NOT NULL,
  UNIQUE (device, incarnation, sequence, chain)
) STRICT;
CREATE INDEX change_log_record ON change_log (record, position);
CREATE INDEX change_log_action ON change_log (action, position) WHERE action IS NOT NULL;

-- The device's signature over the chain at the end of each transaction.
CREATE TABLE chain_signature (
  device      TEXT    NOT NULL,
  incarnation INTEGER NOT NULL,
  sequence    INTEGER NOT NULL,
  signature   BLOB    NOT NULL,
  PRIMARY KEY (device, incarnation, sequence)
) STRICT, WITHOUT ROWID;

-- The public keys of every device whose changes are here; the id is the hash of the signing key. Of
-- others' devices the roster tells the agreement key.
CREATE TABLE device (
  id            TEXT PRIMARY KEY,
  signing_key   BLOB NOT NULL,
  agreement_key BLOB
) STRICT, WITHOUT ROWID;

-- The latest time in the log, so that the clock never runs backwards.
CREATE TABLE clock (
  one  INTEGER PRIMARY KEY CHECK (one = 1),
  last TEXT NOT NULL
) STRICT;

-- Which workspace this is, and who writes it on this device.
CREATE TABLE workspace (
  one           INTEGER PRIMARY KEY CHECK (one = 1),
  id            TEXT    NOT NULL,
  name          TEXT    NOT NULL,
  sample        INTEGER NOT NULL,
  device        TEXT    NOT NULL,
  incarnation   INTEGER NOT NULL,
  person_id     TEXT    NOT NULL,
  department_id TEXT    NOT NULL
) STRICT;

-- The version with which each projection was folded, and the tables it made.
CREATE TABLE projection (
  name    TEXT    PRIMARY KEY,
  version INTEGER NOT NULL,
  tables  TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
`;

const sharing = `
-- The library that this workspace is shared as. \`root_key\` is the public key that founded it.
CREATE TABLE library (
  one         INTEGER PRIMARY KEY CHECK (one = 1),
  id          TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  root_key    BLOB    NOT NULL,
  fingerprint TEXT    NOT NULL,
  -- When this device was admitted, in milliseconds since 1970; null while it is waiting.
  joined      INTEGER
) STRICT;

-- Every segment that is here, own and received, with the file's bytes, so that any of them can be
-- written to the folder again as it was. They are in this file and no other, so that a backup that
-- is put back forgets segments and changes alike.
CREATE TABLE segment (
  id          INTEGER PRIMARY KEY,
  device      TEXT    NOT NULL,
  incarnation INTEGER NOT NULL,
  first       INTEGER NOT NULL,
  last        INTEGER NOT NULL,
  prev        BLOB    NOT NULL,
  end         BLOB    NOT NULL,
  kind        TEXT    NOT NULL CHECK (kind IN ('loose', 'pack')),
  origin      TEXT    NOT NULL CHECK (origin IN ('own', 'received')),
  held        INTEGER NOT NULL,
  published   INTEGER NOT NULL,
  size        INTEGER NOT NULL,
  hash        TEXT    NOT NULL,
  at          INTEGER NOT NULL,
  bytes       BLOB    NOT NULL,
  UNIQUE (device, incarnation, first, last, hash)
) STRICT;
CREATE INDEX segment_unpublished ON segment (published, id) WHERE origin = 'own' AND published < 2;

CREATE INDEX segment_held ON segment (held, id) WHERE held = 1;

-- How far each stream is here without a gap; one row for each branch of a stream that forked.
CREATE TABLE stream_end (
  device      TEXT    NOT NULL,
  incarnation INTEGER NOT NULL,
  sequence    INTEGER NOT NULL,
  chain       BLOB    NOT NULL,
  PRIMARY KEY (device, incarnation, sequence, chain)
) STRICT, WITHOUT ROWID;

-- Streams of which two copies of a device wrote.
CREATE TABLE stream_fork (
  device      TEXT    NOT NULL,
  incarnation INTEGER NOT NULL,
  PRIMARY KEY (device, incarnation)
) STRICT, WITHOUT ROWID;
`;

const shortBodies = `
-- The changes with their bodies as they were written. In change_log, one that begins with '-' or '+'
-- leaves out what the other columns say: it has the 26 letters of its author, its type, a quotation
-- mark, and what lies between the brackets of its writes; with '+' it says its action.
CREATE VIEW logged_change AS
SELECT position, device, incarnation, sequence, at, record, action, chain,
  iif(substr(body, 1, 1) NOT IN ('-', '+'), body,
    iif(substr(body, 1, 1) = '+', '{"action":"' || action || '",', '{')
    || '"at":"' || at || '","author":"' || substr(body, 2, 26)
    || '","device":"' || device || '","incarnation":' || incarnation
    || ',"record":"' || record || '","sequence":' || sequence
    || ',"type":"' || substr(body, 28, instr(substr(body, 28), '"'))
    || ',"v":1,"writes":[' || substr(body, 28 + instr(substr(body, 28), '"')) || ']}') AS body
FROM change_log;

-- The position is the row's key, which each entry of an index carries anyway.
DROP INDEX change_log_record;
CREATE INDEX change_log_record ON change_log (record);
DROP INDEX change_log_action;
CREATE INDEX change_log_action ON change_log (action) WHERE action IS NOT NULL;
`;

const laggingProjections = `
-- The record that was reached last while the tables are being filled, from the greatest id down; '~'
-- where none was reached yet, null once they say what the log says.
ALTER TABLE projection ADD COLUMN reached TEXT;
UPDATE projection SET reached = '~' WHERE version = -1;
`;

/** "GHws" and a list that only ever grows at its end. */
export const workspaceMigrations: Migrations = {
  applicationId: 0x47487773,
  steps: [changeLog, sharing, exchangeTables, shortBodies, laggingProjections],
};
