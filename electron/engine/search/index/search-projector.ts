/**
 * The search projection: keeps postings, vocabulary, phrases and snippet texts at the state of the
 * records. Everything lies in SQLite, in the transaction that changed the record.
 */
import { randomInt } from "node:crypto";
import { searchFields } from "#shared/domain/field.ts";
import type { Writable } from "../../db/database.ts";
import type { ProjectedRecord, Projector } from "../../projections/projector.ts";
import { foldText } from "../analysis/tokenize.ts";
import { dumpSearch } from "./dump-search.ts";
import { decodeTexts, encodeTexts, fieldTexts } from "./field-texts.ts";
import { analyseRecord, type AnalysedRecord } from "./impact.ts";
import { encodeAuthors, encodeLabels } from "./labels.ts";
import { createPendingPostings } from "./pending-postings.ts";
import { blockSize } from "./posting-block.ts";
import {
  documentByRecord,
  dropPhrases,
  dropStream,
  dropTexts,
  flushPhrases,
  highestNumber,
  mergePhrases,
  putDocument,
  putPhrases,
  putStream,
  putTexts,
  searchSchema,
  searchTables,
  setState,
  stateValue,
  textsOf,
  totalChanges,
} from "./schema.ts";
import { writeAcronyms, writeTerm } from "../synonyms/synonym-tables.ts";
import { createWordIds, type WordIds } from "./word-ids.ts";
import { encodeStream } from "./word-stream.ts";

/** Notes that may wait in memory, at 8 bytes and more each; a full block is written much sooner. */
const mostPending = 3_000_000;
const worthWriting = 200_000;

/** Builds the projector. It keeps one set of notes for each database it writes. */
export function createSearchProjector(): Projector {
  const writers = new WeakMap<Writable, IndexWriter>();

  function writerFor(db: Writable): IndexWriter {
    const known = writers.get(db);
    if (known !== undefined) return known;
    const fresh = createIndexWriter(db);
    writers.set(db, fresh);
    return fresh;
  }

  return {
    name: "search",
    version: 6,
    schema: searchSchema,
    tables: searchTables,
    mayLag: true,
    clear: (db) => writerFor(db).clear(),
    project: (db, record) => writerFor(db).project(record),
    relieve: (db) => writerFor(db).relieve(),
    finish: (db) => writerFor(db).write(),
    dump: dumpSearch,
  };
}

type IndexWriter = {
  readonly clear: () => void;
  readonly project: (record: ProjectedRecord) => void;
  /** Writes when so much waits, or so full a block, that it will not become cheaper. */
  readonly relieve: () => Iterable<unknown>;
  /** Yields between its pieces. */
  readonly write: () => Iterable<unknown>;
};

function createIndexWriter(db: Writable): IndexWriter {
  const pending = createPendingPostings();
  const ids = createWordIds(db);
  const writer = randomInt(2 ** 47);
  let lastStamp = -1;
  let freshFrom = 0;
  let lastNumber = 0;
  /** Records written since the segments were merged. */
  let unmerged = 0;

  /** Whether the last stamp in the database is ours: else our transaction was rolled back. */
  function isCurrent(): boolean {
    return stampOf(db) === lastStamp && stateValue(db).get("writer")?.value === writer;
  }

  function nextStamp(): number {
    if (!isCurrent()) {
      pending.forget();
      ids.forget();
    }
    if (pending.size() === 0) {
      const highest = highestNumber(db).get()?.number ?? 0;
      freshFrom = Math.ceil((highest + 1) / blockSize);
    }
    lastStamp = stampOf(db) + 1;
    setState(db).run("stamp", lastStamp);
    setState(db).run("writer", writer);
    return lastStamp;
  }

  function* writePostings(): Iterable<unknown> {
    yield* pending.writePostings(db, freshFrom);
    // Else the commit would do it, in one piece with everything else it has to do.
    yield flushPhrases(db).run();
  }

  function* write(): Iterable<unknown> {
    if (!isCurrent()) return pending.forget();
    yield* writePostings();
    yield* pending.writeWords(db);
    yield* mergePhraseSegments(db, unmerged);
    unmerged = 0;
  }

  function* relieve(): Iterable<unknown> {
    const full = lastNumber % blockSize === blockSize - 1 && pending.size() > worthWriting;
    if (full || pending.size() > mostPending) yield* writePostings();
  }

  return {
    write,
    relieve,
    clear: () => {
      pending.forget();
      ids.forget();
      db.exec(`
        DELETE FROM search_document; DELETE FROM search_text; DELETE FROM search_stream;
        DELETE FROM search_posting; DELETE FROM search_word; DELETE FROM search_term;
        DELETE FROM search_acronym; INSERT INTO search_phrase (search_phrase) VALUES ('delete-all');`);
      // What processes keep in memory belongs to an epoch: numbers start again with the next one.
      setState(db).run("epoch", randomInt(2 ** 47));
    },
    project: (record) => {
      const stamp = nextStamp();
      const known = documentByRecord(db).get(record.id);
      // A record that was never indexed and lies in the trash leaves no trace here.
      if (known === undefined && record.removedAt !== null) return;
      const number = known?.number ?? (highestNumber(db).get()?.number ?? 0) + 1;
      putDocument(db).run(documentRow(record, number, stamp));
      writeTerm(db, number, record);
      const before = known?.removed === 0 ? textsOf(db).get(number)?.texts : undefined;
      const texts = record.removedAt === null ? fieldTexts(record) : undefined;
      const after = texts && encodeTexts(texts);
      if (before === after) return;
      const entry = texts && analyseRecord(texts);
      const gone = before === undefined ? undefined : analyseRecord(decodeTexts(before));
      pending.change(number, gone, entry);
      writeAcronyms(db, number, { texts, known: before !== undefined });
      writePhrases(db, { number, replace: before !== undefined, entry });
      writeTexts(db, { number, stamp, ids, texts: after, entry });
      lastNumber = number;
      unmerged += 1;
      // Only where nobody relieves: one transaction over very many records.
      if (pending.size() > 2 * mostPending) for (const _ of writePostings());
    },
  };
}

/** Pages merged in one piece: some milliseconds. Each record pays for one, which is what it writes. */
const pagesInPiece = 24;

/** Merges so many pages of segments, unless nothing waits for it. */
function* mergePhraseSegments(db: Writable, pages: number): Iterable<unknown> {
  for (let left = pages; left > 0; left -= pagesInPiece) {
    const before = totalChanges(db).get()?.count ?? 0;
    yield mergePhrases(db).run(Math.min(left, pagesInPiece));
    const written = (totalChanges(db).get()?.count ?? 0) - before;
    // By then nothing was left to do: so FTS5 tells it.
    if (written < 2) return;
  }
}

function stampOf(db: Writable): number {
  return stateValue(db).get("stamp")?.value ?? 0;
}

function documentRow(record: ProjectedRecord, number: number, stamp: number) {
  return {
    number,
    record_id: record.id,
    stamp,
    removed: record.removedAt === null ? 0 : 1,
    type: record.type,
    title: record.title,
    folded: foldText(record.title),
    status: record.status,
    department_id: record.departmentId,
    authors: encodeAuthors(record),
    labels: encodeLabels(record),
    verification: JSON.stringify(record.fields["verification"] ?? null),
    updated_at: record.updatedAt,
  };
}

function writeTexts(
  db: Writable,
  row: {
    readonly number: number;
    readonly stamp: number;
    readonly ids: WordIds;
    readonly texts: string | undefined;
    readonly entry: AnalysedRecord | undefined;
  },
): void {
  const { number, stamp, ids, texts, entry } = row;
  if (texts === undefined || entry === undefined) {
    dropTexts(db).run(number);
    dropStream(db).run(number);
    return;
  }
  putTexts(db).run(number, texts);
  const stream = encodeStream(entry.fields, (token) => ids.of(token, stamp));
  putStream(db).run(number, stream);
}

function writePhrases(
  db: Writable,
  row: {
    readonly number: number;
    readonly replace: boolean;
    readonly entry: AnalysedRecord | undefined;
  },
): void {
  if (row.replace) dropPhrases(db).run(row.number);
  const { entry } = row;
  if (entry === undefined) return;
  const columns = searchFields.map((field) =>
    entry.fields[field].tokens.map((token) => token.stem).join(" "),
  );
  putPhrases(db).run(row.number, ...columns);
}
