/** Which records a record's fields point to. */
import type { Field } from "./field.ts";
import { type RecordId, recordIdSchema } from "./ids.ts";
import { isObject, type Json } from "./json.ts";
import type { Fields } from "./record-fields.ts";
import { recordTypeOf } from "./record-types.ts";

/** `field` is the name of the record's field, even where the reference stands deep inside it. */
export type FieldReference = { readonly field: string; readonly target: RecordId };

/**
 * Every reference once for each field, in the order of the fields. Fields that no declaration
 * covers (of an unknown type, or of a newer version) count where their text is a record id.
 */
export function referencesIn(type: string, fields: Fields): readonly FieldReference[] {
  const declared = recordTypeOf(type)?.fields ?? {};
  const found: FieldReference[] = [];
  for (const [name, value] of Object.entries(fields)) {
    const field = Object.hasOwn(declared, name) ? declared[name] : undefined;
    for (const target of new Set(targets(field, value))) found.push({ field: name, target });
  }
  return found;
}

function targets(field: Field | undefined, value: Json): readonly RecordId[] {
  switch (field?.kind) {
    case "reference":
    case "references":
    case undefined:
      return everyId(value);
    case "group":
      return inParts(field.fields, value);
    case "list":
      return Array.isArray(value) ? value.flatMap((item: Json) => inParts(field.fields, item)) : [];
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
      return [];
  }
}

function inParts(fields: Readonly<Record<string, Field>>, value: Json): readonly RecordId[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    Object.hasOwn(fields, name) ? targets(fields[name], item) : [],
  );
}

function everyId(value: Json): readonly RecordId[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => everyId(item));
  const id = typeof value === "string" ? recordIdSchema.safeParse(value) : undefined;
  return id?.success ? [id.data] : [];
}
