/**
 * What the handbook may hold: playbooks and lessons that were published, and nothing else. Every
 * other rule of the handbook rests on this one, so it is written here and nowhere else.
 */
import { z } from "zod";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import type { Readable } from "../db/database.ts";
import { statement } from "../db/statement.ts";

/** The types that have pages. */
export type PageType = "playbook" | "lesson";

/** Statuses under which a record is meant to be read by everybody; an applied lesson was published. */
const published: Readonly<Record<PageType, readonly string[]>> = {
  playbook: ["published"],
  lesson: ["published", "applied"],
};

/** What a field `visibility` says where a record is open to everybody; most records have none. */
const open: ReadonlySet<string> = new Set(["everyone", "workspace", "public"]);

/** Why a record stays out. */
export type Reason = "status" | "restricted" | "disputed" | "removed";

/** How many records of a type and status stay out. */
export type LeftOut = {
  readonly type: PageType;
  readonly status: string | null;
  readonly reason: Reason;
  readonly count: number;
};

/** Why the record stays out of the handbook; null when it is part of it. */
export function reasonOf(record: RecordView): Reason | null {
  const type = pageTypeOf(record.type);
  if (type === null || record.status === null) return "status";
  if (record.removedAt !== null) return "removed";
  if (!published[type].includes(record.status)) return "status";
  const { visibility } = record.fields;
  if (visibility !== undefined && !(typeof visibility === "string" && open.has(visibility))) {
    return "restricted";
  }
  // Somebody took it back while somebody else published it: until that is settled it stays out.
  const disputed = record.conflicts.some(
    ({ path, values }) =>
      path === "status" &&
      values.some(({ value }) => typeof value !== "string" || !published[type].includes(value)),
  );
  return disputed ? "disputed" : null;
}

/** The type as one that has pages; null for every other. */
export function pageTypeOf(type: string): PageType | null {
  return type === "playbook" || type === "lesson" ? type : null;
}

const candidates = statement<[], { readonly id: string; readonly status: string | null }>(
  `SELECT id, status FROM record
   WHERE type IN ('playbook', 'lesson') AND removed_at IS NULL ORDER BY id`,
);
const counts = statement<
  [],
  { readonly type: string; readonly status: string | null; readonly n: number }
>(
  `SELECT type, status, count(*) AS n FROM record
   WHERE type IN ('playbook', 'lesson') AND removed_at IS NULL GROUP BY type, status`,
);
const restricted = statement<
  [],
  { readonly type: string; readonly status: string | null; readonly n: number }
>(
  `SELECT type, status, count(*) AS n FROM record
   WHERE type IN ('playbook', 'lesson') AND removed_at IS NULL
     AND fields ->> '$.visibility' IS NOT NULL
     AND fields ->> '$.visibility' NOT IN ('everyone', 'workspace', 'public')
   GROUP BY type, status`,
);
const trashed = statement<[], { readonly type: string; readonly n: number }>(
  `SELECT type, count(*) AS n FROM record
   WHERE removed_at IS NOT NULL AND type IN ('playbook', 'lesson') GROUP BY type`,
);

const idsSchema = z.array(recordIdSchema);

/** Records whose status says that they may be part of it, in the order in which they were made. */
export function candidateIds(db: Readable): readonly RecordId[] {
  const anyType = new Set<string | null>(Object.values(published).flat());
  return idsSchema.parse(
    candidates(db)
      .all()
      .filter(({ status }) => anyType.has(status))
      .map(({ id }) => id),
  );
}

/** What will be in the handbook and what stays out, counted without reading the records. */
export function countPublished(db: Readable): {
  readonly pages: Readonly<Record<PageType, number>>;
  readonly leftOut: readonly LeftOut[];
} {
  const closed = restricted(db)
    .all()
    .flatMap(({ type, status, n }) => rowOf(type, status, n));
  const pages: Record<PageType, number> = { playbook: 0, lesson: 0 };
  const leftOut: LeftOut[] = [];
  for (const row of counts(db)
    .all()
    .flatMap(({ type, status, n }) => rowOf(type, status, n))) {
    if (row.status === null || !published[row.type].includes(row.status)) {
      leftOut.push({ ...row, reason: "status" });
      continue;
    }
    const shut = closed.find(({ type, status }) => type === row.type && status === row.status);
    if (shut !== undefined) leftOut.push({ ...shut, reason: "restricted" });
    pages[row.type] += row.count - (shut?.count ?? 0);
  }
  for (const { type, n } of trashed(db).all()) {
    leftOut.push(...rowOf(type, null, n).map((row) => ({ ...row, reason: "removed" as const })));
  }
  return { pages, leftOut };
}

function rowOf(type: string, status: string | null, count: number) {
  const pageType = pageTypeOf(type);
  return pageType === null ? [] : [{ type: pageType, status, count }];
}
