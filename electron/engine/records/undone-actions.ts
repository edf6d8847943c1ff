/** Which actions were taken back on this device. An undo is an action too, and can be taken back. */
import { z } from "zod";
import type Sqlite from "better-sqlite3";
import type { RecordId } from "#shared/domain/ids.ts";
import { statement } from "../db/statement.ts";

const save = statement<[undoing: string, action: string, kept: number]>(
  "INSERT INTO undone_action (undoing, action, kept) VALUES (?, ?, ?)",
);
const undosOf = statement<[action: string]>(
  "SELECT undoing, kept FROM undone_action WHERE action = ? ORDER BY undoing",
);
const undoSchema = z.object({ undoing: z.string(), kept: z.number().int() });

export type Undone = {
  /** How many records the undo left as they are, because somebody had written there since. */
  readonly kept: number;
};

/** Notes that an action was taken back by another one. */
export function noteUndo(
  local: Sqlite.Database,
  undo: { readonly action: RecordId; readonly undoing: RecordId; readonly kept: number },
): void {
  save(local).run(undo.undoing, undo.action, undo.kept);
}

/** The undo that took the action back and still stands; undefined when there is none. */
export function undoOf(local: Sqlite.Database, action: string): Undone | undefined {
  const undos = undosOf(local)
    .all(action)
    .map((row) => undoSchema.parse(row));
  return undos.findLast(({ undoing }) => undoOf(local, undoing) === undefined);
}
