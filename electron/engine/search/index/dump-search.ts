/** The projection's content in an order that does not depend on when each record was indexed. */
import { statement } from "../../db/statement.ts";
import type { Readable } from "../../db/database.ts";
import { createPostingReader } from "./posting-reader.ts";
import { impactIn, numberIn } from "./postings.ts";
import { recentStems } from "./recent-edits.ts";
import type { DocumentRow } from "./schema.ts";
import { dumpSynonyms } from "../synonyms/synonym-tables.ts";
import { decodeStream } from "./word-stream.ts";

type DumpedDocument = DocumentRow & {
  readonly texts: string | null;
  readonly words: Buffer | null;
};

const documents = statement<[], DumpedDocument>(
  "SELECT d.*, t.texts, s.words FROM search_document d LEFT JOIN search_text t USING (number) LEFT JOIN search_stream s USING (number) WHERE removed = 0 ORDER BY record_id",
);
const wordIds = statement<[], { readonly id: number; readonly word: string }>(
  "SELECT id, word FROM search_word ORDER BY id",
);
const stems = statement<[], { readonly stem: string }>("SELECT DISTINCT stem FROM search_posting");
const words = statement<
  [],
  { readonly word: string; readonly stem: string; readonly documents: number }
>("SELECT word, stem, documents FROM search_word WHERE documents > 0 ORDER BY word");
const phraseRows = statement<[], { readonly number: number }>(
  "SELECT rowid AS number FROM search_phrase",
);

/** One line for each row, for a comparison after a rebuild. */
export function* dumpSearch(db: Readable): Iterable<string> {
  const names = new Map<number, string>();
  const known: string[] = [];
  for (const { id, word } of wordIds(db).iterate()) known[id] = word;
  for (const { number, stamp: _, words, ...row } of documents(db).iterate()) {
    names.set(number, row.record_id);
    yield JSON.stringify(row);
    yield `words ${words === null ? "none" : spelled(words, known)}`;
  }
  const indexed = phraseRows(db)
    .all()
    .map(({ number }) => names.get(number) ?? `unknown ${number}`);
  yield `phrases ${indexed.toSorted().join(" ")}`;
  yield* dumpPostings(db, names);
  yield* dumpSynonyms(db);
  for (const row of words(db).iterate()) yield JSON.stringify(row);
}

/** A stream in the words that it stands for: their numbers depend on when each was met first. */
function spelled(stream: Uint8Array, known: readonly string[]): string {
  return Object.values(decodeStream(stream))
    .map((part) => Array.from(part, (id) => known[id] ?? `unknown ${id}`).join(" "))
    .join("|");
}

/** One line for each stem. */
function* dumpPostings(db: Readable, names: ReadonlyMap<number, string>): Iterable<string> {
  const reader = createPostingReader(db);
  const all = new Set([
    ...stems(db)
      .all()
      .map(({ stem }) => stem),
    ...recentStems(db),
  ]);
  for (const stem of all) {
    const entries = Array.from(reader.postings(stem), (packed) => {
      const name = names.get(numberIn(packed)) ?? `unknown ${numberIn(packed)}`;
      return `${name}:${impactIn(packed)}`;
    });
    if (entries.length > 0) yield `${stem} ${entries.toSorted().join(" ")}`;
  }
}
