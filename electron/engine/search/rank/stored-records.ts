/** Words and texts of the records that are being ranked or shown; typing asks for the same ones again. */
import type { Readable } from "../../db/database.ts";
import type { PreparedOn } from "../../db/statement.ts";
import { createBoundedCache } from "../bounded-cache.ts";
import type { Entry } from "../entry.ts";
import { decodeTexts, type FieldTexts } from "../index/field-texts.ts";
import { type StoredOf, streamsOf, textsOf } from "../index/schema.ts";
import { decodeStream, type WordStream } from "../index/word-stream.ts";

type AtStamp = Pick<Entry, "number" | "stamp">;

/** One kind of what is stored of each record. */
export type Stored<T> = {
  /** Undefined when another process has just removed the record. */
  readonly of: (record: AtStamp) => T | undefined;
  /** Reads what is not at hand of these, at once: that takes half as long as one by one. */
  readonly read: (records: readonly AtStamp[]) => void;
  readonly clear: () => void;
};

export type StoredRecords = {
  readonly words: Stored<WordStream>;
  readonly texts: Stored<FieldTexts>;
  readonly clear: () => void;
};

/** Bytes of streams and characters of texts that stay in memory: about 10 MB and 4 MB. */
const mostBytes = 4_000_000;
const mostCharacters = 2_000_000;

/** Reads them from one database. */
export function createStoredRecords(db: Readable): StoredRecords {
  const words = createStored(db, { rows: streamsOf, decode: decodeStream, capacity: mostBytes });
  const texts = createStored(db, { rows: textsOf, decode: decodeTexts, capacity: mostCharacters });
  return {
    words,
    texts,
    clear: () => {
      words.clear();
      texts.clear();
    },
  };
}

type Kept<T> = { readonly value: T; readonly stamp: number; readonly weight: number };

type Kind<Raw, T> = {
  readonly rows: PreparedOn<[numbers: string], StoredOf<Raw>>;
  readonly decode: (raw: Raw) => T;
  readonly capacity: number;
};

function createStored<Raw extends { readonly length: number }, T>(
  db: Readable,
  { rows, decode, capacity }: Kind<Raw, T>,
): Stored<T> {
  const kept = createBoundedCache<number, Kept<T>>(capacity, ({ weight }) => weight);

  function known({ number, stamp }: AtStamp): T | undefined {
    const found = kept.get(number);
    return found?.stamp === stamp ? found.value : undefined;
  }

  function read(records: readonly AtStamp[]): void {
    const missing = records.filter((record) => known(record) === undefined);
    if (missing.length === 0) return;
    const stamps = new Map(missing.map(({ number, stamp }) => [number, stamp]));
    const numbers = JSON.stringify([...stamps.keys()]);
    for (const [number, raw] of rows(db).raw().all(numbers)) {
      const stamp = stamps.get(number) ?? 0;
      kept.set(number, { value: decode(raw), stamp, weight: raw.length });
    }
  }

  return {
    of: (record) => {
      const found = known(record);
      if (found !== undefined) return found;
      read([record]);
      return known(record);
    },
    read,
    clear: kept.clear,
  };
}
