/** Whether an import was taken back as a whole, which is not the same as one page thrown away. */
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";

const firstAction = statement<[record: string], { action: string }>(
  "SELECT action FROM change_log WHERE record = ? ORDER BY position LIMIT 1",
);
const leftOf = statement<[action: string]>(
  `SELECT 1 FROM change_log AS made JOIN record ON record.id = made.record
   WHERE made.action = ? AND record.removed_at IS NULL
     AND NOT EXISTS (SELECT 1 FROM change_log AS earlier
                     WHERE earlier.record = made.record AND earlier.position < made.position)
   LIMIT 1`,
);

/** Whether everything that the action made is in the trash. */
export function isUndone(db: Readable, action: string): boolean {
  return leftOf(db).get(action) === undefined;
}

/** Whether the action that made the record was taken back. */
export function wasUndone(db: Readable, record: string): boolean {
  const action = firstAction(db).get(record)?.action;
  return action !== undefined && isUndone(db, action);
}
