/** The lasting number of each stem, by which phrases name it: that of the first word that has it. */
import type { Writable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import { stemCount, stemOfNumber } from "../analysis/interned.ts";

export const stemId = statement<[stem: string], { readonly id: number }>(
  "SELECT id FROM search_word WHERE stem = ? ORDER BY id LIMIT 1",
);

export type StemIds = {
  /** By a stem's number in this process; 0 while it was not looked up. Holds until a stem is new. */
  readonly all: () => Int32Array;
  /** Looks a stem up that may be met for the first time, in the word with this lasting number. */
  readonly learn: (stem: number, word: number) => void;
  readonly forget: () => void;
};

/** Builds it over one database; each stem is looked up once. */
export function createStemIds(db: Writable): StemIds {
  let ids = new Int32Array(1 << 14);

  return {
    all: () => {
      if (ids.length < stemCount()) {
        const before = ids;
        ids = new Int32Array(2 * stemCount());
        ids.set(before);
      }
      return ids;
    },
    learn: (stem, word) => {
      if (ids[stem] === 0) ids[stem] = stemId(db).get(stemOfNumber(stem))?.id ?? word;
    },
    forget: () => ids.fill(0),
  };
}
