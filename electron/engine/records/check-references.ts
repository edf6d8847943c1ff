/**
 * Refuses references to records that do not exist, are in the trash, are of another type than the
 * field asks for, or would close a circle.
 */
import type { RecordId } from "#shared/domain/ids.ts";
import type { Field } from "#shared/domain/field.ts";
import type { Json } from "#shared/domain/json.ts";
import type { Fields } from "#shared/domain/record-fields.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { recordTypes } from "#shared/domain/record-types.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Readable } from "../db/database.ts";
import { statement } from "../db/statement.ts";

type Asked = {
  /** Undefined for a record that is being made. */
  readonly id?: RecordId;
  readonly type: string;
  readonly fields: Fields;
};

/** Looks at the references that stand in fields of their own; deeper ones are kept as they are. */
export function checkReferences(db: Readable, { id, type, fields }: Asked): void {
  const declared = recordTypeOf(type)?.fields;
  if (declared === undefined) return;
  for (const [name, value] of Object.entries(fields)) {
    const field = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (field?.kind === "reference" || field?.kind === "references") check(db, field, value);
    // One of the same type stands above the record: the whole, the manager.
    if (field?.kind === "reference" && field.to === type && id !== undefined) {
      refuseCircle(db, { id, name, label: field.label, above: value });
    }
  }
}

type TargetRow = {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly removed_at: string | null;
};

const targets = statement<[ids: string], TargetRow>(
  `SELECT id, type, title, removed_at FROM record WHERE id IN (SELECT value FROM json_each(?))`,
);
const upward = statement<[{ readonly id: string; readonly field: string }], { target_id: string }>(
  "SELECT target_id FROM reference WHERE record_id = :id AND field = :field",
);

type ReferenceField = Extract<Field, { kind: "reference" | "references" }>;

function check(db: Readable, field: ReferenceField, value: Json): void {
  const list: readonly Json[] = Array.isArray(value) ? value : [value];
  const ids = list.filter((id) => typeof id === "string");
  const found = new Map<string, TargetRow>(
    targets(db)
      .all(JSON.stringify(ids))
      .map((row) => [row.id, row]),
  );
  const wanted = field.to === "any" ? "record" : recordTypes[field.to].label.toLowerCase();
  for (const id of ids) {
    const target = found.get(id);
    const fits = target !== undefined && (field.to === "any" || field.to === target.type);
    if (fits && target.removed_at === null) continue;
    if (fits) {
      throw new ExpectedFailure(
        "invalid_field",
        `${field.label} cannot be “${target.title}”, which is in the trash. Take it back first, or choose another.`,
      );
    }
    const what = target === undefined ? "no record has the id" : `the record is no ${wanted}:`;
    throw new ExpectedFailure(
      "invalid_field",
      `${field.label} must be a ${wanted} of this workspace, but ${what} ${id}.`,
    );
  }
}

type Upward = {
  readonly id: RecordId;
  readonly name: string;
  readonly label: string;
  readonly above: Json;
};

/** Longer chains than any organisation has; one that is no circle may be as long as this. */
const longestChain = 100;

function refuseCircle(db: Readable, { id, name, label, above }: Upward): void {
  let at = above;
  for (let step = 0; step < longestChain && typeof at === "string"; step += 1) {
    if (at === id) {
      throw new ExpectedFailure(
        "invalid_field",
        `${label} would lead back to the record itself. Choose one that does not already stand below it.`,
      );
    }
    at = upward(db).get({ id: at, field: name })?.target_id ?? null;
  }
}
