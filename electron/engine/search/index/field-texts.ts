/** What of a record is searched, as one text for each part that search weighs and names. */
import { type Field, type SearchField, searchFields } from "#shared/domain/field.ts";
import type { Json } from "#shared/domain/json.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import type { ProjectedRecord } from "../../projections/projector.ts";

export type FieldTexts = Readonly<Record<SearchField, string>>;

/** No human wrote more in one record; what lies beyond is kept, shown and exported, but not searched. */
const longestText = 2_000_000;

/** Gathers the searched texts of a record by the weights that its type declares. */
export function fieldTexts(record: ProjectedRecord): FieldTexts {
  const parts: Record<SearchField, string[]> = {
    title: [record.title],
    headings: [],
    steps: [],
    prompts: [],
    tags: [],
    body: [],
  };
  const type = recordTypeOf(record.type);
  if (type === undefined) {
    for (const value of Object.values(record.fields)) parts.body.push(...plainTexts(value));
  } else {
    for (const [name, field] of Object.entries(type.fields)) {
      if (name !== type.titleField) collect(field, record.fields[name], parts);
    }
  }
  const extract = record.extract();
  parts.headings.push(...extract.headings.map((heading) => heading.text));
  parts.body.unshift(extract.text);
  return joined(parts);
}

function joined(parts: Readonly<Record<SearchField, readonly string[]>>): FieldTexts {
  const text = (field: SearchField) =>
    parts[field]
      .filter((part) => part !== "")
      .join("\n")
      .slice(0, longestText);
  return {
    title: text("title"),
    headings: text("headings"),
    steps: text("steps"),
    prompts: text("prompts"),
    tags: text("tags"),
    body: text("body"),
  };
}

function collect(
  field: Field,
  value: Json | undefined,
  parts: Record<SearchField, string[]>,
): void {
  if (value === undefined || value === null) return;
  if (field.kind === "group" || field.kind === "list") {
    const elements = Array.isArray(value) ? value : [value];
    for (const element of elements) {
      if (!isObject(element)) continue;
      for (const [name, inner] of Object.entries(field.fields)) {
        collect(inner, element[name], parts);
      }
    }
  } else if (
    field.search !== undefined &&
    field.kind !== "reference" &&
    field.kind !== "references"
  ) {
    // What a reference is called can change without this record; its operator finds it by name.
    parts[field.search].push(...plainTexts(value));
  }
}

function plainTexts(value: Json): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (Array.isArray(value)) return value.flatMap((item: Json) => plainTexts(item));
  return isObject(value) ? Object.values(value).flatMap((item) => plainTexts(item)) : [];
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The texts as they are stored. */
export function encodeTexts(texts: FieldTexts): string {
  return JSON.stringify(searchFields.map((field) => texts[field]));
}

/** The texts as they were stored. */
export function decodeTexts(stored: string): FieldTexts {
  const parsed: unknown = JSON.parse(stored);
  const list = Array.isArray(parsed) ? parsed : [];
  const at = (field: SearchField) => String(list[searchFields.indexOf(field)] ?? "");
  return {
    title: at("title"),
    headings: at("headings"),
    steps: at("steps"),
    prompts: at("prompts"),
    tags: at("tags"),
    body: at("body"),
  };
}
