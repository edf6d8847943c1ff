/** The projection's content in an order that does not depend on when each record was indexed. */
import { statement } from "../../db/statement.ts";
import type { Readable } from "../../db/database.ts";
import { decodeBlock, impactIn, numberIn, postingsIn } from "./posting-block.ts";
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
/** Prepared for each block, as all of them are read side by side. */
const postingsOfBlock =
  "SELECT CAST(stem AS BLOB) AS stem, block, postings FROM search_posting WHERE block = ? ORDER BY stem";
const blocks = statement<[], { readonly last: number | null }>(
  "SELECT max(block) AS last FROM search_posting",
);
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

type PostingRow = { readonly stem: Buffer; readonly block: number; readonly postings: Buffer };

/** One line for each stem, whose postings are merged out of all blocks without sorting anything. */
function* dumpPostings(db: Readable, names: ReadonlyMap<number, string>): Iterable<string> {
  const last = blocks(db).get()?.last ?? -1;
  const readers = Array.from({ length: last + 1 }, (_, block) =>
    db.prepare<[number], PostingRow>(postingsOfBlock).iterate(block),
  );
  try {
    const heads = readers.map(nextOf);
    for (let stem = least(heads); stem !== undefined; stem = least(heads)) {
      const entries: string[] = [];
      for (const [block, reader] of readers.entries()) {
        const head = heads[block];
        if (head === undefined || !head.stem.equals(stem)) continue;
        entries.push(...entriesOf(head, names));
        heads[block] = nextOf(reader);
      }
      yield `${stem.toString()} ${entries.toSorted().join(" ")}`;
    }
  } finally {
    for (const reader of readers) reader.return?.();
  }
}

function nextOf(reader: Iterator<PostingRow>): PostingRow | undefined {
  const { done, value } = reader.next();
  return done === true ? undefined : value;
}

function least(heads: readonly (PostingRow | undefined)[]): Buffer | undefined {
  let found: Buffer | undefined;
  for (const head of heads) {
    if (head === undefined) continue;
    if (found === undefined || Buffer.compare(head.stem, found) < 0) found = head.stem;
  }
  return found;
}

function entriesOf(row: PostingRow, names: ReadonlyMap<number, string>): readonly string[] {
  const count = postingsIn(row.postings);
  const decoded = new Uint32Array(count);
  decodeBlock(row, decoded, 0);
  return Array.from(
    decoded,
    (packed) =>
      `${names.get(numberIn(packed)) ?? `unknown ${numberIn(packed)}`}:${impactIn(packed)}`,
  );
}
