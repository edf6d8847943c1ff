/** The lasting number of each stem, by which phrases name it: that of the first word that has it. */
import type { Writable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import { stemCount, stemOfNumber } from "../analysis/interned.ts";

export const stemId = statement<[stem: string], { readonly id: number }>(
  "SELECT id FROM search_word WHERE stem = ? ORDER BY id LIMIT 1",
);

export type StemIds = {
  /** By a stem's number in this process; 0 while it is not known. Holds until a stem is new. */
  readonly all: () => Int32Array;
  /** Looks one up that no word came with. */
  readonly find: (stem: number) => number | undefined;
  /** Keeps that of a stem, unless it is known. */
  readonly note: (stem: number, id: number) => void;
  readonly forget: () => void;
};

/** Builds it over one database. */
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
    find: (stem) => stemId(db).get(stemOfNumber(stem))?.id,
    note: (stem, id) => {
      if (ids[stem] === 0) ids[stem] = id;
    },
    forget: () => ids.fill(0),
  };
}
