/**
 * Takes what an action did to one record back. What it wrote gets its former value, unless somebody
 * has written there since; what it made goes to the trash, unless somebody has written to it since.
 */
import { type Change, isKnownWrite, removedPath, type Write } from "#shared/domain/change.ts";
import type { ChangeId } from "#shared/domain/ids.ts";
import {
  applyChange,
  type Head,
  memberKey,
  own,
  type RecordState,
} from "#shared/domain/record-state.ts";
import { revertPath } from "./plan-revert.ts";
import { planRemoval, planTrash } from "./plan-writes.ts";
import type { TextSource } from "./plan-text.ts";

type Undo = {
  readonly now: RecordState;
  /** All changes of the record, each after the ones it names. */
  readonly changes: readonly Change[];
  /** The changes of the action. */
  readonly action: ReadonlySet<ChangeId>;
  readonly texts: TextSource;
  /** The time of the undo, ISO 8601, UTC. */
  readonly at: string;
};

export type PlannedUndo = {
  readonly writes: readonly Write[];
  /** Whether something was left because somebody has written there since. */
  readonly kept: boolean;
};

/** What to write to take the action back, and whether something of it has to stay. */
export function planUndo(undo: Undo): PlannedUndo {
  const { now, changes, action, at } = undo;
  const [first] = changes;
  if (first !== undefined && action.has(first.id)) {
    const untouched = contentHeads(now).every((head) => action.has(head.change));
    return { writes: untouched ? planTrash(now, at) : [], kept: !untouched };
  }
  const others = changes.filter((change) => !action.has(change.id));
  const former = others.reduce<RecordState | undefined>(applyChange, undefined);
  const paths = [...touchedPaths(changes, action)].map(([path, keys]) =>
    undoPath(undo, former, { path, keys }),
  );
  const writes = paths.flatMap((path) => path.writes);
  const settled = writes.some((write) => write.path === removedPath);
  return {
    writes:
      writes.length === 0 || settled ? writes : [...writes, ...planRemoval({ base: now, now })],
    kept: paths.some((path) => path.kept),
  };
}

type Touched = { readonly path: string; readonly keys: ReadonlySet<string> };

function undoPath(
  undo: Undo,
  former: RecordState | undefined,
  { path, keys }: Touched,
): PlannedUndo {
  const { now, action, texts } = undo;
  const ours = (heads: readonly Head[]) => heads.every((head) => action.has(head.change));
  const revert = { now, target: former, texts };
  const members = own(now.sets, path);
  if (members !== undefined || keys.size > 0) {
    const free = (key: string) => keys.has(key) && ours(own(members ?? {}, key) ?? []);
    const writes = revertPath(revert, path, free);
    return { writes, kept: [...keys].some((key) => !free(key)) };
  }
  const heads = own(now.texts, path) ?? own(now.registers, path) ?? [];
  return ours(heads)
    ? { writes: revertPath(revert, path), kept: false }
    : { writes: [], kept: true };
}

/** The paths that the action wrote, and for sets the members it added or removed. */
function touchedPaths(
  changes: readonly Change[],
  action: ReadonlySet<ChangeId>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const touched = new Map<string, Set<string>>();
  for (const change of changes) {
    if (!action.has(change.id)) continue;
    for (const write of change.writes.filter(isKnownWrite)) {
      const keys = touched.get(write.path) ?? new Set();
      touched.set(write.path, keys);
      if (write.kind !== "members") continue;
      for (const value of write.add) keys.add(memberKey(value));
      for (const { value } of write.remove) keys.add(memberKey(value));
    }
  }
  return touched;
}

function contentHeads(state: RecordState): readonly Head[] {
  const registers = Object.entries(state.registers).filter(([path]) => path !== removedPath);
  const members = Object.values(state.sets).flatMap((set) => Object.values(set));
  return [...registers.map(([, heads]) => heads), ...Object.values(state.texts), ...members].flat();
}
