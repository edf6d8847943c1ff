/** The changes of which a record consists: those in the log without the ones that are left out. */
import type { Change } from "#shared/domain/change.ts";
import type { ChangeId, RecordId } from "#shared/domain/ids.ts";
import type { RecordState } from "#shared/domain/record-state.ts";
import type { Readable } from "../db/database.ts";
import type { ChangeLog } from "../log/change-log.ts";
import { refusalsOf } from "./record-tables.ts";
import { isAct, siftChanges } from "./sift-changes.ts";

type Source = { readonly db: Readable; readonly log: Pick<ChangeLog, "ofRecord"> };

/** Each after the ones it names; a revision's number is its place among these, from 1. */
export function standingChanges({ db, log }: Source, record: RecordId): readonly Change[] {
  const refused = new Set(
    refusalsOf(db)
      .all(record)
      .map((row) => row.change_id),
  );
  return log.ofRecord(db, record).filter((change) => !refused.has(change.id) && !isAct(change));
}

/**
 * What some of them come to for somebody to whom only some changes had come; one that names another
 * one is left out, as it was for them.
 */
export function stateOf(
  changes: readonly Change[],
  isHere: (id: ChangeId) => boolean,
): RecordState | undefined {
  return siftChanges(changes, {
    before: undefined,
    judge: undefined,
    isHere,
    refuse: () => undefined,
    take: () => undefined,
  });
}
