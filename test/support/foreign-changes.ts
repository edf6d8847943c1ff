/** Puts changes of other devices into a log, as if a colleague's had arrived; unsigned. */
import type { Writable } from "#engine/db/database.ts";
import { insertChange } from "#engine/log/log-statements.ts";
import type { Change } from "#shared/domain/change.ts";
import { canonicalJson } from "#shared/domain/json.ts";

/** Call it inside a transaction; the changes come in the given order. */
export function insertForeignChanges(db: Writable, changes: readonly Change[]): void {
  for (const change of changes) {
    const { device, incarnation, sequence, at, record, action } = change;
    const body = canonicalJson(JSON.parse(JSON.stringify(change)));
    const chain = Buffer.alloc(32);
    insertChange(db).run({ device, incarnation, sequence, at, record, action, body, chain });
  }
}
