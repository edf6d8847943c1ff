/** The projection's content in an order that does not depend on when each record was indexed. */
import { statement } from "../../db/statement.ts";
import type { Readable } from "../../db/database.ts";
import { decodeBlock, postingsIn } from "./posting-block.ts";
import type { DocumentRow } from "./schema.ts";

const documents = statement<[], DocumentRow & { readonly texts: string | null }>(
  "SELECT d.*, t.texts FROM search_document d LEFT JOIN search_text t USING (number) WHERE removed = 0 ORDER BY record_id",
);
const postings = statement<
  [],
  { readonly stem: string; readonly block: number; readonly postings: Buffer }
>("SELECT stem, block, postings FROM search_posting ORDER BY stem, block");
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
  for (const { number, stamp: _, ...row } of documents(db).iterate()) {
    names.set(number, row.record_id);
    yield JSON.stringify(row);
  }
  const indexed = phraseRows(db)
    .all()
    .map(({ number }) => names.get(number) ?? `unknown ${number}`);
  yield `phrases ${indexed.toSorted().join(" ")}`;
  yield* dumpPostings(db, names);
  for (const row of words(db).iterate()) yield JSON.stringify(row);
}

function* dumpPostings(db: Readable, names: ReadonlyMap<number, string>): Iterable<string> {
  let stem = "";
  let entries: string[] = [];
  for (const row of postings(db).iterate()) {
    if (row.stem !== stem) {
      if (entries.length > 0) yield `${stem} ${entries.toSorted().join(" ")}`;
      stem = row.stem;
      entries = [];
    }
    const count = postingsIn(row.postings);
    const decoded = { numbers: new Int32Array(count), impacts: new Uint8Array(count) };
    decodeBlock(row, decoded, 0);
    decoded.numbers.forEach((number, index) => {
      entries.push(`${names.get(number) ?? `unknown ${number}`}:${decoded.impacts[index]}`);
    });
  }
  if (entries.length > 0) yield `${stem} ${entries.toSorted().join(" ")}`;
}
