/** The step of `workspace.db` for the exchange over the shared folder: what was seen there and of whom. */
export const exchangeTables = `
-- The last head and the last acknowledgement of each device, its own included.
CREATE TABLE peer_head (
  device      TEXT    PRIMARY KEY,
  n           INTEGER NOT NULL,
  incarnation INTEGER NOT NULL,
  sequence    INTEGER NOT NULL,
  chain       TEXT    NOT NULL,
  version     TEXT    NOT NULL,
  at          INTEGER NOT NULL,
  seen_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE peer_ack (
  device  TEXT    PRIMARY KEY,
  n       INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  -- The lines as JSON.
  lines   TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- What a peer lacked of a stream when that was noticed, and how many of its acknowledgements said so.
CREATE TABLE peer_lack (
  peer        TEXT    NOT NULL,
  device      TEXT    NOT NULL,
  incarnation INTEGER NOT NULL,
  held        INTEGER NOT NULL,
  until       INTEGER NOT NULL,
  acks        INTEGER NOT NULL,
  since       INTEGER NOT NULL,
  PRIMARY KEY (peer, device, incarnation)
) STRICT, WITHOUT ROWID;

-- What was made of a file in the folder whose name says too little, or that was refused.
CREATE TABLE folder_file (
  path     TEXT    PRIMARY KEY,
  size     INTEGER,
  modified INTEGER,
  -- 'read': there is nothing more to learn from it; else the reason for which it is set aside.
  outcome  TEXT    NOT NULL,
  device   TEXT,
  -- The canonical hash of its bytes when it is a segment that is held.
  hash     TEXT,
  tries    INTEGER NOT NULL,
  since    INTEGER NOT NULL,
  next_try INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX folder_file_outcome ON folder_file (outcome, next_try);

-- Copies of what was set aside, for whoever looks into it later.
CREATE TABLE folder_file_copy (
  path  TEXT PRIMARY KEY,
  at    INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

-- Attachments of which a copy lies in the folder.
CREATE TABLE attachment_shared (
  hash TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Copies that this device wrote for others, so that it can remove them in the end.
CREATE TABLE relay_file (
  path TEXT    PRIMARY KEY,
  at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- LIBRARY.json as it was verified, to put it back.
CREATE TABLE library_file (
  one   INTEGER PRIMARY KEY CHECK (one = 1),
  bytes BLOB    NOT NULL
) STRICT;

-- What happened in the folder that somebody should know.
CREATE TABLE folder_event (
  position INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  kind     TEXT    NOT NULL,
  amount   INTEGER NOT NULL
) STRICT;
`;
