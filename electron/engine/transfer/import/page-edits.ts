/** What to write so that records say what a page says: for new records, and for ones that are here. */
import type { RecordView } from "#shared/contract/record-shapes.ts";
import type { ChangeId, RecordId } from "#shared/domain/ids.ts";
import { isObject, type Json, sameJson } from "#shared/domain/json.ts";
import { mergeTexts } from "#shared/domain/merge-text.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { isKnownWrite } from "#shared/domain/change.ts";
import { type Attachment, memberOf, membersIn } from "../../attachments/attachment-table.ts";
import type { Readable } from "../../db/database.ts";
import { standingChanges } from "../../records/standing-changes.ts";
import type { ChangeLog } from "../../log/change-log.ts";
import type { RecordEdit, RecordStore } from "../../records/record-store.ts";
import { createTextReader } from "../../records/text-versions.ts";
import { readFrontMatter } from "../front-matter.ts";
import { mapFields, type ResolveName } from "./map-fields.ts";
import { type Page, type PagePart, titleOfPage } from "./page.ts";

export type EditContext = {
  readonly db: Readable;
  readonly log: Pick<ChangeLog, "ofRecord" | "get">;
  readonly store: Pick<RecordStore, "get">;
  readonly collection: string;
  readonly department: RecordId | undefined;
  readonly resolve: ResolveName;
};

export type PlannedPart = {
  readonly page: Page;
  readonly part: PagePart;
  readonly index: number;
  readonly attachments: readonly Attachment[];
};

/** The edit that makes the record of one part. */
export function newRecord(context: EditContext, planned: PlannedPart, id: RecordId): RecordEdit {
  const { page, part } = planned;
  const declared = recordTypeOf(page.type);
  const mapped = mapFields(page.front.values, page.type, context.resolve);
  const homed = context.department !== undefined && declared?.fields["department_id"] !== undefined;
  const fields: Record<string, Json> = {
    ...(homed ? { department_id: context.department ?? null } : {}),
    ...mapped.fields,
    [declared?.titleField ?? "title"]: part.name,
    ...originFields(context, planned, mapped.unknown),
  };
  return { id, type: page.type, fields, body: part.body };
}

function originFields(
  context: EditContext,
  { page, index, attachments }: PlannedPart,
  unknown: Readonly<Record<string, Json>>,
): Record<string, Json> {
  const first = index === 0;
  const block = first ? page.front.block : "";
  return {
    origin_collection: context.collection,
    origin_path: page.path,
    origin_hash: page.hash,
    ...(page.parts.length > 1 ? { origin_part: index } : {}),
    ...(block === "" ? {} : { front_matter: { block, unknown: first ? unknown : {} } }),
    ...(attachments.length === 0 ? {} : { attachments: attachments.map(memberOf) }),
  };
}

/**
 * The edit that brings a record up to a file that has changed. Only what the file says differently
 * from before is written, and as somebody who has not seen what was edited here since the last
 * import: both meet as concurrent writes. A sentence where that would lose somebody's words.
 */
export function changedRecord(
  context: EditContext,
  planned: PlannedPart,
  id: RecordId,
): RecordEdit | string {
  const { page, part } = planned;
  const now = context.store.get(id);
  const last = lastImport(context, id);
  if (now === undefined || last === undefined) return "The record cannot be read.";
  const before = context.store.get(id, last.revision) ?? now;
  const old = readFrontMatter(blockIn(before.fields));
  const oldFields = mapFields(old.values, before.type, context.resolve).fields;
  const mapped = mapFields(page.front.values, before.type, context.resolve);
  const fields: Record<string, Json> = {};
  for (const name of new Set([...Object.keys(oldFields), ...Object.keys(mapped.fields)])) {
    const value = mapped.fields[name] ?? null;
    if (!sameJson(oldFields[name] ?? null, value)) fields[name] = value;
  }
  const titleField = recordTypeOf(before.type)?.titleField ?? "title";
  delete fields[titleField];
  const oldTitle = page.parts.length > 1 ? before.title : oldTitleOf(context, planned, before);
  if (oldTitle !== part.name) fields[titleField] = part.name;
  Object.assign(fields, originFields(context, planned, mapped.unknown));
  if (blockIn(before.fields) !== "" && fields["front_matter"] === undefined) {
    fields["front_matter"] = null;
  }
  fields["attachments"] = joined(membersIn(now.fields), planned.attachments);
  const edit = { id, type: before.type, fields };
  if (now.conflicts.some((conflict) => conflict.path === "body")) return undecided;
  return meetEdits(context, { edit, part, last, before, now });
}

type Meeting = {
  readonly edit: RecordEdit;
  readonly part: PagePart;
  readonly last: LastImport;
  readonly before: Pick<RecordView, "body" | "version">;
  readonly now: Pick<RecordView, "body" | "version">;
};

const undecided =
  "Two versions of the page stand side by side here and wait for somebody to decide, so the file's changes were not added to them. Settle that first and import again.";

/**
 * Where the text that the last import brought stands by itself, the new text continues it there,
 * and meets what was edited here since. Where earlier edits are mixed into it, the texts are merged.
 */
function meetEdits(context: EditContext, meeting: Meeting): RecordEdit | string {
  const { edit, part, last, before, now } = meeting;
  const { db, log } = context;
  const reader = createTextReader({ db, record: edit.id, changeOf: (one) => log.get(db, one) });
  const imported = last.text === undefined ? before.body : reader.textOf("body", last.text);
  if (imported === before.body) return { ...edit, body: part.body, base: before.version };
  const merged = mergeTexts(imported, now.body, part.body);
  if (merged.clean) return { ...edit, body: merged.text, base: now.version };
  return "The file and the page here were changed in the same places, and before that already; nothing was overwritten. Bring the file's changes into the page by hand.";
}

/**
 * The edit that brings a record up to an exported file which names it by its id; undefined when the
 * record says all that already. The record stays at home here: it gets no origin.
 */
export function namedRecord(
  context: EditContext,
  page: Page,
  now: RecordView,
): RecordEdit | undefined {
  const { fields: mapped } = mapFields(page.front.values, page.type, context.resolve);
  const fields = Object.fromEntries(
    Object.entries(mapped).filter(([name, value]) => !saysSame(now.fields[name] ?? null, value)),
  );
  const { body } = page.front;
  if (Object.keys(fields).length === 0 && body === now.body) return undefined;
  return { id: now.id, type: now.type, fields, body, base: now.version };
}

/** Whether two values say the same, whatever the ids of elements and the order of members. */
function saysSame(one: Json, other: Json): boolean {
  return sameJson(withoutIds(one), withoutIds(other));
}

function withoutIds(value: Json): Json {
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => withoutIds(item));
    return items.every((item) => typeof item === "string") ? items.toSorted() : items;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([name]) => name !== "id");
  return Object.fromEntries(entries.map(([name, item]) => [name, withoutIds(item)]));
}

type LastImport = { readonly revision: number; readonly text: ChangeId | undefined };

/** The last change that an import made: its place in the history, and the text it brought. */
function lastImport({ log, db }: EditContext, id: RecordId): LastImport | undefined {
  let found: LastImport | undefined;
  let text: ChangeId | undefined;
  for (const [index, change] of standingChanges({ log, db }, id).entries()) {
    const known = change.writes.filter(isKnownWrite);
    if (!known.some((write) => write.path === "origin_hash")) continue;
    if (known.some((write) => write.kind === "text" && write.path === "body")) text = change.id;
    found = { revision: index + 1, text };
  }
  return found;
}

/** The front matter's block that a record carries; "" where it has none. */
export function blockIn(fields: Readonly<Record<string, Json>>): string {
  const kept = fields["front_matter"];
  const block = isObject(kept) ? kept["block"] : undefined;
  return typeof block === "string" ? block : "";
}

/** The title that the file gave the record at the last import. */
function oldTitleOf(
  { collection }: EditContext,
  { page }: PlannedPart,
  before: {
    readonly title: string;
    readonly body: string;
    readonly type: string;
    readonly fields: Readonly<Record<string, Json>>;
  },
): string {
  const { values } = readFrontMatter(blockIn(before.fields));
  const heading = /^#[ \t]+(.*)$/mu.exec(before.body)?.[1] ?? null;
  const told = titleOfPage(values, before.type, {
    heading,
    navTitle: undefined,
    path: page.path,
    collection,
  });
  return told === page.title ? page.title : before.title;
}

function joined(held: readonly Attachment[], found: readonly Attachment[]): Json {
  const named = new Set(found.map(({ href }) => href));
  return [...held.filter(({ href }) => !named.has(href)), ...found].map(memberOf);
}
