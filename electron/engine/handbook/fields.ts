/** Reads the fields of a record for a page; whatever has another shape than declared is left out. */
import type { RecordView } from "#shared/contract/record-shapes.ts";
import type { Field } from "#shared/domain/field.ts";
import { isObject, type Json } from "#shared/domain/json.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";

type Fields = Readonly<Record<string, Json>>;

/** A line, a text, a date or a number as text; "" for anything else. */
export function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === "number") return value.toString();
  return typeof value === "string" ? value : "";
}

/** Lines, tags, choices or references. */
export function linesIn(fields: Fields, name: string): readonly string[] {
  const value = fields[name];
  return Array.isArray(value)
    ? value.filter((item: Json) => typeof item === "string" && item !== "").map(String)
    : [];
}

/** The elements of a list. */
export function itemsIn(fields: Fields, name: string): readonly Fields[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter((item: Json) => isObject(item)) : [];
}

/** A group's fields; none where it is empty. */
export function groupIn(fields: Fields, name: string): Fields {
  const value = fields[name];
  return value !== undefined && isObject(value) ? value : {};
}

/** What a choice is called: `labelOf(record, "recommendations.kind", "keep")` is "Keep". */
export function labelOf(record: Pick<RecordView, "type">, path: string, value: string): string {
  let fields: Readonly<Record<string, Field>> = recordTypeOf(record.type)?.fields ?? {};
  let field: Field | undefined;
  for (const name of path.split(".")) {
    field = fields[name];
    fields = field !== undefined && "fields" in field ? field.fields : {};
  }
  const options = field !== undefined && "options" in field ? field.options : [];
  const spaced = value.charAt(0).toUpperCase() + value.slice(1).replaceAll("_", " ");
  return options.find((option) => option.value === value)?.label ?? spaced;
}
