/** Words and texts of the records that are being ranked or shown; typing asks for the same ones again. */
import type { Readable } from "../../db/database.ts";
import { createBoundedCache } from "../bounded-cache.ts";
import type { Entry } from "../entry.ts";
import { decodeTexts, type FieldTexts } from "../index/field-texts.ts";
import { streamOf, textsOf } from "../index/schema.ts";
import { decodeStream, type WordStream } from "../index/word-stream.ts";

type AtStamp = Pick<Entry, "number" | "stamp">;

/** Either is undefined when another process has just removed the record. */
export type StoredRecords = {
  readonly words: (record: AtStamp) => WordStream | undefined;
  readonly texts: (record: AtStamp) => FieldTexts | undefined;
  readonly clear: () => void;
};

/** Bytes of streams and characters of texts that stay in memory: about 10 MB and 4 MB. */
const mostBytes = 4_000_000;
const mostCharacters = 2_000_000;

type Kept<T> = { readonly value: T; readonly stamp: number; readonly weight: number };

/** Reads them from one database. */
export function createStoredRecords(db: Readable): StoredRecords {
  const streams = createBoundedCache<number, Kept<WordStream>>(mostBytes, ({ weight }) => weight);
  const texts = createBoundedCache<number, Kept<FieldTexts>>(
    mostCharacters,
    ({ weight }) => weight,
  );

  return {
    words: ({ number, stamp }) => {
      const known = streams.get(number);
      if (known?.stamp === stamp) return known.value;
      const stored = streamOf(db).get(number)?.words;
      if (stored === undefined) return undefined;
      const value = decodeStream(stored);
      streams.set(number, { value, stamp, weight: stored.length });
      return value;
    },
    texts: ({ number, stamp }) => {
      const known = texts.get(number);
      if (known?.stamp === stamp) return known.value;
      const stored = textsOf(db).get(number)?.texts;
      if (stored === undefined) return undefined;
      const value = decodeTexts(stored);
      texts.set(number, { value, stamp, weight: stored.length });
      return value;
    },
    clear: () => {
      streams.clear();
      texts.clear();
    },
  };
}
