/**
 * What a record's state says, field by field, in the shape in which records cross the contract:
 * sets as arrays, ordered lists as arrays of objects that carry their `id`, groups as objects. Texts are not in the
 * state, only their heads are: see the graph of versions.
 */
import { removedPath } from "./change.ts";
import { type Merge, mergeOf } from "./field.ts";
import { isPosition } from "./fractional-index.ts";
import { isObject, type Json, sameJson } from "./json.ts";
import { readPath } from "./path.ts";
import { recordTypeOf } from "./record-types.ts";
import { removedAt } from "./removal.ts";
import { type Addition, own, type RecordState, type RegisterHead } from "./record-state.ts";

export type Fields = Readonly<Record<string, Json>>;

/** One element of an ordered list, as it is shown. */
export type ListElement = {
  readonly id: string;
  readonly path: string;
  /** Undefined where a writer left it out or wrote something else than a place. */
  readonly position: string | undefined;
  /** What the element says, without `id` and `position`. */
  readonly value: Fields;
  readonly heads: readonly RegisterHead[];
};

/** A place where several writes stand that nothing has replaced and that do not say the same. */
export type StateConflict = { readonly path: string; readonly heads: readonly RegisterHead[] };

/** Every field that has a value, texts apart. */
export function fieldsOf(state: RecordState): Fields {
  const fields: [string, Json][] = [];
  for (const [path, heads] of Object.entries(state.registers)) {
    const value = registerValue(heads);
    const { kind } = readPath(path);
    if (path === removedPath || kind !== "field" || value === null) continue;
    if (isValueOf(state.type, path, "register")) fields.push([path, value]);
  }
  for (const field of Object.keys(state.sets)) {
    const members = isValueOf(state.type, field, "set") ? setMembers(state, field) : [];
    if (members.length > 0) fields.push([field, members]);
  }
  for (const [field, elements] of allLists(state)) {
    if (isValueOf(state.type, field, "list")) fields.push([field, elements.map(shownElement)]);
  }
  for (const [field, parts] of allGroups(state)) {
    const shown = [...parts].map(([part, heads]) => [part, registerValue(heads)] as const);
    const filled = shown.filter(([, value]) => value !== null);
    if (filled.length === 0 || !isValueOf(state.type, field, "group")) continue;
    fields.push([field, Object.fromEntries(filled.toSorted(byName))]);
  }
  return Object.fromEntries(fields.toSorted(byName));
}

/**
 * Whether what was written to a field in one way is its value. A declared field has one way, so that
 * nothing written to it in another can stand before what people see and write.
 */
export function isValueOf(type: string, name: string, merge: Merge): boolean {
  if (name === "body") return merge === "text";
  const declared = own(recordTypeOf(type)?.fields ?? {}, name);
  return declared === undefined || mergeOf(declared.kind) === merge;
}

/** One order, however the state came about: what is made of the fields must not depend on it. */
function byName([a]: readonly [string, Json], [b]: readonly [string, Json]): number {
  return a < b ? -1 : 1;
}

/** An element with its id first, as records carry it across the contract. */
export function shownElement({ id, value }: ListElement): Fields {
  return { id, ...value };
}

/** The value shown: the winner's. */
export function registerValue(heads: readonly RegisterHead[] | undefined): Json {
  return heads?.[0]?.value ?? null;
}

/** The members of a set in the order in which they were added. */
export function setMembers(state: RecordState, field: string): readonly Json[] {
  return Object.values(own(state.sets, field) ?? {})
    .flatMap((additions) => additions.slice(0, 1))
    .toSorted(byAddition)
    .map((addition) => addition.value);
}

function byAddition(a: Addition, b: Addition): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  if (a.change !== b.change) return a.change < b.change ? -1 : 1;
  return a.order - b.order;
}

/** The elements of an ordered list that were not removed, in order. */
export function listElements(state: RecordState, field: string): readonly ListElement[] {
  return allLists(state).get(field) ?? [];
}

/** Every ordered list of the record that has elements, by the field's name. */
export function allLists(state: RecordState): ReadonlyMap<string, readonly ListElement[]> {
  const lists = new Map<string, ListElement[]>();
  for (const [path, heads] of Object.entries(state.registers)) {
    const place = readPath(path);
    if (place.kind !== "element") continue;
    const element = elementOf(path, place.element, heads);
    if (element === undefined) continue;
    const elements = lists.get(place.field) ?? [];
    elements.push(element);
    lists.set(place.field, elements);
  }
  for (const [field, elements] of lists) lists.set(field, elements.toSorted(byPosition));
  return lists;
}

/** What was written to each part of a group, by the part's name. */
export type GroupParts = ReadonlyMap<string, readonly RegisterHead[]>;

/** The parts of one group; none for a record that does not exist yet. */
export function groupParts(state: RecordState | undefined, field: string): GroupParts {
  return (state === undefined ? undefined : allGroups(state).get(field)) ?? new Map();
}

/** Every group that was ever written, by the field's name. */
export function allGroups(state: RecordState): ReadonlyMap<string, GroupParts> {
  const groups = new Map<string, Map<string, readonly RegisterHead[]>>();
  for (const [path, heads] of Object.entries(state.registers)) {
    const place = readPath(path);
    if (place.kind !== "part") continue;
    const parts = groups.get(place.field) ?? new Map<string, readonly RegisterHead[]>();
    parts.set(place.part, heads);
    groups.set(place.field, parts);
  }
  return groups;
}

/** An edit that did not know of a removal keeps the element: the first value that is not null. */
function elementOf(
  path: string,
  id: string,
  heads: readonly RegisterHead[],
): ListElement | undefined {
  const shown = heads.find((head) => head.value !== null)?.value;
  if (shown === undefined || shown === null) return undefined;
  const { position, id: _, ...value } = isObject(shown) ? shown : { value: shown };
  return { id, path, position: isPosition(position) ? position : undefined, value, heads };
}

function byPosition(a: ListElement, b: ListElement): number {
  if (a.position !== b.position) {
    if (a.position === undefined) return 1;
    if (b.position === undefined) return -1;
    return a.position < b.position ? -1 : 1;
  }
  return a.id < b.id ? -1 : 1;
}

/** Registers with different values side by side, and removals that an edit overruled. */
export function conflictsOf(state: RecordState): readonly StateConflict[] {
  const conflicts: StateConflict[] = [];
  for (const [path, heads] of Object.entries(state.registers)) {
    if (path === removedPath) {
      const overruled = removedAt(state) === null && heads.some((head) => head.value !== null);
      if (overruled) conflicts.push({ path, heads });
      continue;
    }
    const [first, ...others] = heads;
    if (others.some((other) => !sameJson(other.value, first?.value))) {
      conflicts.push({ path, heads });
    }
  }
  return conflicts.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
