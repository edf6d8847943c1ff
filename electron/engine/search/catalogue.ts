/**
 * The findable records: what filters, counts and the switcher ask of all of them is in memory, about
 * 100 bytes each; everything else of the few that are shown is read when it is asked for. Follows the
 * projection by its stamps, so a change costs its own rows.
 */
import { trustOf, type TrustState } from "#shared/domain/trust.ts";
import type { Readable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import { letterMask } from "./analysis/letter-mask.ts";
import { createBoundedCache } from "./bounded-cache.ts";
import { createEntryReader, type Entry, jsonOf } from "./entry.ts";
import { decodeAuthors, decodeLabels } from "./index/labels.ts";
import { stateValue } from "./index/schema.ts";
import { createMarks, type MarkedOperator, type Marks } from "./marks.ts";
import { createRecordColumns, type RecordColumns } from "./record-columns.ts";

/** `cleared`: everything that was known belongs to tables that were dropped. */
export type CatalogueChange = "same" | "changed" | "cleared";

export type Catalogue = Omit<RecordColumns, "put" | "drop" | "clear" | "has"> & {
  /** Brings it up to the database; says what changed since the last call. */
  readonly refresh: () => CatalogueChange;
  /** Reads at most so many of the rows that changed, in their order. */
  readonly refreshSome: (rows: number) => CatalogueChange;
  readonly entry: (number: number) => Entry | undefined;
  /** Reads these ahead, see entry.ts. */
  readonly readEntries: (numbers: readonly number[]) => void;
  readonly byId: (id: string) => Entry | undefined;
  /** The records of a type that operators name others by. */
  readonly ofType: (type: NamedType) => Iterable<Entry>;
  /** What the record's verification is worth today; null where nothing says. */
  readonly trustOf: (entry: Entry) => TrustState | null;
  readonly markNames: Marks;
};

/** Records by which others are asked for: few, and needed by name at every key. */
const namedTypes = ["department", "topic", "tool", "person"] as const;
export type NamedType = (typeof namedTypes)[number];

type ChangedRow = readonly [
  number: number,
  stamp: number,
  removed: number,
  type: string,
  folded: string,
  status: string | null,
  department: string | null,
  authors: string,
  labels: string,
  verification: string,
  updatedAt: string,
];

// As arrays: opening a large workspace reads every row, and an object for each is twice the time.
const changedSince = statement<[since: number, rows: number], ChangedRow>(
  "SELECT number, stamp, removed, type, folded, status, department_id, authors, labels, verification, updated_at FROM search_document WHERE stamp > ? ORDER BY stamp LIMIT ?",
);
/** Sets of records that stay in memory, a byte for each record. */
const mostSets = 16;
/** Rows read in one go. */
const rowsAtOnce = 1000;

/** Statuses of what has been replaced or put away. */
export const outdatedStatuses: ReadonlySet<string> = new Set([
  "superseded",
  "archived",
  "retired",
  "declined",
]);
const outdatedFactor = 0.6;
const freshness = 0.03;
const trustFactors: Readonly<Record<TrustState, number>> = {
  verified: 1.03,
  due: 1.02,
  unverified: 1,
  expired: 0.97,
  rejected: 0.8,
};
const halfYear = 182 * 24 * 60 * 60 * 1000;

/** Builds an empty catalogue over one database; `refresh` fills it. `now`: milliseconds since 1970. */
export function createCatalogue(db: Readable, now: () => number): Catalogue {
  const columns = createRecordColumns();
  const markNames = createMarks();
  let marksOf = createMarkReader(markNames);
  const named = new Map<string, Set<number>>(namedTypes.map((type) => [type, new Set()]));
  const entries = createEntryReader(db, columns.has);
  // Every key typed behind a filter asks for it again.
  const withAny = createBoundedCache<string, Uint8Array>(mostSets, () => 1);
  let seen = -1;
  let epoch = 0;

  function put(row: ChangedRow, today: number): void {
    const [number, stamp, removed, type, folded, status, , , , verification, updatedAt] = row;
    const same = named.get(type);
    if (removed !== 0) {
      columns.drop(number);
      same?.delete(number);
      return;
    }
    same?.add(number);
    const updated = Date.parse(updatedAt);
    const standing = standingOf({ updated, status, verification: jsonOf(verification) }, today);
    const letters = letterMask(folded.replaceAll(" ", ""));
    columns.put(number, { standing, letters, folded, updated, stamp, marks: marksOf(row) });
  }

  function clear(): void {
    columns.clear();
    markNames.clear();
    marksOf = createMarkReader(markNames);
    for (const numbers of named.values()) numbers.clear();
    seen = -1;
  }

  /** Gives how many rows there were. */
  function read(rows: number, today: number): number {
    const changed = changedSince(db).raw().all(seen, rows);
    for (const row of changed) put(row, today);
    seen = changed.at(-1)?.[1] ?? seen;
    return changed.length;
  }

  function refreshSome(most: number): CatalogueChange {
    const { stamp, epoch: current } = stateOf(db);
    if (stamp === seen && current === epoch) return "same";
    const cleared = current !== epoch;
    if (cleared) clear();
    epoch = current;
    entries.forget();
    withAny.clear();
    const today = now();
    let left = most;
    while (left > 0) {
      const wanted = Math.min(left, rowsAtOnce);
      if (read(wanted, today) < wanted) {
        seen = stamp;
        break;
      }
      left -= wanted;
    }
    return cleared ? "cleared" : "changed";
  }

  return {
    ...columns,
    withAny: (marks) => withAny.keep([...marks].join(" "), () => columns.withAny(marks)),
    refresh: () => refreshSome(Infinity),
    refreshSome,
    entry: entries.entry,
    readEntries: entries.readEntries,
    byId: entries.byId,
    ofType: (type) =>
      Array.from(named.get(type) ?? []).flatMap((number) => entries.entry(number) ?? []),
    trustOf: ({ verification }) => trustToday(verification, now()),
    markNames,
  };
}

/** Texts whose marks are remembered; then all are forgotten. */
const mostRemembered = 5000;

/** Reads the marks of a row; most rows say the same few things, in the same words. */
function createMarkReader(names: Marks): (row: ChangedRow) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  const each = (operator: MarkedOperator, values: readonly string[]) =>
    values.map((value) => names.of(operator, value));
  const remembered = (stored: string, read: () => readonly number[]): readonly number[] => {
    const before = known.get(stored);
    if (before !== undefined) return before;
    if (known.size > mostRemembered) known.clear();
    const fresh = read();
    known.set(stored, fresh);
    return fresh;
  };
  return ([, , , type, , status, department, authors, labels]) => [
    names.of("type", type),
    ...(department === null ? [] : [names.of("department", department)]),
    ...(status === null ? [] : [names.of("status", status)]),
    // Labels are a list of lists and authors one of ids, so none is written as the other.
    ...remembered(labels, () => {
      const { tag, topic, tool } = decodeLabels(labels);
      return [...each("tag", tag), ...each("topic", topic), ...each("tool", tool)];
    }),
    ...remembered(authors, () => each("author", decodeAuthors(authors))),
  ];
}

/** The latest stamp, and what differs after everything was dropped. */
function stateOf(db: Readable): { readonly stamp: number; readonly epoch: number } {
  const value = (name: string) => stateValue(db).get(name)?.value ?? 0;
  return { stamp: value("stamp"), epoch: value("epoch") };
}

/**
 * What has been replaced ranks lower; of two that fit alike, the one that can be relied on comes
 * first, and then the fresher one.
 */
function standingOf(
  { updated, status, verification }: Pick<Entry, "updated" | "status" | "verification">,
  now: number,
): number {
  const age = Math.max(0, now - updated);
  const fresh = 1 + freshness * Math.exp(-age / halfYear);
  const trust = trustFactors[trustToday(verification, now) ?? "unverified"];
  const current = status !== null && outdatedStatuses.has(status) ? outdatedFactor : 1;
  return fresh * trust * current;
}

function trustToday(verification: string | null, now: number): TrustState | null {
  return verification === null ? null : trustOf(JSON.parse(verification), now).state;
}
