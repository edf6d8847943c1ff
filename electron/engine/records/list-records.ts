/**
 * Lists of records, at any length: the page is found and the total counted on an index alone, and
 * only the rows that are shown are read. Totals are kept until the next commit.
 */
import { compareText } from "#shared/domain/compare-text.ts";
import type { z } from "zod";
import type { records as contract } from "#shared/contract/records.ts";
import type { RecordSummary } from "#shared/contract/record-shapes.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import { trustOf } from "#shared/domain/trust.ts";
import type { Databases, Readable } from "../db/database.ts";
import { type PreparedOn, statement } from "../db/statement.ts";
import { titleKey } from "./opening.ts";
import type { NamedRow } from "./read-references.ts";
import { referenceLookup } from "./read-references.ts";

type ListInput = z.output<typeof contract.list.input>;
type ListOutput = z.input<typeof contract.list.output>;
type CountsOutput = z.input<typeof contract.counts.output>;
type LookupInput = z.output<typeof contract.lookup.input>;

type Bind = {
  readonly type: string | null;
  readonly status: string | null;
  readonly department: string | null;
  readonly limit: number;
  readonly offset: number;
};

type SummaryRow = {
  readonly id: RecordId;
  readonly type: string;
  readonly title: string;
  readonly status: string | null;
  readonly department_id: string | null;
  readonly owner_id: string | null;
  readonly summary: string;
  readonly updated_at: string;
  readonly updated_by: string;
  readonly removed_at: string | null;
  /** JSON; null where it has none. */
  readonly verification: string | null;
};

type Query = {
  readonly page: PreparedOn<[Bind], SummaryRow>;
  readonly total: PreparedOn<[Bind], { readonly total: number }>;
};

type Shape = Pick<ListInput, "trash" | "sort"> & {
  readonly by: "all" | "type" | "department";
  readonly filterType: boolean;
  readonly filterStatus: boolean;
};

/** Which index serves the question; it holds every column the question asks about. */
function indexFor({ trash, sort, by }: Shape): string {
  if (trash) return "record_by_removed";
  return by === "all" ? `record_by_${sort}` : `record_by_${by}_${sort}`;
}

function conditions(shape: Shape): string {
  const parts = [shape.trash ? "removed_at IS NOT NULL" : "removed_at IS NULL"];
  if (shape.by === "department") parts.push("department_id = :department");
  if (shape.filterType) parts.push("type = :type");
  if (shape.filterStatus) parts.push("status = :status");
  return parts.join(" AND ");
}

/** Ties stand in the order of the index, the same for every page; a further term would cost a sort. */
function orderOf({ trash, sort }: Shape): string {
  if (sort === "title") return "title_key";
  return trash ? "removed_at DESC" : "updated_at DESC";
}

/** What a summary is made of, of the record `r`. */
export const summaryColumns = `r.id, r.type, r.title, r.status, r.department_id, r.owner_id,
  r.summary, r.updated_at, r.updated_by, r.removed_at, r.fields -> '$.verification' AS verification`;

function build(shape: Shape): Query {
  const from = `FROM record INDEXED BY ${indexFor(shape)} WHERE ${conditions(shape)}`;
  return {
    page: statement(
      `SELECT ${summaryColumns}
       FROM (SELECT rowid AS row ${from} ORDER BY ${orderOf(shape)} LIMIT :limit OFFSET :offset)
       CROSS JOIN record r ON r.rowid = row`,
    ),
    total: statement(`SELECT count(*) AS total ${from}`),
  };
}

const built = new Map<string, Query>();

function queryFor(shape: Shape): Query {
  const key = Object.values(shape).join();
  const known = built.get(key);
  if (known !== undefined) return known;
  const query = build(shape);
  built.set(key, query);
  return query;
}

/** Every list query there is, for a test of their plans. */
export function listStatements(): readonly string[] {
  const booleans = [true, false];
  const shapes = (["updated", "title"] as const).flatMap((sort) =>
    (["all", "type", "department"] as const).flatMap((by) =>
      booleans.flatMap((filterStatus): Shape[] => [
        { trash: false, sort, by, filterType: by === "type", filterStatus },
        { trash: true, sort, by, filterType: by === "type", filterStatus },
      ]),
    ),
  );
  return shapes.flatMap((shape) => {
    const { page, total } = queryFor(shape);
    return [page.sql, total.sql];
  });
}

export type RecordLists = {
  readonly list: (input: ListInput) => ListOutput;
  /** Of all these types together. */
  readonly newest: (types: readonly string[], limit: number) => readonly RecordSummary[];
  readonly counts: () => CountsOutput;
  readonly lookup: (input: LookupInput) => NamedRow[];
};

/** Builds the list queries over the reading connection; `now` tells the day, in milliseconds since 1970. */
export function createRecordLists(
  databases: Pick<Databases, "read" | "version">,
  now: () => number,
): RecordLists {
  const { read } = databases;
  const totals = untilCommit<number>(databases);
  const counts = untilCommit<CountsOutput>(databases);
  return {
    list: (input) => {
      const { type = null, status = null, department = null, limit, offset } = input;
      const by = department !== null ? "department" : type !== null ? "type" : "all";
      const query = queryFor({
        trash: input.trash,
        sort: input.sort,
        by,
        filterType: type !== null,
        filterStatus: status !== null,
      });
      const bind = { type, status, department, limit, offset };
      const key = JSON.stringify([type, status, department, input.trash]);
      const total = totals(key, () => query.total(read).get({ ...bind })?.total ?? 0);
      return { total, records: summaries(read, query.page(read).all(bind), now()) };
    },
    newest: (types, limit) => {
      const query = queryFor(newestOfType);
      const rows = types.flatMap((type) =>
        query.page(read).all({ type, status: null, department: null, limit, offset: 0 }),
      );
      const newest = rows
        .toSorted((a, b) => compareText(b.updated_at, a.updated_at))
        .slice(0, limit);
      return summaries(read, newest, now());
    },
    counts: () => counts("all", () => countRecords(read)),
    lookup: (input) => lookup(read, input),
  };
}

const newestOfType: Shape = {
  trash: false,
  sort: "updated",
  by: "type",
  filterType: true,
  filterStatus: false,
};

/** Keeps what was computed until anybody commits. */
function untilCommit<T>({ version }: Pick<Databases, "version">) {
  const kept = new Map<string, T>();
  let at: number | undefined;
  return (key: string, compute: () => T): T => {
    const now = version();
    if (now !== at) kept.clear();
    at = now;
    const value = kept.get(key) ?? compute();
    kept.set(key, value);
    return value;
  };
}

function trustState(stored: string | null, now: number): RecordSummary["trust"] {
  const verification: unknown = JSON.parse(stored ?? "null");
  return verification === null ? null : trustOf(verification, now).state;
}

/** Rows as the contract shows them; the names of departments and people are looked up once. */
export function summaries(db: Readable, rows: readonly SummaryRow[], now: number): RecordSummary[] {
  const named = referenceLookup(
    db,
    rows.flatMap((row) => [row.department_id, row.owner_id, row.updated_by]),
  );
  return rows.map((row) => ({
    id: row.id,
    type: row.type,
    title: row.title,
    department: named(row.department_id),
    owner: named(row.owner_id),
    status: row.status,
    trust: trustState(row.verification, now),
    summary: row.summary,
    updatedAt: row.updated_at,
    updatedBy: named(row.updated_by),
    removedAt: row.removed_at,
  }));
}

const countsByStatus = statement<
  [],
  { readonly type: string; readonly status: string | null; readonly count: number }
>(
  `SELECT type, status, count(*) AS count FROM record INDEXED BY record_by_type_updated
   WHERE removed_at IS NULL GROUP BY type, status ORDER BY type, status`,
);
const countTrash = statement<[], { readonly count: number }>(
  `SELECT count(*) AS count FROM record INDEXED BY record_by_removed WHERE removed_at IS NOT NULL`,
);

function countRecords(db: Readable): CountsOutput {
  const types = new Map<string, { count: number; statuses: Record<string, number> }>();
  for (const { type, status, count } of countsByStatus(db).all()) {
    const known = types.get(type) ?? { count: 0, statuses: {} };
    known.count += count;
    if (status !== null) known.statuses[status] = count;
    types.set(type, known);
  }
  return {
    types: [...types].map(([type, { count, statuses }]) => ({ type, count, statuses })),
    trash: countTrash(db).get()?.count ?? 0,
  };
}

type LookupBind = {
  readonly types: string;
  readonly from: string;
  readonly to: string;
  readonly limit: number;
};

const titlesFrom = statement<[LookupBind], NamedRow>(
  `SELECT id, type, title FROM record INDEXED BY record_by_title
   WHERE removed_at IS NULL AND title_key >= :from AND title_key < :to
     AND (:types = '[]' OR type IN (SELECT value FROM json_each(:types)))
   ORDER BY title_key LIMIT :limit`,
);
/** Reads the whole index of titles (about 15 ms for 100,000) but no row that does not match. */
const titlesWith = statement<[LookupBind & { readonly text: string }], NamedRow>(
  `SELECT id, type, title FROM record INDEXED BY record_by_title
   WHERE removed_at IS NULL AND instr(title_key, :text) > 0
     AND NOT (title_key >= :from AND title_key < :to)
     AND (:types = '[]' OR type IN (SELECT value FROM json_each(:types)))
   ORDER BY title_key LIMIT :limit`,
);
const newest = statement<[{ readonly types: string; readonly limit: number }], NamedRow>(
  `SELECT id, type, title FROM record INDEXED BY record_by_updated
   WHERE removed_at IS NULL AND (:types = '[]' OR type IN (SELECT value FROM json_each(:types)))
   ORDER BY updated_at DESC LIMIT :limit`,
);

/** Titles that start with the text come first, then those that contain it. */
function lookup(db: Readable, { text, types: asked, limit }: LookupInput): NamedRow[] {
  const types = JSON.stringify(asked ?? []);
  const key = titleKey(text.trim());
  if (key === "") return newest(db).all({ types, limit });
  const bind = { types, from: key, to: `${key}\u{10ffff}`, limit };
  const starting = titlesFrom(db).all(bind);
  if (starting.length >= limit) return starting;
  const rest = titlesWith(db).all({ ...bind, text: key, limit: limit - starting.length });
  return [...starting, ...rest];
}
