/** The last step before a change of a record is logged: may it be written, and on what does it stand? */
import { type Change, namedBy } from "#shared/domain/change.ts";
import type { Readable, Writable } from "../db/database.ts";
import type { ChangeDraft, ChangeLog } from "../log/change-log.ts";
import type { Permit } from "../sync/people/permit.ts";
import { readState } from "./create-record-fold.ts";

type Dependencies = { readonly log: Pick<ChangeLog, "append">; readonly permit?: Permit };

/** Logs the drafts. Fails with `not_permitted` before anything is logged. */
export function append(
  { log, permit }: Dependencies,
  db: Writable,
  drafts: readonly ChangeDraft[],
): readonly Change[] {
  permit?.require(db, drafts, (record) => readState(db, record));
  return log.append(
    db,
    drafts.map((draft) => grounded(db, draft)),
  );
}

/**
 * A change that names nothing of a record that is there says on what it stands: else a slow clock
 * would put it before the change that made the record.
 */
function grounded(db: Readable, draft: ChangeDraft): ChangeDraft {
  if (namedBy(draft).length > 0) return draft;
  const made = readState(db, draft.record)?.created.change;
  return made === undefined ? draft : { ...draft, on: made };
}
