/**
 * What front matter says, as fields of a record. Keys that other systems use have a table here; our
 * own field names are read by their declarations. What fits no field stays unknown, and is kept.
 */
import { createHash } from "node:crypto";
import { fieldSchema } from "#shared/domain/field-schema.ts";
import type { Field } from "#shared/domain/field.ts";
import { isObject, type Json } from "#shared/domain/json.ts";
import type { RecordTypeName } from "#shared/domain/record-type-name.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { readVerification } from "./review-dates.ts";

type Values = Readonly<Record<string, Json>>;

/** Finds or makes the record of that name; undefined when there is none and none can be made. */
export type ResolveName = (to: RecordTypeName | "any", name: string) => string | undefined;

export type Mapped = {
  readonly fields: Values;
  /** The front matter's keys, by the field each one fills. */
  readonly keys: ReadonlyMap<string, string>;
  readonly unknown: Values;
};

/** Keys of other systems, by our field. The first key that is there gives the value. */
const tagKeys = ["tags", "keywords"];
const aliasKeys = ["aliases", "redirect_from", "old_paths", "permalink"];
const ownerKeys = ["owner", "owner_slack"];
const summaryKeys = ["summary", "abstract", "description"];
/** Fields of these sections and names are the importer's own, whatever a file says. */
const ownFields: ReadonlySet<string> = new Set([
  "origin_path",
  "origin_collection",
  "origin_hash",
  "origin_part",
  "origin_copies",
  "front_matter",
  "owner_hint",
  "attachments",
  "body",
]);

/** Maps the values to fields of the type; `resolve` finds the records that a value names. */
export function mapFields(values: Values, type: string, resolve: ResolveName): Mapped {
  const declared = recordTypeOf(type)?.fields ?? {};
  const fields: Record<string, Json> = {};
  const keys = new Map<string, string>();
  function fill(field: string, value: Json | undefined, from: readonly string[]): void {
    if (value === undefined || !Object.hasOwn(declared, field) || Object.hasOwn(fields, field))
      return;
    fields[field] = value;
    for (const key of from) if (Object.hasOwn(values, key)) keys.set(key, field);
  }
  const has = (names: readonly string[]) => names.filter((name) => Object.hasOwn(values, name));

  fill("tags", words(has(tagKeys).map((key) => values[key] ?? null)), tagKeys);
  fill(
    "aliases",
    words(
      has(aliasKeys).map((key) => values[key] ?? null),
      false,
    ),
    aliasKeys,
  );
  const summary = has(summaryKeys)
    .map((key) => oneLine(values[key]))
    .find(Boolean);
  for (const name of ["summary", "abstract"]) fill(name, summary, summaryKeys);
  fillOwner(values, { fill, resolve });
  const review = readVerification(values);
  if (review !== null) fill("verification", review.verification, review.keys);
  if (values["outdated"] === true) {
    fill(
      "flags",
      [{ id: "outdated", reason: "Marked as outdated where it came from" }],
      ["outdated"],
    );
  }
  const titleField = recordTypeOf(type)?.titleField ?? "title";
  if (titleField !== "title" && !Object.hasOwn(values, titleField)) {
    fill(titleField, oneLine(values["title"]), ["title"]);
  }
  for (const [key, value] of Object.entries(values)) {
    const name = [key, `${key}_id`].find((one) => Object.hasOwn(declared, one));
    const field = name === undefined ? undefined : declared[name];
    if (name === undefined || field === undefined || ownFields.has(name) || keys.has(key)) continue;
    const read = readField(field, value, resolve);
    if (read !== undefined && isAllowed(type, name, read)) fill(name, read, [key]);
  }
  linkPrompts(fields);
  const unknown = Object.entries(values).filter(
    ([key]) => !keys.has(key) && key !== "type" && key !== "id",
  );
  return { fields, keys, unknown: Object.fromEntries(unknown) };
}

type FillOwner = {
  readonly fill: (field: string, value: Json | undefined, from: readonly string[]) => void;
  readonly resolve: ResolveName;
};

/** An owner that is a person here becomes the owner; any other stays a hint for people to read. */
function fillOwner(values: Values, { fill, resolve }: FillOwner): void {
  const name = ownerKeys.map((key) => oneLine(values[key])).find(Boolean);
  if (name === undefined) return;
  const person = resolve("person", name.replace(/^@/u, ""));
  if (person === undefined) fill("owner_hint", name, ownerKeys);
  else fill("owner_id", person, ownerKeys);
}

function isAllowed(type: string, name: string, value: Json): boolean {
  if (name !== "status") return true;
  return recordTypeOf(type)?.statuses?.some((status) => status === value) ?? false;
}

/** The value as the field holds it; undefined when it does not fit. */
export function readField(field: Field, value: Json, resolve: ResolveName): Json | undefined {
  const read = convert(field, value, resolve);
  if (read === undefined || read === null) return undefined;
  return fieldSchema(field).safeParse(read).success ? read : undefined;
}

function convert(field: Field, value: Json, resolve: ResolveName): Json | undefined {
  switch (field.kind) {
    case "line":
    case "date":
    case "url":
    case "choice":
      return oneLine(value);
    case "markdown":
      return typeof value === "string" ? value : undefined;
    case "flag":
    case "object":
    case "attachments":
      return value;
    case "number":
      return typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    case "choices":
    case "tags":
      return words([value]);
    case "lines":
      return words([value], false);
    case "reference": {
      const name = oneLine(value);
      return name === undefined ? undefined : resolve(field.to, name);
    }
    case "references": {
      const ids = (words([value], false) ?? []).map((name) => resolve(field.to, name));
      return ids.filter((id) => id !== undefined);
    }
    case "group":
      return isObject(value) ? readParts(field.fields, value, resolve) : undefined;
    case "list":
      if (!Array.isArray(value)) return undefined;
      return (value as readonly Json[])
        .filter(isObject)
        .map((item) => readParts(field.fields, item, resolve));
  }
}

function readParts(
  fields: Readonly<Record<string, Field>>,
  value: Values,
  resolve: ResolveName,
): Values {
  const parts: Record<string, Json> = {};
  if (typeof value["id"] === "string") parts["id"] = value["id"];
  for (const [key, item] of Object.entries(value)) {
    const name = [key, `${key}_id`].find((one) => Object.hasOwn(fields, one));
    const field = name === undefined ? undefined : fields[name];
    const read = field === undefined ? undefined : readField(field, item, resolve);
    if (name !== undefined && read !== undefined) parts[name] = read;
  }
  return parts;
}

/**
 * A step names its prompt by title. Prompts get ids made of their titles, so that the same file
 * always gives the same ids.
 */
function linkPrompts(fields: Record<string, Json>): void {
  const { prompts, steps } = fields;
  if (!Array.isArray(prompts)) return;
  const ids = new Map<string, string>();
  fields["prompts"] = (prompts as readonly Json[]).filter(isObject).map((prompt) => {
    const title = oneLine(prompt["title"]) ?? "";
    const own = typeof prompt["id"] === "string" ? prompt["id"] : undefined;
    const id = own ?? createHash("sha256").update(title).digest("hex").slice(0, 16);
    if (!ids.has(title)) ids.set(title, id);
    return { ...prompt, id };
  });
  if (!Array.isArray(steps)) return;
  fields["steps"] = (steps as readonly Json[]).filter(isObject).map((step) => {
    const id = ids.get(oneLine(step["prompt_id"]) ?? "");
    return id === undefined ? step : { ...step, prompt_id: id };
  });
}

/** A scalar as one line of text; undefined for anything else and for nothing. */
export function oneLine(value: Json | undefined): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return undefined;
  const line = value.replaceAll(/\s+/gu, " ").trim();
  return line === "" ? undefined : line;
}

/** Words out of lists and scalars, each once; a scalar may hold several, divided by commas. */
function words(values: readonly Json[], divided = true): readonly string[] | undefined {
  const found = values.flatMap((value): readonly (string | undefined)[] => {
    if (Array.isArray(value)) return (value as readonly Json[]).map((item) => oneLine(item));
    const line = oneLine(value);
    return divided ? (line?.split(",").map((word) => oneLine(word)) ?? []) : [line];
  });
  const unique = [...new Set(found.filter((word) => word !== undefined))];
  return unique.length === 0 ? undefined : unique;
}
