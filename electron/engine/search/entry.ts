/** One record as it is shown: read when it is asked for, and kept for a while. */
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import type { Readable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import { createBoundedCache } from "./bounded-cache.ts";
import type { DocumentRow } from "./index/schema.ts";

/** A record as hits and the switcher show it. */
export type Entry = {
  readonly number: number;
  readonly id: RecordId;
  readonly type: string;
  readonly title: string;
  /** The title's folded words with single spaces. */
  readonly folded: string;
  readonly status: string | null;
  readonly departmentId: string | null;
  /** Milliseconds since 1970, UTC. */
  readonly updated: number;
  readonly updatedAt: string;
  readonly stamp: number;
  /** The verification as JSON; null where the record carries none. */
  readonly verification: string | null;
};

export type EntryReader = {
  readonly entry: (number: number) => Entry | undefined;
  /** Reads what is not at hand of these, at once: that takes half as long as one by one. */
  readonly readEntries: (numbers: readonly number[]) => void;
  readonly byId: (id: string) => Entry | undefined;
  /** After any change. */
  readonly forget: () => void;
};

type EntryRow = Omit<DocumentRow, "removed" | "authors" | "labels">;

const documentsOf = statement<[numbers: string], EntryRow>(
  "SELECT number, record_id, stamp, d.type, title, folded, status, department_id, verification, updated_at FROM json_each(?) CROSS JOIN search_document d ON number = value WHERE removed = 0",
);
const numberOf = statement<[id: string], { readonly number: number }>(
  "SELECT number FROM search_document WHERE record_id = ? AND removed = 0",
);

/** Entries that stay in memory: a few screens of hits. */
const mostEntries = 2000;
/** Reads entries of the records that `has` knows. */
export function createEntryReader(db: Readable, has: (number: number) => boolean): EntryReader {
  const kept = createBoundedCache<number, Entry>(mostEntries, () => 1);
  const numbers = createBoundedCache<string, number>(mostEntries, () => 1);

  function read(wanted: readonly number[]): void {
    // What another process has just added is found once it is known everywhere else, too.
    const missing = wanted.filter((number) => has(number) && kept.get(number) === undefined);
    if (missing.length === 0) return;
    for (const row of documentsOf(db).all(JSON.stringify(missing))) {
      kept.set(row.number, entryOf(row));
    }
  }

  function entry(number: number): Entry | undefined {
    const known = kept.get(number);
    if (known !== undefined) return known;
    read([number]);
    return kept.get(number);
  }

  return {
    entry,
    readEntries: read,
    byId: (id) => {
      const number = numbers.get(id) ?? numberOf(db).get(id)?.number;
      if (number === undefined) return undefined;
      numbers.set(id, number);
      return entry(number);
    },
    forget: () => {
      kept.clear();
      numbers.clear();
    },
  };
}

/** The verification; null where the record carries none. */
export function jsonOf(stored: string): string | null {
  return stored === "null" ? null : stored;
}

function entryOf(row: EntryRow): Entry {
  return {
    number: row.number,
    id: recordIdSchema.parse(row.record_id),
    type: row.type,
    title: row.title,
    folded: row.folded,
    status: row.status,
    departmentId: row.department_id,
    updated: Date.parse(row.updated_at),
    updatedAt: row.updated_at,
    stamp: row.stamp,
    verification: jsonOf(row.verification),
  };
}
