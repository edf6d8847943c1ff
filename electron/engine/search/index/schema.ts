/** The tables of the search projection, and the statements that write them. */
import { statement } from "../../db/statement.ts";
import { synonymSchema, synonymTables } from "../synonyms/synonym-tables.ts";

/** Every table, in the order in which a comparison reads them. */
export const searchTables = [
  "search_document",
  "search_text",
  "search_stream",
  "search_posting",
  "search_run",
  "search_edit",
  "search_word",
  "search_phrase",
  ...synonymTables,
  "search_state",
] as const;

export const searchSchema = `
${synonymSchema}
-- One row for each record that was ever indexed. Numbers are never used twice, so that what a
-- process keeps in memory about one stays true; \`stamp\` grows with every change; \`folded\` is the
-- title as it is compared, so that opening a large workspace need not fold all of them again.
CREATE TABLE IF NOT EXISTS search_document (
  number        INTEGER PRIMARY KEY,
  record_id     TEXT    NOT NULL UNIQUE,
  stamp         INTEGER NOT NULL,
  removed       INTEGER NOT NULL,
  type          TEXT    NOT NULL,
  title         TEXT    NOT NULL,
  folded        TEXT    NOT NULL,
  status        TEXT,
  department_id TEXT,
  authors       TEXT    NOT NULL,
  labels        TEXT    NOT NULL,
  verification  TEXT    NOT NULL,
  updated_at    TEXT    NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS search_document_stamp ON search_document (stamp);

-- The searched texts: snippets come from here, and what has to leave the index on the next change.
CREATE TABLE IF NOT EXISTS search_text (
  number INTEGER PRIMARY KEY,
  texts  TEXT NOT NULL
) STRICT;

-- The same texts as the numbers of their words, see word-stream.ts: what ranking reads.
CREATE TABLE IF NOT EXISTS search_stream (
  number INTEGER PRIMARY KEY,
  words  BLOB NOT NULL
) STRICT;

-- Ranked search: the impacts of stems in records, see postings.ts, in runs, see posting-runs.ts. The
-- run comes first in the key, so that a new one is written behind all others.
CREATE TABLE IF NOT EXISTS search_posting (
  run      INTEGER NOT NULL,
  stem     TEXT    NOT NULL,
  postings BLOB    NOT NULL,
  PRIMARY KEY (run, stem)
) STRICT, WITHOUT ROWID;

-- A few dozen at most; how many postings each holds, and which one it is being joined into.
CREATE TABLE IF NOT EXISTS search_run (
  run   INTEGER PRIMARY KEY,
  size  INTEGER NOT NULL,
  joins INTEGER
) STRICT;

-- What the latest small changes do to postings, see recent-edits.ts; as JSON.
CREATE TABLE IF NOT EXISTS search_edit (
  stamp INTEGER PRIMARY KEY,
  edits TEXT    NOT NULL
) STRICT;

-- The vocabulary: completion of the last word, and the nearest known word for a misspelt one. \`id\` is
-- what streams call the word; ids only grow, so new words are those above the last that was read.
-- \`stem_id\` is what phrases call the stem: the id of the first word that had it.
-- \`digits\`: how many \`documents\` has, so that the index by it is hardly ever written.
CREATE TABLE IF NOT EXISTS search_word (
  word      TEXT    PRIMARY KEY,
  id        INTEGER NOT NULL UNIQUE,
  stem      TEXT    NOT NULL,
  stem_id   INTEGER NOT NULL,
  documents INTEGER NOT NULL,
  digits    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS search_word_stem ON search_word (stem, id);
-- The commonest words with a letter, which would otherwise mean going through a part of all words.
CREATE INDEX IF NOT EXISTS search_word_letter ON search_word (substr(word, 1, 1), digits DESC);
CREATE TRIGGER IF NOT EXISTS search_word_digits AFTER UPDATE OF documents ON search_word
WHEN length(old.documents) <> length(new.documents)
BEGIN
  UPDATE search_word SET digits = length(new.documents) WHERE word = new.word;
END;

-- Phrases: the numbers of the stems of each part, see phrase-texts.ts, in their order. It keeps
-- positions and no text. The body comes first, as positions in a first column take fewer bytes.
CREATE VIRTUAL TABLE IF NOT EXISTS search_phrase USING fts5 (
  body, title, headings, steps, prompts, tags,
  content = '', contentless_delete = 1, tokenize = 'ascii'
);
-- Its segments are merged piece by piece after each writing: left alone it now and then merges many
-- at once, in the middle of one row, and nobody is answered meanwhile.
INSERT INTO search_phrase (search_phrase, rank) VALUES ('automerge', 0);
INSERT INTO search_phrase (search_phrase, rank) VALUES ('crisismerge', 1999);
-- Bytes that wait in memory until they make a segment: fewer and larger ones need less merging.
INSERT INTO search_phrase (search_phrase, rank) VALUES ('hashsize', 8388608);

-- \`stamp\`: the latest one given, \`series\`: by which series of records. \`epoch\`: differs after everything was dropped.
CREATE TABLE IF NOT EXISTS search_state (
  name  TEXT    PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

export type DocumentRow = {
  readonly number: number;
  readonly record_id: string;
  readonly stamp: number;
  readonly removed: number;
  readonly type: string;
  readonly title: string;
  readonly folded: string;
  readonly status: string | null;
  readonly department_id: string | null;
  readonly authors: string;
  readonly labels: string;
  readonly verification: string;
  readonly updated_at: string;
};

export const stateValue = statement<[string], { readonly value: number }>(
  "SELECT value FROM search_state WHERE name = ?",
);
export const setState = statement<[string, number]>(
  "INSERT INTO search_state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
);
export const documentByRecord = statement<[string], Pick<DocumentRow, "number" | "removed">>(
  "SELECT number, removed FROM search_document WHERE record_id = ?",
);
export const highestNumber = statement<[], { readonly number: number }>(
  "SELECT coalesce(max(number), 0) AS number FROM search_document",
);
export const putDocument = statement<
  [
    number: number,
    record_id: string,
    stamp: number,
    removed: number,
    type: string,
    title: string,
    folded: string,
    status: string | null,
    department_id: string | null,
    authors: string,
    labels: string,
    verification: string,
    updated_at: string,
  ]
>(`
  INSERT INTO search_document (number, record_id, stamp, removed, type, title, folded, status, department_id, authors, labels, verification, updated_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (number) DO UPDATE SET
    stamp = excluded.stamp, removed = excluded.removed, type = excluded.type, title = excluded.title,
    folded = excluded.folded, status = excluded.status, department_id = excluded.department_id, authors = excluded.authors,
    labels = excluded.labels, verification = excluded.verification, updated_at = excluded.updated_at`);
/** A row of what is stored of a record, as an array: an object for each takes longer to make. */
export type StoredOf<Raw> = readonly [number: number, stored: Raw];

/** Of the records with these numbers, a JSON list. */
export const textsOf = statement<[numbers: string], StoredOf<string>>(
  "SELECT number, texts FROM json_each(?) CROSS JOIN search_text ON number = value",
);
export const textsNow = statement<[number], { readonly texts: string }>(
  "SELECT texts FROM search_text WHERE number = ?",
);
export const putTexts = statement<[number, string]>(
  "INSERT INTO search_text (number, texts) VALUES (?, ?) ON CONFLICT (number) DO UPDATE SET texts = excluded.texts",
);
export const dropTexts = statement<[number]>("DELETE FROM search_text WHERE number = ?");
/** Writes what FTS5 still holds in memory. */
export const flushPhrases = statement<[]>(
  "INSERT INTO search_phrase (search_phrase) VALUES ('flush')",
);
/** Merges so many pages of what FTS5 keeps, where enough segments wait for it. */
export const mergePhrases = statement<[pages: number]>(
  "INSERT INTO search_phrase (search_phrase, rank) VALUES ('merge', ?)",
);
export const totalChanges = statement<[], { readonly count: number }>(
  "SELECT total_changes() AS count",
);
export const putPhrases = statement<[number, ...Uint8Array[]]>(
  "INSERT INTO search_phrase (rowid, title, headings, steps, prompts, tags, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
);
export const dropPhrases = statement<[number]>("DELETE FROM search_phrase WHERE rowid = ?");
/** Likewise. */
export const streamsOf = statement<[numbers: string], StoredOf<Buffer>>(
  "SELECT number, words FROM json_each(?) CROSS JOIN search_stream ON number = value",
);
export const putStream = statement<[number, Uint8Array]>(
  "INSERT INTO search_stream (number, words) VALUES (?, ?) ON CONFLICT (number) DO UPDATE SET words = excluded.words",
);
export const dropStream = statement<[number]>("DELETE FROM search_stream WHERE number = ?");
