/**
 * Every findable record in memory, as far as lists of hits, filters, counts and the switcher need
 * it: about 400 bytes each. Follows the projection by its stamps, so a change costs its own rows.
 */
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import { trustOf, type TrustState } from "#shared/domain/trust.ts";
import type { Readable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import { letterMask } from "./analysis/letter-mask.ts";
import { decodeAuthors, decodeLabels } from "./index/labels.ts";
import { type DocumentRow, stateValue } from "./index/schema.ts";
import { createMarks, type Marks } from "./marks.ts";

export type Entry = {
  readonly number: number;
  readonly id: RecordId;
  readonly type: string;
  readonly title: string;
  /** The title's folded words with single spaces. */
  readonly folded: string;
  readonly status: string | null;
  readonly departmentId: string | null;
  /** The mark of each value that an operator can ask for. */
  readonly marks: readonly number[];
  /** Milliseconds since 1970, UTC. */
  readonly updated: number;
  readonly updatedAt: string;
  readonly stamp: number;
  /** The verification as JSON; null where the record carries none. */
  readonly verification: string | null;
};

/** `cleared`: everything that was known belongs to tables that were dropped. */
export type CatalogueChange = "same" | "changed" | "cleared";

export type Catalogue = {
  /** Brings it up to the database; says what changed since the last call. */
  readonly refresh: () => CatalogueChange;
  /** Reads at most so many of the rows that changed, in their order. */
  readonly refreshSome: (rows: number) => CatalogueChange;
  readonly entry: (number: number) => Entry | undefined;
  readonly byId: (id: string) => Entry | undefined;
  /** Every entry, in the order of the numbers. */
  readonly entries: () => Iterable<Entry>;
  readonly ofType: (type: string) => Iterable<Entry>;
  /** How many records there are. */
  readonly size: () => number;
  /** One above the highest number. */
  readonly bound: () => number;
  /**
   * By number: what the record's state makes of its score, 0 where there is none. Flat, because
   * a common word asks for it a hundred thousand times.
   */
  readonly standings: () => Float32Array;
  /** What the record's verification is worth today; null where nothing says. */
  readonly trustOf: (entry: Entry) => TrustState | null;
  /** By number: the letters of the title, see letter-mask.ts; 0 where there is no record. */
  readonly letters: () => Int32Array;
  readonly marks: Marks;
};

const changedSince = statement<[since: number, rows: number], DocumentRow>(
  "SELECT number, record_id, stamp, removed, type, title, folded, status, department_id, authors, labels, verification, updated_at FROM search_document WHERE stamp > ? ORDER BY stamp LIMIT ?",
);

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
  let standings = new Float32Array(1024);
  let letters = new Int32Array(1024);
  const entries: (Entry | undefined)[] = [];
  const ids = new Map<string, Entry>();
  const types = new Map<string, Map<number, Entry>>();
  const marks = createMarks();
  let seen = -1;
  let epoch = 0;

  function drop(number: number): void {
    const old = entries[number];
    if (old === undefined) return;
    entries[number] = undefined;
    standings[number] = 0;
    letters[number] = 0;
    ids.delete(old.id);
    types.get(old.type)?.delete(number);
  }

  function put(row: DocumentRow, today: number): void {
    drop(row.number);
    if (row.removed !== 0) return;
    const entry = entryOf(row, marks);
    // Holes would turn the array into a slow dictionary.
    while (entries.length < row.number) entries.push(undefined);
    entries[row.number] = entry;
    makeRoom(row.number);
    standings[row.number] = standingOf(entry, today);
    letters[row.number] = letterMask(entry.folded.replaceAll(" ", ""));
    ids.set(entry.id, entry);
    const same = types.get(entry.type);
    if (same === undefined) types.set(entry.type, new Map([[row.number, entry]]));
    else same.set(row.number, entry);
  }

  function makeRoom(number: number): void {
    if (number < standings.length) return;
    standings = widened(standings, new Float32Array(number * 2));
    letters = widened(letters, new Int32Array(number * 2));
  }

  function clear(): void {
    entries.length = 0;
    standings.fill(0);
    letters.fill(0);
    ids.clear();
    types.clear();
    marks.clear();
    seen = -1;
  }

  function refreshSome(most: number): CatalogueChange {
    const { stamp, epoch: current } = stateOf(db);
    if (stamp === seen && current === epoch) return "same";
    const cleared = current !== epoch;
    if (cleared) clear();
    epoch = current;
    const today = now();
    let rows = 0;
    for (const row of changedSince(db).iterate(seen, most)) {
      put(row, today);
      rows += 1;
      seen = row.stamp;
    }
    if (rows !== most) seen = stamp;
    return cleared ? "cleared" : "changed";
  }

  return {
    refresh: () => refreshSome(-1),
    refreshSome,
    entry: (number) => entries[number],
    byId: (id) => ids.get(id),
    entries: function* () {
      for (const entry of entries) if (entry !== undefined) yield entry;
    },
    ofType: (type) => types.get(type)?.values() ?? [],
    size: () => ids.size,
    bound: () => entries.length,
    standings: () => standings,
    trustOf: (entry) => trustToday(entry, now()),
    letters: () => letters,
    marks,
  };
}

/** The latest stamp, and what differs after everything was dropped. */
function stateOf(db: Readable): { readonly stamp: number; readonly epoch: number } {
  const value = (name: string) => stateValue(db).get(name)?.value ?? 0;
  return { stamp: value("stamp"), epoch: value("epoch") };
}

function widened<A extends Float32Array | Int32Array>(before: A, wide: A): A {
  wide.set(before);
  return wide;
}

/**
 * What has been replaced ranks lower; of two that fit alike, the one that can be relied on comes
 * first, and then the fresher one.
 */
function standingOf(entry: Entry, now: number): number {
  const age = Math.max(0, now - entry.updated);
  const fresh = 1 + freshness * Math.exp(-age / halfYear);
  const trust = trustFactors[trustToday(entry, now) ?? "unverified"];
  const current = entry.status !== null && outdatedStatuses.has(entry.status) ? outdatedFactor : 1;
  return fresh * trust * current;
}

function trustToday({ verification }: Entry, now: number): TrustState | null {
  return verification === null ? null : trustOf(JSON.parse(verification), now).state;
}

function entryOf(row: DocumentRow, marks: Marks): Entry {
  const labels = decodeLabels(row.labels);
  const one = (operator: "department" | "status", value: string | null) =>
    value === null ? [] : [marks.of(operator, value)];
  return {
    number: row.number,
    id: recordIdSchema.parse(row.record_id),
    type: row.type,
    title: row.title,
    folded: row.folded,
    status: row.status,
    departmentId: row.department_id,
    marks: [
      marks.of("type", row.type),
      ...one("department", row.department_id),
      ...one("status", row.status),
      ...labels.tag.map((tag) => marks.of("tag", tag)),
      ...labels.topic.map((topic) => marks.of("topic", topic)),
      ...labels.tool.map((tool) => marks.of("tool", tool)),
      ...decodeAuthors(row.authors).map((author) => marks.of("author", author)),
    ],
    updated: Date.parse(row.updated_at),
    updatedAt: row.updated_at,
    stamp: row.stamp,
    verification: row.verification === "null" ? null : row.verification,
  };
}
