/** Whether an import was taken back as a whole, which is not the same as one page thrown away. */
import type Sqlite from "better-sqlite3";
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import { type Undone, undoOf } from "../../records/undone-actions.ts";

const firstAction = statement<[record: string], { action: string | null }>(
  "SELECT action FROM change_log WHERE record = ? ORDER BY position LIMIT 1",
);
const leftOf = statement<[action: string]>(
  `SELECT 1 FROM change_log AS made JOIN record ON record.id = made.record
   WHERE made.action = ? AND record.removed_at IS NULL LIMIT 1`,
);

type Tables = { readonly db: Readable; readonly local: Sqlite.Database };

/**
 * How the action was taken back; undefined while it was not. Somebody undid it, or threw all that
 * it touched away.
 */
export function undoneImport({ db, local }: Tables, action: string): Undone | undefined {
  const undo = undoOf(local, action);
  if (undo !== undefined) return undo;
  return leftOf(db).get(action) === undefined ? { kept: 0 } : undefined;
}

/** Answers whether the action that made a record was taken back. */
export type UndoneActions = (record: string) => boolean;

/**
 * For one import, which asks for every page it finds in the trash: each action is looked at once,
 * since that reads all that it made.
 */
export function createUndoneActions(tables: Tables): UndoneActions {
  const known = new Map<string, boolean>();
  return (record) => {
    const action = firstAction(tables.db).get(record)?.action;
    if (action === undefined || action === null) return false;
    const undone = known.get(action) ?? undoneImport(tables, action) !== undefined;
    known.set(action, undone);
    return undone;
  };
}
