/** What is being written: fields and text, and what of it differs from where the writing started. */
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { type Json, sameJson } from "#shared/domain/json.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";

export type Fields = Readonly<Record<string, Json>>;
export type Content = { readonly fields: Fields; readonly body: string };

/** The record as a starting point; a new record starts from nothing. */
export function contentOf(record: RecordView | undefined): Content {
  return { fields: record?.fields ?? {}, body: record?.body ?? "" };
}

/** The fields that differ, as `edit` takes them: null clears. */
export function changedFields(from: Fields, to: Fields): Record<string, Json> {
  const names = new Set([...Object.keys(from), ...Object.keys(to)]);
  const changed: Record<string, Json> = {};
  for (const name of names) {
    const before = settled(from[name]);
    const after = settled(to[name]);
    if (!sameJson(before, after)) changed[name] = after;
  }
  return changed;
}

/** Nothing, in whichever way a form writes it, is null. */
function settled(value: Json | undefined): Json {
  if (value === undefined || value === "") return null;
  if (Array.isArray(value) && value.length === 0) return null;
  return value;
}

/** Whether anything was written that is worth keeping. */
export function isChanged(from: Content, to: Content): boolean {
  return from.body !== to.body || Object.keys(changedFields(from.fields, to.fields)).length > 0;
}

/** The field that names a record of the type. */
export function titleFieldOf(type: string): string {
  return recordTypeOf(type)?.titleField ?? "title";
}

/** The title as it stands. */
export function titleOf(type: string, { fields }: Content): string {
  const title = fields[titleFieldOf(type)];
  return typeof title === "string" ? title : "";
}
