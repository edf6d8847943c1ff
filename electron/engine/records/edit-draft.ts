/** What an edit of one record comes to as a change that is not logged yet. */
import { encodeBase32, type IdSource, type RecordId } from "#shared/domain/ids.ts";
import type { RecordState } from "#shared/domain/record-state.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Readable } from "../db/database.ts";
import type { ChangeDraft, ChangeLog } from "../log/change-log.ts";
import { planWrites } from "./plan-writes.ts";
import type { RecordEdit } from "./record-store.ts";
import { createRecordTexts } from "./record-texts.ts";
import { stateAt } from "./record-view.ts";

type Dependencies = { readonly log: ChangeLog; readonly clock: IdSource };

type EditCall = {
  readonly edit: RecordEdit;
  readonly now: RecordState | undefined;
  readonly action: RecordId | undefined;
};

/** Undefined where the record is as the edit wants it. */
export function editDraft(
  deps: Dependencies,
  db: Readable,
  { edit, now, action }: EditCall,
): ChangeDraft | undefined {
  const { log, clock } = deps;
  const type = now?.type ?? edit.type;
  const base = now && baseState(log, db, { edit, now });
  const texts = createRecordTexts({ db, log, record: edit.id, now });
  const fields = edit.body === undefined ? edit.fields : { ...edit.fields, body: edit.body };
  const newElementId = () => encodeBase32(clock.randomBytes(10));
  const writes = planWrites({ type, now, base, texts, newElementId }, fields);
  if (writes.length === 0 && now !== undefined) return undefined;
  const draft = { record: edit.id, type, writes: [...writes], ...(action && { action }) };
  return edit.note === undefined || edit.note === "" ? draft : { ...draft, note: edit.note };
}

/** The record as the writer saw it. Fails with `not_found` when it never was like that here. */
function baseState(
  log: ChangeLog,
  db: Readable,
  { edit, now }: { readonly edit: RecordEdit; readonly now: RecordState },
): RecordState {
  const { base } = edit;
  if (base === undefined) return now;
  const seen = stateAt({ db, log }, now, base);
  if (seen !== undefined) return seen;
  throw new ExpectedFailure(
    "not_found",
    "What this edit started from is not in this workspace, so nothing was written: what others wrote could have been lost. Open the record again and repeat the edit there.",
  );
}
