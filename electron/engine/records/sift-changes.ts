/** Decides which changes of a record stand. Pure; see record-fold.ts. */
import { type Change, namedBy } from "#shared/domain/change.ts";
import type { ChangeId } from "#shared/domain/ids.ts";
import { applyChange, type RecordState } from "#shared/domain/record-state.ts";
import { rosterType } from "#shared/domain/roster/act.ts";
import type { Judge, Refusal } from "./record-fold.ts";

/** An act of the roster is no change of a record. */
export function isAct(change: Change): boolean {
  return change.type === rosterType;
}

type Sifting = {
  readonly before: RecordState | undefined;
  readonly judge: Judge | undefined;
  /** Whether a change that is not among the given ones is here and does not wait itself. */
  readonly isHere: (id: ChangeId) => boolean;
  readonly refuse: (change: Change, reason: Refusal) => void;
  /** Called for each change that stands, before the state with it is asked for. */
  readonly take: (change: Change) => void;
};

/**
 * The state after the given changes, which come in the causal order. What names a refused change
 * stands all the same: its author saw that change, and what they made of it is their own. What names
 * one that waits, waits with it.
 */
export function siftChanges(
  changes: readonly Change[],
  { before, judge, isHere, refuse, take }: Sifting,
): RecordState | undefined {
  let state = before;
  const placed = new Set<ChangeId>();
  for (const change of changes) {
    if (isAct(change)) continue;
    if (!namedBy(change).every((id) => placed.has(id) || isHere(id))) {
      refuse(change, "waiting");
      continue;
    }
    placed.add(change.id);
    const refusal = judge?.(change, state);
    if (refusal !== undefined) {
      refuse(change, refusal);
      continue;
    }
    take(change);
    state = applyChange(state, change);
  }
  return state;
}
