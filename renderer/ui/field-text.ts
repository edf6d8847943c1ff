/** The value of a field as words: for lists, comparisons and screen readers. */
import type { Field } from "#shared/domain/field.ts";
import type { Json } from "#shared/domain/json.ts";
import { formatTime } from "./time.tsx";

/** The names of records by their id. */
export type Names = ReadonlyMap<string, string>;

/** What a choice is called; a value of a newer version is called as it is written. */
export function optionLabel(field: Field, value: string): string {
  const options = "options" in field ? field.options : [];
  return options.find((option) => option.value === value)?.label ?? spaced(value);
}

/** The label of a field by its name, also of one that this version does not declare. */
export function fieldLabel(fields: Readonly<Record<string, Field>>, name: string): string {
  return fields[name]?.label ?? spaced(name);
}

/** Whether there is nothing to show. */
export function isBlank(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === "" || value === false) return true;
  if (Array.isArray(value)) return value.every((item: Json) => isBlank(item));
  if (typeof value === "object") {
    return Object.entries(value).every(([key, item]) => key === "id" || isBlank(item));
  }
  return false;
}

/** A value as words; "" for nothing. */
export function valueText(field: Field | undefined, value: Json | undefined, names: Names): string {
  if (value === undefined || value === null || value === "") return "";
  if (field === undefined) return plain(value);
  switch (field.kind) {
    case "choice":
      return optionLabel(field, plain(value));
    case "choices":
      return listOf(value)
        .map((item) => optionLabel(field, plain(item)))
        .join(", ");
    case "reference":
      return names.get(plain(value)) ?? plain(value);
    case "references":
      return listOf(value)
        .map((item) => names.get(plain(item)) ?? plain(item))
        .join(", ");
    case "flag":
      return value === true ? "Yes" : "No";
    case "number":
      return field.unit === undefined ? plain(value) : `${plain(value)} ${field.unit}`;
    case "date":
      return formatTime(plain(value), "date");
    case "group":
      return groupText(field.fields, value, names);
    case "list":
      return listOf(value)
        .map((item) => groupText(field.fields, item, names))
        .join("\n");
    case "attachments":
      return listOf(value)
        .map((item) => attachmentName(item))
        .join(", ");
    case "tags":
    case "lines":
      return listOf(value).map(plain).join(", ");
    case "line":
    case "markdown":
    case "url":
    case "object":
      return plain(value);
  }
}

function attachmentName(value: Json): string {
  const isFile = typeof value === "object" && value !== null && "name" in value;
  return isFile ? plain(value.name ?? null) : plain(value);
}

function groupText(fields: Readonly<Record<string, Field>>, value: Json, names: Names): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return plain(value);
  return Object.entries(value)
    .filter(([name, item]) => name !== "id" && name !== "position" && !isBlank(item))
    .map(([name, item]) => `${fieldLabel(fields, name)}: ${valueText(fields[name], item, names)}`)
    .join("; ");
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value];
}

function plain(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function spaced(name: string): string {
  const words = name.replace(/_(?:id|md|ids)$/u, "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
