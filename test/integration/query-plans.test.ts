/**
 * Every statement that the engine's modules declare is asked how SQLite would answer it. Reading a large
 * table from end to end is refused, unless the statement is listed below with its reason.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Databases } from "#engine/db/database.ts";
import { openDatabases } from "#engine/db/open-databases.ts";
import { declaredStatements } from "#engine/db/statement.ts";
import { createTestEngine, type TestEngine } from "#test/support/test-engine.ts";
// What the engine loads when it is asked for declares statements, too.
// oxlint-disable import/no-unassigned-import -- Each is here for what it declares.
import "#engine/handbook/export-handbook.ts";
import "#engine/transfer/export/write-page.ts";
import "#engine/transfer/import/run-import.ts";
// oxlint-enable import/no-unassigned-import

/** Tables that stay small whatever a company writes. */
const smallTables = new Set([
  "attachment_pin",
  "attachment_shared",
  "chain_signature",
  "clock",
  "collection",
  "contested",
  "device",
  "draft",
  "folder_event",
  "folder_file",
  "folder_file_copy",
  "import_run",
  "join_request",
  "library",
  "library_file",
  "log_mark",
  "peer_ack",
  "peer_head",
  "peer_lack",
  "projection",
  "recent",
  "relay_file",
  "saved_search",
  "search_edit",
  "search_run",
  "search_state",
  "search_term",
  "setting",
  "shared_folder",
  "sqlite_schema",
  "stream_end",
  "stream_fork",
  "sync_lease",
  "unanswered_search",
  "workspace",
]);

/** Beginnings of statements that may read a whole table, and why. */
const wholeReads: readonly (readonly [start: string, reason: string])[] = [
  ["SELECT count(*) AS changes FROM change_log", "Counted when a person asks for a report."],
  ["SELECT device, incarnation, max(sequence) AS last", "A verification reads every change."],
  ["SELECT type, status, count(*) AS count FROM record", "One index, once after each commit."],
  ["SELECT id, type, title FROM record INDEXED BY record_by_title", "Stops at its limit."],
  ["SELECT id, type, title FROM record INDEXED BY record_by_updated", "Stops at its limit."],
  ["SELECT DISTINCT record_id, path FROM text_version", "A check reads every version."],
  ["SELECT id, title FROM record NOT INDEXED", "A handbook names nothing that it does not hold."],
  ["SELECT origin.record, origin.collection", "An export writes every record."],
  ["SELECT count(*) AS refusals FROM refusal", "What is left out is little, and one index."],
  ["SELECT DISTINCT hash FROM attachment", "One index, once in a look that sends something."],
  ["SELECT (SELECT count(*) FROM change_log)", "Counted when a person asks for a report."],
  ["SELECT reason, count(*) AS changes FROM refusal", "Counted when a person asks for a report."],
  [
    "SELECT refusal.reason, refusal.record_id",
    "What is left out is little, and asked by a person.",
  ],
  ["WITH RECURSIVE stream", "The streams it has found so far."],
  ["SELECT d.*, t.texts, s.words FROM search_document", "A comparison reads every row."],
  ["SELECT id, word FROM search_word ORDER BY id", "A comparison reads every row."],
  ["SELECT DISTINCT stem FROM search_posting", "A comparison reads every row."],
  ["SELECT word, stem, documents FROM search_word", "A comparison reads every row."],
  ["SELECT 'term ' || record_id", "A comparison reads every row."],
  ["SELECT min(short) AS short, min(long) AS long", "Counted when a person opens the vocabulary."],
  ["SELECT 1 AS found FROM search_acronym LIMIT 1", "Stops at the first row."],
];

let app: TestEngine;
let databases: Databases;
beforeAll(async () => {
  app = await createTestEngine();
  databases = openDatabases(app.profile);
});
afterAll(async () => {
  databases.close();
  await app[Symbol.asyncDispose]();
});

type Step = { readonly detail: string };

function planOf(sql: string): readonly string[] {
  const explain = `EXPLAIN QUERY PLAN ${sql}`;
  const names = [...sql.matchAll(/[@:$]([a-z_]\w*)/giu)].map((match) => match[1] ?? "");
  const places = sql.replaceAll(/'[^']*'/gu, "").split("?").length - 1;
  const values =
    names.length > 0 ? [Object.fromEntries(names.map((name) => [name, 1]))] : Array(places).fill(1);
  const db = inLocal(sql) ? databases.local : databases.read;
  return db
    .prepare<unknown[], Step>(explain)
    .all(...values)
    .map((step) => step.detail);
}

function inLocal(sql: string): boolean {
  try {
    databases.read.prepare(sql);
    return false;
  } catch {
    // Then it has to be the other file's; if not, preparing it there fails the test.
    return true;
  }
}

/** `SCAN x` reads all of x; with an index it still does, in the index's order. */
function wholeReadsIn(sql: string): readonly string[] {
  return planOf(sql).filter((detail) => {
    const table = /^SCAN (\w+)/u.exec(detail)?.[1];
    if (table === "CONSTANT") return false;
    return table !== undefined && !smallTables.has(table) && !detail.includes("VIRTUAL TABLE");
  });
}

test.each(declaredStatements().map((sql) => [sql.replaceAll(/\s+/gu, " ").trim()]))("%s", (sql) => {
  if (wholeReads.some(([start]) => sql.startsWith(start))) return;
  expect(wholeReadsIn(sql)).toEqual([]);
});

/** Beginnings of statements with a limit that sort everything for it, and why. */
const wholeSorts: readonly (readonly [start: string, reason: string])[] = [
  [
    "SELECT id, word, stem, documents FROM search_word WHERE word >=",
    "Two letters are in few words.",
  ],
  ["SELECT min(short) AS short, min(long) AS long", "Counted when a person opens the vocabulary."],
  ["SELECT min(long) AS word, long_stems AS stems", "An acronym has few meanings."],
  ["SELECT min(short) AS word, short_stems AS stems", "A name has few acronyms."],
  ["SELECT contested.record, record.revision", "What is contested is little."],
  ["SELECT path, size, modified, outcome", "Files that could not be read are few."],
  ["SELECT refusal.reason, refusal.record_id", "What is left out is little."],
  ["SELECT id FROM record WHERE type = ? AND title_key = ?", "Few records have one title."],
  ["SELECT id FROM record WHERE title_key = ?", "Few records have one title."],
];

function sortsAll(sql: string): boolean {
  return /\bLIMIT\b/u.test(sql) && planOf(sql).includes("USE TEMP B-TREE FOR ORDER BY");
}

test("what asks for a part of the rows in their order need not sort all of them", () => {
  const sorting = declaredStatements()
    .filter(sortsAll)
    .map((sql) => sql.replaceAll(/\s+/gu, " ").trim());
  const unexplained = sorting.filter((sql) => !wholeSorts.some(([start]) => sql.startsWith(start)));
  expect(unexplained).toEqual([]);
  for (const [start, reason] of wholeSorts) {
    expect(reason).not.toBe("");
    expect(
      sorting.filter((sql) => sql.startsWith(start)),
      start,
    ).not.toEqual([]);
  }
});

test("every exception is still needed", () => {
  const plain = declaredStatements().map((sql) => sql.replaceAll(/\s+/gu, " ").trim());
  for (const [start, reason] of wholeReads) {
    expect(reason).not.toBe("");
    const meant = plain.filter((sql) => sql.startsWith(start));
    expect(meant.flatMap(wholeReadsIn), start).not.toEqual([]);
  }
});
