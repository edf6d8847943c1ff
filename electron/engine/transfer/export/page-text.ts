/** A record as the text of a Markdown file, so that importing the file gives the record again. */
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { isKnownWrite } from "#shared/domain/change.ts";
import type { Field } from "#shared/domain/field.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import { isObject, type Json, sameJson } from "#shared/domain/json.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import type { Readable } from "../../db/database.ts";
import type { ChangeLog } from "../../log/change-log.ts";
import { standingChanges } from "../../records/standing-changes.ts";
import { editFrontMatter, readFrontMatter, writeFrontMatter } from "../front-matter.ts";
import { mapFields } from "../import/map-fields.ts";
import { createNames } from "../import/names.ts";
import { blockIn } from "../import/page-edits.ts";

type Fields = Readonly<Record<string, Json>>;

export type TextSource = {
  readonly db: Readable;
  readonly log: Pick<ChangeLog, "ofRecord">;
  /** The title of a record, to write in place of its id. */
  readonly titleOf: (id: string) => string | undefined;
};

/** Fields that the file itself says by being there, or that are of no use outside. */
const notWritten: ReadonlySet<string> = new Set([
  "origin_path",
  "origin_collection",
  "origin_hash",
  "origin_part",
  "origin_copies",
  "front_matter",
  "attachments",
  "public_keys",
  "devices",
  "body",
  "removed_at",
]);

/** The whole text of the file: front matter of the first record, then the bodies of all of them. */
export function fileText(source: TextSource, records: readonly RecordView[]): string {
  const [first] = records;
  if (first === undefined) return "";
  const imported = typeof first.fields["origin_path"] === "string";
  const head = imported ? keptBlock(source, first) : newBlock(source, first);
  return head + records.map((record) => record.body).join("");
}

/** The block that came with the file, with what people changed here since brought in. */
function keptBlock(source: TextSource, record: RecordView): string {
  const block = blockIn(record.fields);
  const edited = record.revision === 1 ? [] : fieldsWrittenByHand(source, record.id);
  if (edited.length === 0) return block;
  const { values } = readFrontMatter(block);
  // Nobody comes into being by an export: ids are looked up, and nothing is made.
  const names = createNames(source.db, () => record.id);
  const mapped = mapFields(values, record.type, (to, name) => names.find(to, name));
  const edits: Record<string, Json> = {};
  for (const field of edited) {
    const now = record.fields[field] ?? null;
    if (sameJson(now, mapped.fields[field] ?? null)) continue;
    const keys = [...mapped.keys].filter(([, filled]) => filled === field).map(([key]) => key);
    Object.assign(edits, fieldEdits(source, { record, field, now, keys, values }));
  }
  return editFrontMatter(block, edits);
}

type FieldEdit = {
  readonly record: RecordView;
  readonly field: string;
  readonly now: Json;
  /** The keys of the block that fill the field. */
  readonly keys: readonly string[];
  readonly values: Fields;
};

function fieldEdits(source: TextSource, { record, field, now, keys, values }: FieldEdit): Fields {
  if (field === "verification" && keys.length > 0 && keys[0] !== field) {
    return reviewEdits(now, keys);
  }
  const outward = outwardValue(source, record, field);
  if (field === "flags" && keys.includes("outdated"))
    return { outdated: now === null ? null : true };
  const key = keys[0] ?? outwardKey(field);
  const others = Object.fromEntries(keys.slice(1).map((one) => [one, null]));
  if (keys.length === 0 && outward === null && values[key] === undefined) return {};
  return { ...others, [key]: outward };
}

function reviewEdits(now: Json, keys: readonly string[]): Fields {
  const group = isObject(now) ? now : {};
  const [dateKey = "last_reviewed_on"] = keys;
  const amount = group["period_amount"];
  const unit = group["period_unit"];
  const period =
    typeof amount === "number" && typeof unit === "string"
      ? `${amount} ${unit}${amount === 1 ? "" : "s"}`
      : null;
  return { [dateKey]: group["verified_at"] ?? null, review_in: period };
}

/** The fields that somebody wrote here, rather than an import. */
function fieldsWrittenByHand({ log, db }: TextSource, record: RecordId): readonly string[] {
  const names = new Set<string>();
  for (const change of standingChanges({ log, db }, record)) {
    const writes = change.writes.filter(isKnownWrite);
    if (writes.some((write) => write.path === "origin_hash")) continue;
    for (const write of writes) names.add(write.path.split("/", 1)[0] ?? "");
  }
  return [...names].filter((name) => !notWritten.has(name));
}

/** A block that says every field, for a record that came from no file. */
function newBlock(source: TextSource, record: RecordView): string {
  const values: Record<string, Json> = { type: record.type, id: record.id };
  const declared = Object.keys(recordTypeOf(record.type)?.fields ?? {});
  const order = [...declared, ...Object.keys(record.fields)];
  for (const name of new Set(order)) {
    if (notWritten.has(name) || !Object.hasOwn(record.fields, name)) continue;
    const outward = outwardValue(source, record, name);
    if (outward !== null) values[outwardKey(name)] = outward;
  }
  return writeFrontMatter(values);
}

function outwardKey(field: string): string {
  return field === "department_id" || field === "owner_id" ? field.slice(0, -3) : field;
}

function outwardValue(source: TextSource, record: RecordView, name: string): Json {
  const value = record.fields[name];
  if (value === undefined) return null;
  const fields = recordTypeOf(record.type)?.fields ?? {};
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  const outward = name === "prompts" ? value : withNames(source, field, value);
  return name === "steps" ? withPromptTitles(outward, record.fields["prompts"] ?? null) : outward;
}

/** The value with titles for ids, and without the ids of a list's elements. */
function withNames(source: TextSource, field: Field | undefined, value: Json): Json {
  switch (field?.kind) {
    case "reference":
      return typeof value === "string" ? (source.titleOf(value) ?? value) : value;
    case "references":
      return Array.isArray(value)
        ? value.map((id: Json) => (typeof id === "string" ? (source.titleOf(id) ?? id) : id))
        : value;
    case "group":
      return isObject(value) ? partsWithNames(source, field.fields, value) : value;
    case "list":
      return Array.isArray(value)
        ? value.map((item: Json) =>
            isObject(item) ? partsWithNames(source, field.fields, item) : item,
          )
        : value;
    case "line":
    case "markdown":
    case "date":
    case "url":
    case "flag":
    case "object":
    case "number":
    case "choice":
    case "choices":
    case "tags":
    case "lines":
    case "attachments":
    case undefined:
      return value;
  }
}

function partsWithNames(
  source: TextSource,
  fields: Readonly<Record<string, Field>>,
  value: Fields,
): Fields {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== "id")
      .map(([name, part]) => [
        name,
        withNames(source, Object.hasOwn(fields, name) ? fields[name] : undefined, part),
      ]),
  );
}

function withPromptTitles(steps: Json, prompts: Json): Json {
  if (!Array.isArray(steps) || !Array.isArray(prompts)) return steps;
  const titles = new Map(
    prompts.filter(isObject).map((prompt: Fields) => [prompt["id"], prompt["title"]] as const),
  );
  return steps.map((step: Json) => {
    const title = isObject(step) ? titles.get(step["prompt_id"]) : undefined;
    return isObject(step) && title !== undefined ? { ...step, prompt_id: title } : step;
  });
}
