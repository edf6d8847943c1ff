/** Which records have places where several people's writes stand side by side. */
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import type { Readable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import type { Projector } from "../projections/projector.ts";

const schema = `
CREATE TABLE IF NOT EXISTS contested (
  record TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
`;

const put = statement<[record: string]>("INSERT OR IGNORE INTO contested (record) VALUES (?)");
const drop = statement<[record: string]>("DELETE FROM contested WHERE record = ?");
// A CROSS JOIN keeps the few contested records outside; SQLite would go through all records instead.
const rows = statement<[limit: number], { readonly record: string; readonly state: string }>(
  `SELECT contested.record, record.revision || ' ' || record.updated_at || ' ' || length(record.state) AS state
   FROM contested CROSS JOIN record ON record.id = contested.record
   WHERE record.removed_at IS NULL ORDER BY record.updated_at DESC LIMIT ?`,
);

/** Texts that several wrote are among them even when they could be merged: that is asked when read. */
export const conflictProjector: Projector = {
  name: "conflicts",
  version: 1,
  schema,
  tables: ["contested"],
  clear: (db) => db.exec("DELETE FROM contested"),
  project: (db, record) => {
    if (record.contested()) put(db).run(record.id);
    else drop(db).run(record.id);
  },
  forget: (db, id) => void drop(db).run(id),
};

/** A contested record, and a word that is another one when the record was folded differently. */
export type Contested = { readonly id: RecordId; readonly state: string };

/** The newest first. */
export function contestedRecords(db: Readable, limit: number): readonly Contested[] {
  return rows(db)
    .all(limit)
    .map(({ record, state }) => ({ id: recordIdSchema.parse(record), state }));
}
