/**
 * The search projection: keeps postings, vocabulary, phrases and snippet texts at the state of the
 * records. Everything lies in SQLite, in the transaction that changed the record.
 */
import { randomInt } from "node:crypto";
import type { Writable } from "../../db/database.ts";
import type { ProjectedRecord, Projector } from "../../projections/projector.ts";
import { type Codes, foldText } from "../analysis/tokenize.ts";
import { dumpSearch } from "./dump-search.ts";
import { decodeTexts, encodeTexts, fieldTexts } from "./field-texts.ts";
import { createAnalyser } from "./impact.ts";
import { encodeAuthors, encodeLabels } from "./labels.ts";
import { createPendingPostings } from "./pending-postings.ts";
import { phraseTexts } from "./phrase-texts.ts";
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
  textsNow,
  totalChanges,
} from "./schema.ts";
import { writeAcronyms, writeTerm } from "../synonyms/synonym-tables.ts";
import { encodeStream } from "./word-stream.ts";
import { createWordTable, type TokenIds } from "./word-table.ts";

/** Changed postings that may wait in memory: 12 MB, and 4 MB more while they are written. */
const mostPending = 3_000_000;

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
    version: 11,
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
  const words = createWordTable(db);
  const [analyseBefore, analyse] = [createAnalyser(), createAnalyser()];
  let series: Series | undefined;
  /** The one that ended last. */
  let last = -1;

  function forget(): void {
    pending.forget();
    words.forget();
    series = undefined;
  }

  /** The series that goes on; a new one after a transaction has ended, however it ended. */
  function ongoing(): Series {
    const stored = seriesOf(db);
    if (series !== undefined && stored === series.name) return series;
    // Either a transaction was rolled back, or another process has written.
    if (series !== undefined || stored !== last) forget();
    const stamp = stateValue(db).get("stamp")?.value ?? 0;
    const highest = highestNumber(db).get()?.number ?? 0;
    series = { name: randomInt(2 ** 47), stamp, highest, records: 0 };
    setState(db).run("series", series.name);
    return series;
  }

  function* write(): Iterable<unknown> {
    if (series === undefined) return;
    if (seriesOf(db) !== series.name) return forget();
    const { stamp, records } = series;
    yield* pending.write(db, stamp);
    yield* words.write();
    // Else the commit would do it, in one piece with everything else it has to do.
    yield flushPhrases(db).run();
    yield* mergePhraseSegments(db, records);
    setState(db).run("stamp", stamp);
    last = series.name;
    series = undefined;
  }

  return {
    write,
    relieve: function* () {
      if (pending.size() > mostPending) yield* pending.writeRun(db);
    },
    clear: () => {
      forget();
      db.exec(`
        DELETE FROM search_document; DELETE FROM search_text; DELETE FROM search_stream;
        DELETE FROM search_posting; DELETE FROM search_run; DELETE FROM search_edit;
        DELETE FROM search_word; DELETE FROM search_term; DELETE FROM search_acronym;
        INSERT INTO search_phrase (search_phrase) VALUES ('delete-all');`);
      // What processes keep in memory belongs to an epoch: numbers start again with the next one.
      setState(db).run("epoch", randomInt(2 ** 47));
    },
    project: (record) => {
      const current = ongoing();
      const known = documentByRecord(db).get(record.id);
      // A record that was never indexed and lies in the trash leaves no trace here.
      if (known === undefined && record.removedAt !== null) return;
      current.stamp += 1;
      if (known === undefined) current.highest += 1;
      const number = known?.number ?? current.highest;
      writeDocument(db, record, { number, stamp: current.stamp });
      writeTerm(db, number, record);
      const before = known?.removed === 0 ? textsNow(db).get(number)?.texts : undefined;
      const texts = record.removedAt === null ? fieldTexts(record) : undefined;
      const after = texts && encodeTexts(texts);
      if (before === after) return;
      const gone = before === undefined ? undefined : analyseBefore(decodeTexts(before));
      const entry = texts && analyse(texts);
      pending.change(number, gone, entry);
      if (gone !== undefined) words.count(gone.words, -1);
      if (entry !== undefined) words.count(entry.words, 1);
      writeAcronyms(db, number, { texts, known: before !== undefined });
      const written = { number, known: before !== undefined, texts: after };
      writeTexts(db, written, entry && { ...words.idsOf(entry.codes), ends: entry.ends });
      current.records += 1;
      // Only where nobody relieves: one transaction over very many records.
      if (pending.size() > 2 * mostPending) for (const _ of pending.writeRun(db));
    },
  };
}

/** Records that are projected one after another in one transaction. */
type Series = {
  /** Stands in the database as long as the transaction does. */
  readonly name: number;
  /** The latest stamp and the highest number that were given. */
  stamp: number;
  highest: number;
  /** Those whose texts changed: each leaves something to merge. */
  records: number;
};

function seriesOf(db: Writable): number | undefined {
  return stateValue(db).get("series")?.value;
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

function writeDocument(
  db: Writable,
  record: ProjectedRecord,
  { number, stamp }: { readonly number: number; readonly stamp: number },
): void {
  putDocument(db).run(
    number,
    record.id,
    stamp,
    record.removedAt === null ? 0 : 1,
    record.type,
    record.title,
    foldText(record.title),
    record.status,
    record.departmentId,
    encodeAuthors(record),
    encodeLabels(record),
    JSON.stringify(record.fields["verification"] ?? null),
    record.updatedAt,
  );
}

type WrittenTexts = {
  readonly number: number;
  /** Whether it had texts before. */
  readonly known: boolean;
  readonly texts: string | undefined;
};

function writeTexts(
  db: Writable,
  { number, known, texts }: WrittenTexts,
  tokens: (TokenIds & Pick<Codes, "ends">) | undefined,
): void {
  if (known) dropPhrases(db).run(number);
  if (texts === undefined || tokens === undefined) {
    dropTexts(db).run(number);
    dropStream(db).run(number);
    return;
  }
  const { words, stems, ends } = tokens;
  putPhrases(db).run(number, ...phraseTexts(stems, ends));
  putTexts(db).run(number, texts);
  putStream(db).run(number, encodeStream(words, ends));
}
