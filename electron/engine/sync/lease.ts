/** The right to look at the shared folder on one's own, which one process for each profile has. */
import type Sqlite from "better-sqlite3";
import { statement } from "../db/statement.ts";

type Local = Sqlite.Database;

const take = statement<[{ readonly owner: string; readonly until: number; readonly now: number }]>(
  `INSERT INTO sync_lease (one, owner, until) VALUES (1, :owner, :until)
   ON CONFLICT (one) DO UPDATE SET owner = excluded.owner, until = excluded.until
   WHERE owner = excluded.owner OR until <= :now OR until > :now + 86400000`,
);
const give = statement<[owner: string]>("DELETE FROM sync_lease WHERE owner = ?");

/**
 * Takes the lease or keeps it; false while another process has it. One that ends in more than a day
 * was taken by a clock that was wrong and counts for nothing.
 */
export function holdLease(
  local: Local,
  lease: { readonly owner: string; readonly now: number; readonly length: number },
): boolean {
  const { owner, now, length } = lease;
  return take(local).run({ owner, now, until: now + length }).changes === 1;
}

/** Lets another process have it at once. */
export function giveLease(local: Local, owner: string): void {
  give(local).run(owner);
}
