/**
 * Turns "the record should say this" into the fewest writes that make it so. What the writer had
 * before their eyes (`base`) decides what differs and which writes are replaced; what others wrote
 * since then stays beside it as concurrent. Nothing differs: no writes. Pure but for new element ids.
 */
import { removedPath, type Write } from "#shared/domain/change.ts";
import { type Field, type Merge, mergeOf } from "#shared/domain/field.ts";
import type { Json } from "#shared/domain/json.ts";
import { readPath } from "#shared/domain/path.ts";
import { conflictsOf, type Fields } from "#shared/domain/record-fields.ts";
import { own, type RecordState } from "#shared/domain/record-state.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { removalOf, removedAt } from "#shared/domain/removal.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { planGroup } from "./plan-group.ts";
import { planList } from "./plan-list.ts";
import { setRegister } from "./plan-register.ts";
import { planSet } from "./plan-set.ts";
import { planText, type TextSource } from "./plan-text.ts";

export type Planning = {
  readonly type: string;
  /** The record as it is; undefined for one that is being made. */
  readonly now: RecordState | undefined;
  /** The record as the writer saw it; the same object as `now` where nobody wrote since. */
  readonly base: RecordState | undefined;
  readonly texts: TextSource;
  /** A fresh id for an element of an ordered list. */
  readonly newElementId: () => string;
};

/** The writes that bring the record to the given values; null clears a field. */
export function planWrites(planning: Planning, fields: Fields): readonly Write[] {
  const writes = Object.entries(fields).flatMap(([name, value]) =>
    planField(planning, name, value),
  );
  return writes.length === 0 ? [] : [...writes, ...planRemoval(planning)];
}

function planField(planning: Planning, name: string, value: Json): readonly Write[] {
  const { type, base, now } = planning;
  if (name === "" || name.length > 100 || name.includes("/") || name === removedPath) {
    throw new ExpectedFailure(
      "invalid_field",
      `"${name}" cannot be the name of a field, so nothing was written.`,
    );
  }
  const declared = recordTypeOf(type)?.fields;
  const field = declared && Object.hasOwn(declared, name) ? declared[name] : undefined;
  switch (mergeFor(field, name, [base, now])) {
    case "register":
      return planRegister(planning, name, value);
    case "set":
      return planSet({ base, now, name, value, ordered: field?.kind === "lines" });
    case "list":
      return planList({ ...planning, name, value, knows: (part) => knows(field, part) });
    case "group":
      return planGroup({ base, now, name, value, knows: (part) => knows(field, part) });
    case "text":
      return planText({ base, now, name, value, texts: planning.texts });
  }
}

/** Of a field that is not declared nothing can be left out without meaning it. */
function knows(field: Field | undefined, part: string): boolean {
  return field === undefined || !("fields" in field) || Object.hasOwn(field.fields, part);
}

/** An undeclared field merges as it did before; a new one is a register. */
function mergeFor(
  field: Field | undefined,
  name: string,
  states: readonly (RecordState | undefined)[],
): Merge {
  if (field !== undefined) return mergeOf(field.kind);
  for (const state of states) {
    if (state === undefined) continue;
    if (Object.hasOwn(state.texts, name)) return "text";
    if (Object.hasOwn(state.sets, name)) return "set";
    const places = Object.keys(state.registers).map(readPath);
    const kind = places.find((place) => place.field === name && place.kind !== "field")?.kind;
    if (kind !== undefined) return kind === "part" ? "group" : "list";
  }
  return "register";
}

function planRegister({ base, now }: Planning, path: string, value: Json): readonly Write[] {
  return setRegister({
    seen: own(base?.registers ?? {}, path) ?? [],
    stands: own(now?.registers ?? {}, path) ?? [],
    path,
    value,
  });
}

/**
 * Whoever writes to a record in the trash knowing that it is there leaves it there; whoever writes to
 * one that an edit brought back settles that it stays.
 */
export function planRemoval({ base, now }: Pick<Planning, "base" | "now">): readonly Write[] {
  if (now === undefined || base === undefined) return [];
  const heads = own(base.registers, removedPath) ?? [];
  const after = heads.map((head) => head.change);
  const since = removedAt(base);
  if (since !== null) {
    return removedAt(now) === null
      ? []
      : [{ kind: "set", path: removedPath, value: removalOf(base, since), after }];
  }
  const overruled = conflictsOf(base).some((conflict) => conflict.path === removedPath);
  return overruled ? [{ kind: "set", path: removedPath, value: null, after }] : [];
}

/** The writes that move the record to the trash, or take it back from there. */
export function planTrash(now: RecordState, removed: string | null): readonly Write[] {
  if ((removed === null) === (removedAt(now) === null)) return [];
  const heads = own(now.registers, removedPath) ?? [];
  const value = removed === null ? null : removalOf(now, removed);
  return [{ kind: "set", path: removedPath, value, after: heads.map((head) => head.change) }];
}
