/**
 * What the changes to one record add up to. Folding is pure; any order in which every change comes
 * after the ones it names gives the same state, whatever the clocks said.
 *
 * Registers keep every write that no later write replaced: one is the ordinary case, several are a
 * conflict with a winner. Sets let additions win over removals that did not see them. Texts keep
 * the heads of their graph of versions. Ordered lists are registers, one for each element, under
 * `field/element`, with the place in a `position` of the element's value; null is an element that
 * was removed, and an edit made without knowledge of the removal keeps the element. Groups are
 * registers too, one for each part, under `field/.part`.
 */
import { type Change, isKnownWrite, type KnownWrite, namedBy } from "./change.ts";
import type { Timestamp } from "./clock.ts";
import type { ChangeId, RecordId } from "./ids.ts";
import { canonicalJson, type Json } from "./json.ts";

/** One write that nothing has replaced. */
export type Head = { readonly change: ChangeId; readonly at: Timestamp };
export type RegisterHead = Head & { readonly value: Json };
/** `order` is the member's place among those that the same change added. */
export type Addition = RegisterHead & { readonly order: number };
/** The additions of each member that no removal saw, by the member's key; the first is shown. */
export type Members = Readonly<Record<string, readonly Addition[]>>;
export type Stamp = Head & { readonly author: RecordId };

/** The state of one record. Plain JSON, so that it can be stored as it is. */
export type RecordState = {
  readonly id: RecordId;
  readonly type: string;
  readonly registers: Readonly<Record<string, readonly RegisterHead[]>>;
  readonly sets: Readonly<Record<string, Members>>;
  readonly texts: Readonly<Record<string, readonly Head[]>>;
  readonly created: Stamp;
  readonly updated: Stamp;
  /** How many changes have been folded in. */
  readonly revision: number;
};

type Table<Value> = Record<string, Value>;
type Working = {
  readonly registers: Table<readonly RegisterHead[]>;
  readonly sets: Table<Members>;
  readonly texts: Table<readonly Head[]>;
};

/** Folds one change into the state of its record; `undefined` is a record that does not exist yet. */
export function applyChange(state: RecordState | undefined, change: Change): RecordState {
  const head: Head = { change: change.id, at: change.at };
  const stamp: Stamp = { ...head, author: change.author };
  const working: Working = {
    registers: { ...state?.registers },
    sets: { ...state?.sets },
    texts: { ...state?.texts },
  };
  for (const write of change.writes) {
    if (isKnownWrite(write)) applyWrite(working, write, head);
  }
  // Whoever names something saw the record there, even where their clock was slow.
  const first =
    state === undefined || (byWinner(state.created, stamp) < 0 && namedBy(change).length === 0);
  const latest = state === undefined || byWinner(state.updated, stamp) > 0;
  return {
    ...working,
    id: change.record,
    type: first ? change.type : state.type,
    created: first ? stamp : state.created,
    updated: latest ? stamp : state.updated,
    revision: (state?.revision ?? 0) + 1,
  };
}

function applyWrite(working: Working, write: KnownWrite, head: Head): void {
  switch (write.kind) {
    case "set":
      put(
        working.registers,
        write.path,
        replaced(own(working.registers, write.path), write.after, {
          ...head,
          value: write.value,
        }),
      );
      return;
    case "text":
      put(
        working.texts,
        write.path,
        replaced(own(working.texts, write.path), write.after, { ...head }),
      );
      return;
    case "members":
      put(working.sets, write.path, applyMembers(own(working.sets, write.path) ?? {}, write, head));
  }
}

/** The heads without the ones that the new head replaces, and with it, the winner first. */
function replaced<H extends Head>(
  heads: readonly H[] | undefined,
  after: readonly ChangeId[],
  head: H,
): readonly H[] {
  const kept = (heads ?? []).filter((old) => !after.includes(old.change));
  return kept.length === 0 ? [head] : [...kept, head].toSorted(byWinner);
}

function applyMembers(
  members: Members,
  write: Extract<KnownWrite, { kind: "members" }>,
  head: Head,
): Members {
  const next = new Map(Object.entries(members));
  for (const removal of write.remove) {
    const key = memberKey(removal.value);
    const left = (next.get(key) ?? []).filter((old) => !removal.additions.includes(old.change));
    if (left.length === 0) next.delete(key);
    else next.set(key, left);
  }
  for (const [order, value] of write.add.entries()) {
    const key = memberKey(value);
    const others = (next.get(key) ?? []).filter((old) => old.change !== head.change);
    next.set(key, [...others, { ...head, value, order }].toSorted(byWinner));
  }
  return Object.fromEntries([...next].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * A member's identity: text is compared without case, accents' composition and outer spaces. By way
 * of capitals, ß is SS and both forms of the Greek s are one.
 */
export function memberKey(value: Json): string {
  return typeof value === "string"
    ? `"${value.normalize("NFKC").trim().toUpperCase().toLowerCase()}`
    : canonicalJson(value);
}

/** Sorts the winner first: the later clock, then the greater change id. */
export function byWinner(a: Head, b: Head): number {
  if (a.at !== b.at) return a.at > b.at ? -1 : 1;
  if (a.change === b.change) return 0;
  return a.change > b.change ? -1 : 1;
}

/** The entry under a name that somebody else chose: `constructor` is a name like any other. */
export function own<Value>(
  table: Readonly<Record<string, Value>>,
  name: string,
): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Sets an entry without ever reaching a prototype. */
function put<Value>(table: Table<Value>, name: string, value: Value): void {
  if (name === "__proto__") Object.defineProperty(table, name, { value, ...plain });
  else table[name] = value;
}

const plain = { enumerable: true, configurable: true, writable: true } as const;
