/** Puts changes of other devices into a log, as if a colleague's had arrived; unsigned. */
import type { Writable } from "#engine/db/database.ts";
import { insertChange } from "#engine/log/log-statements.ts";
import type { Change } from "#shared/domain/change.ts";
import { canonicalJson } from "#shared/domain/json.ts";
import { placeOf } from "#shared/domain/ids.ts";

/** Call it inside a transaction; the changes come in the given order. */
export function insertForeignChanges(db: Writable, changes: readonly Change[]): void {
  for (const change of changes) {
    const { id, ...written } = change;
    const { device, incarnation, sequence, at, record, action } = written;
    const body = canonicalJson(JSON.parse(JSON.stringify(written)));
    const chain = chainWith(placeOf(id).mark);
    insertChange(db).run(device, incarnation, sequence, at, record, action ?? null, body, chain);
  }
}

/** A chain's hash that has the mark; what else it says nobody looks at here. */
function chainWith(mark: string): Buffer {
  const digits = "0123456789abcdefghjkmnpqrstvwxyz";
  const bits = Array.from(mark).reduce((sum, digit) => sum * 32 + digits.indexOf(digit), 0);
  const chain = Buffer.alloc(32);
  chain.writeUInt32BE(bits * 4);
  return chain;
}
