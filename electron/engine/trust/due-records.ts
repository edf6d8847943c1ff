/**
 * Until when each record's verification holds, so that what has run out or soon will is found
 * without reading every record. Whether that is "expired" depends on the day that is asked.
 */
import type { records as contract } from "#shared/contract/records.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import { trustOf } from "#shared/domain/trust.ts";
import type { GroupHandlers } from "#shared/rpc/define.ts";
import type { Databases } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import type { Projector } from "../projections/projector.ts";
import { summaries, summaryColumns } from "../records/list-records.ts";

const schema = `
CREATE TABLE IF NOT EXISTS verification (
  record_id TEXT PRIMARY KEY,
  until     TEXT NOT NULL,
  owner_id  TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS verification_by_until ON verification (until, record_id);
CREATE INDEX IF NOT EXISTS verification_by_owner ON verification (owner_id, until, record_id);
`;

const clear = statement("DELETE FROM verification");
const remove = statement<[id: string]>("DELETE FROM verification WHERE record_id = ?");
const upsert = statement<[id: string, until: string, owner: string | null]>(
  `INSERT INTO verification (record_id, until, owner_id) VALUES (?, ?, ?)
   ON CONFLICT (record_id) DO UPDATE SET until = excluded.until, owner_id = excluded.owner_id`,
);

/** Statuses in which nobody relies on a record any more, so nobody needs to check it. */
const retired = new Set(["superseded", "archived", "retired"]);

export const verificationProjector: Projector = {
  name: "verification",
  version: 1,
  schema,
  tables: ["verification"],
  clear: (db) => {
    clear(db).run();
  },
  project: (db, { id, fields, status, ownerId, removedAt }) => {
    // The day asked only decides the state; the end does not depend on it.
    const { until } = trustOf(fields.verification, 0);
    if (until === null || removedAt !== null || retired.has(status ?? "")) remove(db).run(id);
    else upsert(db).run(id, until, ownerId);
  },
};

type DueRow = { readonly id: RecordId; readonly until: string } & Parameters<
  typeof summaries
>[1][number];
type Bind = { readonly before: string; readonly owner: string | null; readonly limit: number };

const rows = (source: string) =>
  `SELECT until, ${summaryColumns}
   FROM (${source} ORDER BY until, record_id LIMIT :limit)
   CROSS JOIN record r ON r.id = record_id`;
const ofAll = "FROM verification INDEXED BY verification_by_until WHERE until < :before";
const ofOwner =
  "FROM verification INDEXED BY verification_by_owner WHERE owner_id = :owner AND until < :before";

const dueOfAll = statement<[Bind], DueRow>(rows(`SELECT record_id, until ${ofAll}`));
const dueOfOwner = statement<[Bind], DueRow>(rows(`SELECT record_id, until ${ofOwner}`));
const countOfAll = statement<[Bind], { readonly total: number }>(
  `SELECT count(*) AS total ${ofAll}`,
);
const countOfOwner = statement<[Bind], { readonly total: number }>(
  `SELECT count(*) AS total ${ofOwner}`,
);

/** Answers `records.due`: the longest overdue first. */
export function createDueRecords(
  { read }: Pick<Databases, "read">,
  now: () => number,
): GroupHandlers<typeof contract>["due"] {
  return ({ before, owner = null, limit }) => {
    const bind = { before, owner, limit };
    const found = (owner === null ? dueOfAll : dueOfOwner)(read).all(bind);
    const counted = (owner === null ? countOfAll : countOfOwner)(read).get(bind);
    const shown = summaries(read, found, now());
    return {
      total: counted?.total ?? 0,
      records: shown.map((record, at) =>
        Object.assign(record, { until: found[at]?.until ?? before }),
      ),
    };
  };
}
