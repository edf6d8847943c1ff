/** Checks what a person asks to write into a record, before it is written. */
import { fieldSchema, didYouMean } from "./field-schema.ts";
import { isObject, type Json, sameJson } from "./json.ts";
import type { Fields } from "./record-fields.ts";
import { own } from "./record-state.ts";
import type { RecordType } from "./record-type.ts";
import { recordTypeOf } from "./record-types.ts";
import { isVisible } from "./visible.ts";
import { recordTypeNames } from "./record-type-name.ts";

/** What is wrong with one field, as a whole sentence. */
export type FieldProblem = { readonly field: string; readonly sentence: string };

type Asked = {
  readonly type: string;
  /** The values to write; null clears. */
  readonly fields: Fields;
  /** What the record says now; null for a record that is being made. */
  readonly current: Fields | null;
};

/**
 * The first thing that is wrong, or undefined. A value that the record already has is never wrong:
 * an import or another version put it there. Records of unknown types are not held to any fields.
 */
export function checkFields(asked: Asked): FieldProblem | undefined {
  const type = recordTypeOf(asked.type);
  if (type === undefined) return undefined;
  for (const [name, value] of Object.entries(asked.fields)) {
    const now = (asked.current && own(asked.current, name)) ?? null;
    const known = Object.hasOwn(asked.current ?? {}, name);
    if (sameJson(value, now) && (known || Object.hasOwn(type.fields, name))) continue;
    const problem = fieldProblem(type, { name, value: withoutStanding(value, now), known });
    if (problem !== undefined) return { field: name, sentence: problem };
  }
  return titleProblem(type, asked);
}

/**
 * The value without what the record says already: parts of a group, members of a set, and parts of
 * the elements of a list. They may come from a newer version, which knows more than this one.
 */
function withoutStanding(value: Json, now: Json): Json {
  if (isObject(value) && isObject(now)) {
    const parts = Object.entries(value).filter(([name, part]) => !sameJson(part, own(now, name)));
    return Object.fromEntries(parts);
  }
  if (!isList(value) || !isList(now)) return value;
  const standing = new Map(now.map((item) => [isObject(item) ? own(item, "id") : item, item]));
  return value.flatMap((item): readonly Json[] => {
    const known = standing.get(isObject(item) ? own(item, "id") : item);
    if (known === undefined) return [item];
    return sameJson(item, known) ? [] : [withoutStanding(item, known)];
  });
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Why no record of this type can be made; undefined for a type that exists. */
export function typeProblem(name: string): string | undefined {
  if (recordTypeOf(name) !== undefined) return undefined;
  const hint =
    didYouMean(name, recordTypeNames) || `. The types are ${recordTypeNames.join(", ")}.`;
  return `There is no record type "${name}"${hint}`;
}

function fieldProblem(
  type: RecordType,
  { name, value, known }: { name: string; value: Json; known: boolean },
): string | undefined {
  const field = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
  if (name === "body") return "Give the text as the record's body, not as a field.";
  if (field === undefined) {
    if (known) return undefined;
    const hint = didYouMean(name, Object.keys(type.fields)) || ".";
    return `A ${type.label.toLowerCase()} has no field "${name}"${hint}`;
  }
  if (name === "status") return statusProblem(type, value);
  const parsed = fieldSchema(field).safeParse(value);
  if (parsed.success) return undefined;
  const message = parsed.error.issues[0]?.message ?? "is not valid";
  return `${field.label} ${message}${/[.?]$/u.test(message) ? "" : "."}`;
}

function statusProblem(type: RecordType, value: Json): string | undefined {
  const { statuses } = type;
  if (statuses === null || value === null) return undefined;
  return statuses.some((status) => status === value)
    ? undefined
    : `Status must be one of ${statuses.join(", ")}.`;
}

function titleProblem(type: RecordType, asked: Asked): FieldProblem | undefined {
  const field = type.titleField;
  const given = Object.hasOwn(asked.fields, field);
  if (!given && asked.current !== null) return undefined;
  const title = given ? asked.fields[field] : null;
  if (typeof title === "string" && isVisible(title)) return undefined;
  const label = (type.fields[field]?.label ?? field).toLowerCase();
  return {
    field,
    sentence: `A ${type.label.toLowerCase()} needs a ${label}, so that people can find it.`,
  };
}
