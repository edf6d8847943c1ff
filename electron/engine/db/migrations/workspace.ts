/** The steps of `workspace.db`: the log, who writes it here, and which projections are current. */
import type { Migrations } from "../migrate.ts";

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
  action      TEXT    NOT NULL,
  body        TEXT    NOT NULL,
  chain       BLOB    NOT NULL,
  UNIQUE (device, incarnation, sequence, chain)
) STRICT;
CREATE INDEX change_log_record ON change_log (record, position);
CREATE INDEX change_log_action ON change_log (action, position);

-- The device's signature over the chain at the end of each transaction.
CREATE TABLE chain_signature (
  device      TEXT    NOT NULL,
  incarnation INTEGER NOT NULL,
  sequence    INTEGER NOT NULL,
  signature   BLOB    NOT NULL,
  PRIMARY KEY (device, incarnation, sequence)
) STRICT, WITHOUT ROWID;

-- The public keys of every device whose changes are here; the id is the hash of the signing key.
CREATE TABLE device (
  id            TEXT PRIMARY KEY,
  signing_key   BLOB NOT NULL,
  agreement_key BLOB NOT NULL
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

/** "GHws" and a list that only ever grows at its end. */
export const workspaceMigrations: Migrations = {
  applicationId: 0x47487773,
  steps: [changeLog],
};
