/** The tokens of the records that are being ranked or shown; typing asks for the same ones again. */
import type { Readable } from "../../db/database.ts";
import { createBoundedCache } from "../bounded-cache.ts";
import type { Entry } from "../catalogue.ts";
import { decodeTexts, type FieldTexts } from "../index/field-texts.ts";
import { type FieldTokens, tokenizeFields } from "../index/impact.ts";
import { textsOf } from "../index/schema.ts";

export type AnalysedTexts = { readonly texts: FieldTexts; readonly fields: FieldTokens };

export type AnalysedRecords = {
  /** A record's texts and tokens; undefined when another process has just removed it. */
  readonly of: (entry: Entry) => AnalysedTexts | undefined;
  readonly clear: () => void;
};

type Kept = AnalysedTexts & { readonly stamp: number; readonly characters: number };

/** Characters of text whose tokens may stay in memory: about 50 MB with them. */
const mostCharacters = 4_000_000;

/** Reads them from one database. */
export function createAnalysedRecords(db: Readable): AnalysedRecords {
  const kept = createBoundedCache<number, Kept>(mostCharacters, ({ characters }) => characters);

  return {
    of: (entry) => {
      const known = kept.get(entry.number);
      if (known?.stamp === entry.stamp) return known;
      const stored = textsOf(db).get(entry.number)?.texts;
      if (stored === undefined) return undefined;
      const texts = decodeTexts(stored);
      const fields = tokenizeFields(texts);
      const read = { texts, fields, stamp: entry.stamp, characters: stored.length };
      kept.set(entry.number, read);
      return read;
    },
    clear: kept.clear,
  };
}
