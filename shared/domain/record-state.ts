/**
 * What the changes to one record add up to. Folding is pure; any order in which every change comes
 * after the ones it names gives the same state, whatever the clocks said.
 *
 * Registers keep every write that no later write replaced: one is the ordinary case, several are a
 * conflict with a winner. Sets let additions win over removals that did not see them. Texts keep
 * the heads of their graph of versions. Ordered lists are registers, one for each element, under
 * `field/element`, with the place in a `position` of the element's value.
 */
import { type Change, changeId, isKnownWrite, type KnownWrite } from "./change.ts";
import type { Timestamp } from "./clock.ts";
import type { ChangeId, RecordId } from "./ids.ts";
import { canonicalJson, type Json } from "./json.ts";

/** One write that nothing has replaced. */
export type Head = { readonly change: ChangeId; readonly at: Timestamp };
export type RegisterHead = Head & { readonly value: Json };
/** The additions of each member that no removal saw, by the member's key; the first is shown. */
export type Members = Readonly<Record<string, readonly RegisterHead[]>>;

/** The state of one record. Plain JSON, so that it can be stored as it is. */
export type RecordState = {
  readonly id: RecordId;
  readonly type: string;
  readonly registers: Readonly<Record<string, readonly RegisterHead[]>>;
  readonly sets: Readonly<Record<string, Members>>;
  readonly texts: Readonly<Record<string, readonly Head[]>>;
  readonly created: Head & { readonly author: RecordId };
  readonly updated: Head & { readonly author: RecordId };
  /** How many changes have been folded in. */
  readonly revision: number;
};

/** Folds one change into the state of its record; `undefined` is a record that does not exist yet. */
export function applyChange(state: RecordState | undefined, change: Change): RecordState {
  const head: Head = { change: changeId(change), at: change.at };
  const stamp = { ...head, author: change.author };
  const before = state ?? emptyState(change, stamp);
  const folded = change.writes
    .filter(isKnownWrite)
    .reduce((now, write) => applyWrite(now, write, head), before);
  return {
    ...folded,
    created: earlier(stamp, before.created) ? stamp : before.created,
    updated: earlier(before.updated, stamp) ? stamp : before.updated,
    revision: before.revision + 1,
  };
}

function emptyState(change: Change, stamp: RecordState["created"]): RecordState {
  return {
    id: change.record,
    type: change.type,
    registers: {},
    sets: {},
    texts: {},
    created: stamp,
    updated: stamp,
    revision: 0,
  };
}

function applyWrite(state: RecordState, write: KnownWrite, head: Head): RecordState {
  switch (write.kind) {
    case "set": {
      const kept = (state.registers[write.path] ?? []).filter(
        (old) => !write.after.includes(old.change),
      );
      const heads = [...kept, { ...head, value: write.value }].toSorted(byWinner);
      return { ...state, registers: { ...state.registers, [write.path]: heads } };
    }
    case "text": {
      const kept = (state.texts[write.path] ?? []).filter(
        (old) => !write.after.includes(old.change),
      );
      return {
        ...state,
        texts: { ...state.texts, [write.path]: [...kept, head].toSorted(byWinner) },
      };
    }
    case "members": {
      const members = applyMembers(state.sets[write.path] ?? {}, write, head);
      return { ...state, sets: { ...state.sets, [write.path]: members } };
    }
  }
}

function applyMembers(
  members: Members,
  write: Extract<KnownWrite, { kind: "members" }>,
  head: Head,
): Members {
  const next = new Map(Object.entries(members));
  for (const removal of write.remove) {
    const key = memberKey(removal.value);
    const additions = (next.get(key) ?? []).filter(
      (old) => !removal.additions.includes(old.change),
    );
    if (additions.length === 0) next.delete(key);
    else next.set(key, additions);
  }
  for (const value of write.add) {
    const key = memberKey(value);
    next.set(key, [...(next.get(key) ?? []), { ...head, value }].toSorted(byWinner));
  }
  return Object.fromEntries([...next].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A member's identity: text is compared without case, accents' composition and outer spaces. */
export function memberKey(value: Json): string {
  return typeof value === "string"
    ? `"${value.normalize("NFKC").trim().toLowerCase()}`
    : canonicalJson(value);
}

/** Sorts the winner first: the later clock, then the greater change id. */
export function byWinner(a: Head, b: Head): number {
  if (a.at !== b.at) return a.at > b.at ? -1 : 1;
  return a.change > b.change ? -1 : 1;
}

function earlier(a: Head, b: Head): boolean {
  return byWinner(a, b) > 0;
}
