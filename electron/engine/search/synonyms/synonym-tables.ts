/**
 * What the search projection keeps of words that stand for each other: the vocabulary terms, and the
 * acronyms that records explain. Both follow their records and are rebuilt with them.
 */
import { z } from "zod";
import type { Readable, Writable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import type { ProjectedRecord } from "../../projections/projector.ts";
import { tokenize } from "../analysis/tokenize.ts";
import type { FieldTexts } from "../index/field-texts.ts";
import { findAcronyms } from "./find-acronyms.ts";

export const synonymSchema = `
-- One row for each vocabulary term; \`words\` as JSON, the name first. \`off\`: it is switched off.
CREATE TABLE IF NOT EXISTS search_term (
  number      INTEGER PRIMARY KEY,
  record_id   TEXT    NOT NULL,
  words       TEXT    NOT NULL,
  merged_into TEXT,
  off         INTEGER NOT NULL
) STRICT;

-- "long form (LF)": both as they are shown, and as the stems that a query is compared with.
CREATE TABLE IF NOT EXISTS search_acronym (
  number      INTEGER NOT NULL,
  short_stems TEXT    NOT NULL,
  long_stems  TEXT    NOT NULL,
  short       TEXT    NOT NULL,
  long        TEXT    NOT NULL,
  PRIMARY KEY (number, short_stems, long_stems)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS search_acronym_short ON search_acronym (short_stems);
CREATE INDEX IF NOT EXISTS search_acronym_long ON search_acronym (long_stems);
`;

export const synonymTables = ["search_term", "search_acronym"] as const;

type TermRow = {
  readonly record_id: string;
  readonly words: string;
  readonly merged_into: string | null;
  readonly off: number;
};

const putTerm = statement<[TermRow & { readonly number: number }]>(
  `INSERT OR REPLACE INTO search_term (number, record_id, words, merged_into, off)
   VALUES (@number, @record_id, @words, @merged_into, @off)`,
);
const dropTerm = statement<[number]>("DELETE FROM search_term WHERE number = ?");
const termRows = statement<[], TermRow>(
  "SELECT record_id, words, merged_into, off FROM search_term ORDER BY record_id",
);
const putAcronym = statement<[number, string, string, string, string]>(
  "INSERT OR IGNORE INTO search_acronym (number, short_stems, long_stems, short, long) VALUES (?, ?, ?, ?, ?)",
);
const dropAcronyms = statement<[number]>("DELETE FROM search_acronym WHERE number = ?");

/** The words of a text as the index has them, with single spaces. */
export function stemsIn(text: string): string {
  return tokenize(text)
    .tokens.map(({ stem }) => stem)
    .join(" ");
}

const fieldsSchema = z.object({
  synonyms: z.array(z.string()).catch([]),
  merged_into: z.string().nullable().catch(null),
  switched_off: z.boolean().catch(false),
});

/** Brings a record's term up to its state. */
export function writeTerm(db: Writable, number: number, record: ProjectedRecord): void {
  if (record.type !== "vocabulary_term") return;
  if (record.removedAt !== null) return void dropTerm(db).run(number);
  const { synonyms, merged_into, switched_off } = fieldsSchema.parse(record.fields);
  putTerm(db).run({
    number,
    record_id: record.id,
    words: JSON.stringify([record.title, ...synonyms]),
    merged_into,
    off: switched_off ? 1 : 0,
  });
}

/** Brings a record's acronyms up to its texts; none for a record that is gone. `known`: it had texts before. */
export function writeAcronyms(
  db: Writable,
  number: number,
  { texts, known }: { readonly texts: FieldTexts | undefined; readonly known: boolean },
): void {
  if (known) dropAcronyms(db).run(number);
  if (texts === undefined) return;
  for (const text of Object.values(texts)) {
    for (const { short, long } of findAcronyms(text)) {
      putAcronym(db).run(number, stemsIn(short), stemsIn(long), short, long);
    }
  }
}

export type Term = {
  readonly id: string;
  /** The name first. */
  readonly words: readonly string[];
  readonly mergedInto: string | null;
  readonly off: boolean;
};

const wordsSchema = z.array(z.string());

/** Every term, in the order of the ids. */
export function readTerms(db: Readable): readonly Term[] {
  return termRows(db)
    .all()
    .map(({ record_id, words, merged_into, off }) => ({
      id: record_id,
      words: wordsSchema.parse(JSON.parse(words)),
      mergedInto: merged_into,
      off: off !== 0,
    }));
}

export type MinedAcronym = {
  readonly short: string;
  readonly long: string;
  readonly records: number;
};

type OtherForm = { readonly word: string; readonly stems: string };

const minedAcronyms = statement<[number], MinedAcronym>(
  `SELECT min(short) AS short, min(long) AS long, count(*) AS records FROM search_acronym
   GROUP BY short_stems, long_stems ORDER BY records DESC, short, long LIMIT ?`,
);
const longForms = statement<[string], OtherForm>(
  `SELECT min(long) AS word, long_stems AS stems FROM search_acronym WHERE short_stems = ?
   GROUP BY long_stems ORDER BY count(*) DESC, long_stems LIMIT 2`,
);
const shortForms = statement<[string], OtherForm>(
  `SELECT min(short) AS word, short_stems AS stems FROM search_acronym WHERE long_stems = ?
   GROUP BY short_stems ORDER BY count(*) DESC, short_stems LIMIT 2`,
);

const startingLong = statement<[string, string], { readonly found: number }>(
  "SELECT 1 AS found FROM search_acronym WHERE long_stems >= ? AND long_stems < ? LIMIT 1",
);
const anyAcronym = statement<[], { readonly found: number }>(
  "SELECT 1 AS found FROM search_acronym LIMIT 1",
);

/** Whether any record explains an acronym. */
export function hasAcronyms(db: Readable): boolean {
  return anyAcronym(db).get() !== undefined;
}

/** Whether what some acronym stands for starts with the stem. */
export function startsLongForm(db: Readable, stem: string): boolean {
  // An exclamation mark is what follows a space.
  return startingLong(db).get(`${stem} `, `${stem}!`) !== undefined;
}

/** The acronyms that most records explain. */
export function readAcronyms(db: Readable, limit: number): readonly MinedAcronym[] {
  return minedAcronyms(db).all(limit);
}

/** The other forms of an acronym or of what it stands for; at most two each, the commonest first. */
export function otherForms(db: Readable, stems: string): readonly OtherForm[] {
  return [...longForms(db).all(stems), ...shortForms(db).all(stems)];
}

const dumped = statement<[], { readonly line: string }>(
  `SELECT 'term ' || record_id || ' ' || words || ' ' || coalesce(merged_into, '') || ' ' || off AS line
     FROM search_term
   UNION ALL
   SELECT 'acronym ' || record_id || ' ' || short || ' ' || long || ' ' || short_stems || ' ' || long_stems
     FROM search_acronym JOIN search_document USING (number)
   ORDER BY line`,
);

/** One line for each row, in an order that does not depend on when each record was indexed. */
export function* dumpSynonyms(db: Readable): Iterable<string> {
  for (const { line } of dumped(db).iterate()) yield line;
}
