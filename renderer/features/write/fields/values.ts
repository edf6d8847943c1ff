/** Reading and changing the values of fields in a form; whatever shape an older app left there. */
import type { Json } from "#shared/domain/json.ts";

export type JsonObject = { readonly [key: string]: Json };

/** The texts in a list; a lone text counts as a list of one. */
export function textsIn(value: Json | undefined): readonly string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: Json) => (typeof item === "string" ? [item] : []));
}

/** A group's values. */
export function objectIn(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The elements of an ordered list. */
export function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((item: Json) => isObject(item)) : [];
}

/** Moves one element by one place; the ends stay where they are. */
export function moved<T>(list: readonly T[], from: number, by: -1 | 1): readonly T[] {
  const to = from + by;
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length) return list;
  const rest = list.toSpliced(from, 1);
  return rest.toSpliced(to, 0, item);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

let lastKey = 0;
const keys = new WeakMap<JsonObject, string>();

/** What tells the elements of a list apart while they are edited: their id, else one made here. */
export function keyOf(item: JsonObject): string {
  if (typeof item.id === "string") return item.id;
  const known = keys.get(item);
  if (known !== undefined) return known;
  lastKey += 1;
  const made = `new-${lastKey.toString()}`;
  keys.set(item, made);
  return made;
}

/** The element with one value changed; it stays the same element. */
export function withValue(item: JsonObject, name: string, value: Json): JsonObject {
  const changed = { ...item, [name]: value };
  keys.set(changed, keyOf(item));
  return changed;
}
