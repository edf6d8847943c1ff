/** What of a record is searched, as one text for each part that search weighs and names. */
import { type Field, type SearchField, searchFields } from "#shared/domain/field.ts";
import type { Json } from "#shared/domain/json.ts";
import { recordTypes } from "#shared/domain/record-types.ts";
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
  const searched = searchedByType.get(record.type);
  if (searched === undefined) {
    for (const value of Object.values(record.fields)) parts.body.push(...plainTexts(value));
  } else collect(searched, record.fields, parts);
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

/** A field with texts that are searched: as which part, or which of its own fields have such texts. */
type Searched = {
  readonly name: string;
  readonly part: SearchField | undefined;
  readonly inner: readonly Searched[];
};

/** Sorted out once: of most types only a few fields have any. */
const searchedByType: ReadonlyMap<string, readonly Searched[]> = new Map(
  Object.entries(recordTypes).map(([type, { fields, titleField }]) => {
    return [type, searchedIn(fields).filter(({ name }) => name !== titleField)];
  }),
);

function searchedIn(fields: Readonly<Record<string, Field>>): readonly Searched[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const isNested = field.kind === "group" || field.kind === "list";
    const inner = isNested ? searchedIn(field.fields) : [];
    // What a reference is called can change without this record; its operator finds it by name.
    const isReference = field.kind === "reference" || field.kind === "references";
    const part = isNested || isReference ? undefined : field.search;
    return part === undefined && inner.length === 0 ? [] : [{ name, part, inner }];
  });
}

function collect(
  searched: readonly Searched[],
  values: Readonly<Record<string, Json>>,
  parts: Record<SearchField, string[]>,
): void {
  for (const { name, part, inner } of searched) {
    const value = values[name];
    if (value === undefined || value === null) continue;
    if (part !== undefined) parts[part].push(...plainTexts(value));
    for (const element of inner.length === 0 ? [] : Array.isArray(value) ? value : [value]) {
      if (isObject(element)) collect(inner, element, parts);
    }
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
