/**
 * What small transactions do to postings, until there is enough of it for a run: one row for each, so
 * that a changed record costs its own words and not the postings of all others that have them.
 */
import type { Readable, Writable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import { internedStem, stemOfNumber } from "../analysis/interned.ts";
import { createEditLog, type EditLog } from "./edit-log.ts";
import { inOrder, noPostings, packPosting, type Postings } from "./postings.ts";

type Row = { readonly stamp: number; readonly edits: string };

const editsSince = statement<[stamp: number], Row>(
  "SELECT stamp, edits FROM search_edit WHERE stamp > ? ORDER BY stamp",
);
const firstStamp = statement<[], { readonly stamp: number | null }>(
  "SELECT min(stamp) AS stamp FROM search_edit",
);
const charactersKept = statement<[], { readonly characters: number | null }>(
  "SELECT sum(length(edits)) AS characters FROM search_edit",
);
const putEdits = statement<[stamp: number, edits: string]>(
  "INSERT INTO search_edit (stamp, edits) VALUES (?, ?)",
);
const dropEdits = statement<[]>("DELETE FROM search_edit");

/** Edits that one row may hold; more of them make a run at once. */
const mostInRow = 5000;
/** Characters that all rows may have together: one or two hundred records' words, or a thousand edits. */
const mostCharacters = 500_000;

/** Whether the log is worth a row only. */
export function isSmall(log: EditLog): boolean {
  return log.size() <= mostInRow;
}

/** Keeps what a transaction with this stamp changed. */
export function keepEdits(db: Writable, stamp: number, log: EditLog): void {
  const records = Array.from(log.each(), ([number, { stems, impacts }]) => {
    const edits: (number | string)[] = [number];
    for (const [index, stem] of stems.entries()) {
      edits.push(stemOfNumber(stem), impacts[index] ?? 0);
    }
    return edits;
  });
  if (records.length > 0) putEdits(db).run(stamp, JSON.stringify(records));
}

/** Whether enough of them wait to make a run. */
export function areMany(db: Readable): boolean {
  return (charactersKept(db).get()?.characters ?? 0) > mostCharacters;
}

/** Everything that waits, as one log; the rows are gone. */
export function takeEdits(db: Writable): EditLog {
  const log = createEditLog();
  for (const { edits } of editsSince(db).all(-1)) {
    for (const [number, stems, impacts] of recordsIn(edits)) {
      log.note(number, {
        stems: Int32Array.from(stems, internedStem),
        impacts: Uint8Array.from(impacts),
      });
    }
  }
  dropEdits(db).run();
  return log;
}

/** The stems of everything that waits. */
export function recentStems(db: Readable): ReadonlySet<string> {
  const rows = editsSince(db).all(-1);
  return new Set(rows.flatMap(({ edits }) => [...recordsIn(edits)].flatMap(([, stems]) => stems)));
}

export type RecentEdits = {
  /** What changed of a stem's postings since the runs were written. */
  readonly of: (stem: string) => Postings;
  /** After any change; gives the stems of those that were not read before. */
  readonly refresh: (at: { readonly cleared: boolean }) => ReadonlySet<string>;
};

/** Reads what waits in one database, by stem; of a change it reads the new rows alone. */
export function createRecentEdits(db: Readable): RecentEdits {
  const byStem = new Map<string, number[]>();
  let [first, last] = [-1, -1];
  let wasRead = false;

  function forget(): void {
    byStem.clear();
    [first, last] = [-1, -1];
  }

  function read(): ReadonlySet<string> {
    wasRead = true;
    const fresh = new Set<string>();
    // All of them go at once when they make a run.
    if ((firstStamp(db).get()?.stamp ?? -1) !== first) forget();
    for (const { stamp, edits } of editsSince(db).all(last)) {
      if (first < 0) first = stamp;
      last = stamp;
      for (const [number, stems, impacts] of recordsIn(edits)) {
        for (const [index, stem] of stems.entries()) {
          const packed = packPosting(number, impacts[index] ?? 0);
          fresh.add(stem);
          const known = byStem.get(stem);
          if (known === undefined) byStem.set(stem, [packed]);
          else known.push(packed);
        }
      }
    }
    return fresh;
  }

  return {
    of: (stem) => {
      if (!wasRead) read();
      const edits = byStem.get(stem);
      return edits === undefined ? noPostings : inOrder(Uint32Array.from(edits));
    },
    refresh: ({ cleared }) => {
      if (cleared) forget();
      return read();
    },
  };
}

type StoredEdits = readonly [number: number, stems: readonly string[], impacts: readonly number[]];

/** Written by hand, as a schema would take longer than everything else that a change costs. */
function* recordsIn(stored: string): Iterable<StoredEdits> {
  const records: unknown = JSON.parse(stored);
  if (!Array.isArray(records)) return;
  for (const record of records) {
    if (!Array.isArray(record)) continue;
    const values: readonly unknown[] = record;
    const stems = values.filter((value) => typeof value === "string");
    const [number = 0, ...impacts] = values.filter((value) => typeof value === "number");
    yield [number, stems, impacts];
  }
}
