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

/** Answers whether the action that made a record was taken back. */
export type UndoneActions = (record: string) => boolean;

/**
 * For one import, which asks for every page it finds in the trash: each action is looked at once,
 * since that reads all that it made.
 */
export function createUndoneActions(db: Readable): UndoneActions {
  const known = new Map<string, boolean>();
  return (record) => {
    const action = firstAction(db).get(record)?.action;
    if (action === undefined) return false;
    const undone = known.get(action) ?? isUndone(db, action);
    known.set(action, undone);
    return undone;
  };
}
