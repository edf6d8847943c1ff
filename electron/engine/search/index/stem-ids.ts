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
  /** Notes the stem of a word with this lasting number; `stored`: it may be that of an older word. */
  readonly learn: (stem: number, word: number, at: { readonly stored: boolean }) => void;
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
    learn: (stem, word, { stored }) => {
      if (ids[stem] !== 0) return;
      ids[stem] = (stored ? stemId(db).get(stemOfNumber(stem))?.id : undefined) ?? word;
    },
    forget: () => ids.fill(0),
  };
}
