/**
 * When a record is in the trash. A removal says which of the record's changes its author saw, and it
 * holds only as long as there is nothing else: whoever wrote without knowing of the removal brings
 * the record back, so that nobody's work goes to the trash unseen. Whatever the clocks say.
 *
 * The register `removed_at` holds null or `{at, seen}`. The record counts as removed when no head of
 * the register is null and every other head of the record was seen by one of the removals.
 */
import { removedPath } from "./change.ts";
import type { ChangeId } from "./ids.ts";
import { isObject, type Json } from "./json.ts";
import { own, type RecordState, type RegisterHead } from "./record-state.ts";

/** The value that moves a record, as it is now, to the trash; `at` is ISO 8601, UTC. */
export function removalOf(state: RecordState | undefined, at: string): Json {
  return { at, seen: state === undefined ? [] : [...headChanges(state)].toSorted() };
}

/** When the record was removed (ISO 8601, UTC); null while it is not in the trash. */
export function removedAt(state: RecordState): string | null {
  const heads = own(state.registers, removedPath) ?? [];
  if (heads.length === 0 || heads.some((head) => head.value === null)) return null;
  const seen = new Set<string>(heads.map((head) => head.change));
  for (const head of heads) for (const change of seenBy(head)) seen.add(change);
  for (const change of headChanges(state)) if (!seen.has(change)) return null;
  return timeOf(heads[0]);
}

/** The changes whose writes still stand in the record, the removal itself apart. */
function headChanges(state: RecordState): ReadonlySet<ChangeId> {
  const changes = new Set<ChangeId>();
  for (const [path, heads] of Object.entries(state.registers)) {
    if (path !== removedPath) for (const head of heads) changes.add(head.change);
  }
  for (const heads of Object.values(state.texts)) {
    for (const head of heads) changes.add(head.change);
  }
  for (const members of Object.values(state.sets)) {
    for (const head of Object.values(members).flat()) changes.add(head.change);
  }
  return changes;
}

function seenBy(head: RegisterHead): readonly string[] {
  const seen = isObject(head.value) ? head.value["seen"] : undefined;
  return Array.isArray(seen) ? seen.filter((item) => typeof item === "string") : [];
}

function timeOf(head: RegisterHead | undefined): string | null {
  const at = isObject(head?.value) ? head.value["at"] : head?.value;
  return typeof at === "string" ? at : null;
}
