/** Refuses references to records that do not exist or are of another type than the field asks for. */
import type { Field } from "#shared/domain/field.ts";
import type { Json } from "#shared/domain/json.ts";
import type { Fields } from "#shared/domain/record-fields.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { recordTypes } from "#shared/domain/record-types.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Readable } from "../db/database.ts";
import { readReferences } from "./read-references.ts";

/** Looks at the references that stand in fields of their own; deeper ones are kept as they are. */
export function checkReferences(db: Readable, type: string, fields: Fields): void {
  const declared = recordTypeOf(type)?.fields;
  if (declared === undefined) return;
  for (const [name, value] of Object.entries(fields)) {
    const field = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (field?.kind === "reference" || field?.kind === "references") check(db, field, value);
  }
}

type ReferenceField = Extract<Field, { kind: "reference" | "references" }>;

function check(db: Readable, field: ReferenceField, value: Json): void {
  const list: readonly Json[] = Array.isArray(value) ? value : [value];
  const ids = list.filter((id) => typeof id === "string");
  const found = new Map<string, string>(
    readReferences(db, ids).map((reference) => [reference.id, reference.type]),
  );
  const wanted = field.to === "any" ? "record" : recordTypes[field.to].label.toLowerCase();
  for (const id of ids) {
    const type = found.get(id);
    if (type !== undefined && (field.to === "any" || field.to === type)) continue;
    const what = type === undefined ? "no record has the id" : `the record is no ${wanted}:`;
    throw new ExpectedFailure(
      "invalid_field",
      `${field.label} must be a ${wanted} of this workspace, but ${what} ${id}.`,
    );
  }
}
