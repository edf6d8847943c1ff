/**
 * What a field may hold, as a zod schema made from its declaration. Its messages end a sentence that
 * begins with the field's label: "Risk tier" + "must be one of minimal, limited, high, prohibited."
 * Null clears any field. Only what a person writes is held to this: what an import or another
 * version brought stays as it is.
 */
import { z } from "zod";
import type { Field } from "./field.ts";
import { recordIdSchema } from "./ids.ts";
import { type Json, jsonSchema } from "./json.ts";
import { nearNames } from "./near-names.ts";

const longestLine = 10_000;

/** Declarations are made once; so is the schema of each. */
const schemas = new WeakMap<Field, z.ZodType<Json>>();

/** The schema of the field's value; null is allowed, since it clears the field. */
export function fieldSchema(field: Field): z.ZodType<Json> {
  const known = schemas.get(field);
  if (known !== undefined) return known;
  const schema = filled(field).nullable();
  schemas.set(field, schema);
  return schema;
}

function filled(field: Field): z.ZodType<Json> {
  switch (field.kind) {
    case "line":
      return line();
    case "markdown":
      return z.string("must be text");
    case "date":
      return z
        .string("must be a date like 2026-11-30")
        .refine(isDate, "must be a date like 2026-11-30");
    case "url":
      return z.string("must be a web address").refine(isAddress, addressMessage);
    case "flag":
      return z.boolean("must be true or false");
    case "number":
      return numberSchema(field);
    case "choice":
      return choice(field.options);
    case "choices":
      return z.array(choice(field.options), "must be a list of choices");
    case "reference":
      return recordReference();
    case "references":
      return z.array(recordReference(), "must be a list of record ids");
    case "tags":
    case "lines":
      return z.array(
        line().refine((text) => text.trim() !== "", "must not have empty entries"),
        "must be a list of texts",
      );
    case "attachments":
    case "object":
      return jsonSchema;
    case "group":
      return groupSchema(field.fields);
    case "list":
      return z.array(groupSchema(field.fields, ["id"]), "must be a list");
  }
}

function line() {
  return z
    .string("must be text")
    .max(longestLine, `must be at most ${longestLine.toLocaleString("en")} characters long`)
    .refine((text) => !/[\n\v\f\r\u0085\u2028\u2029]/u.test(text), "must be one line")
    .refine((text) => !/[\p{Cc}--\t]/v.test(text), "must not hold control characters")
    .refine((text) => text.isWellFormed(), "holds half of a character");
}

function numberSchema(field: Extract<Field, { kind: "number" }>): z.ZodType<Json> {
  const { min, max } = field;
  const message = `must be ${rangeInWords(min, max)}`;
  return z
    .number(message)
    .refine((value) => (min ?? value) <= value && value <= (max ?? value), message);
}

function rangeInWords(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return `a number from ${min} to ${max}`;
  if (min !== undefined) return `a number of at least ${min}`;
  return max === undefined ? "a number" : `a number of at most ${max}`;
}

function choice(options: readonly { readonly value: string }[]) {
  const values = options.map((option) => option.value);
  return z.enum(values, `must be one of ${values.join(", ")}`);
}

function recordReference() {
  return z
    .string("must be the id of a record")
    .refine((text) => recordIdSchema.safeParse(text).success, "must be the id of a record");
}

function groupSchema(
  fields: Readonly<Record<string, Field>>,
  besides: readonly string[] = [],
): z.ZodType<Json> {
  return z
    .record(z.string(), jsonSchema, "must be a group of fields")
    .superRefine((value, context) => {
      for (const [name, item] of Object.entries(value)) {
        if (besides.includes(name)) continue;
        const problem = partProblem(fields, name, item);
        if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
      }
    });
}

function partProblem(
  fields: Readonly<Record<string, Field>>,
  name: string,
  item: Json,
): string | undefined {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field === undefined) return `has no part "${name}"${didYouMean(name, Object.keys(fields))}`;
  const parsed = fieldSchema(field).safeParse(item);
  if (parsed.success) return undefined;
  return `is not right: ${field.label} ${parsed.error.issues[0]?.message ?? "is not valid"}`;
}

/** `; did you mean a, b?` or nothing, to end a sentence about an unknown name with. */
export function didYouMean(typed: string, names: readonly string[]): string {
  const near = nearNames(typed, names);
  return near.length === 0 ? "" : `; did you mean ${near.join(" or ")}?`;
}

function isDate(text: string): boolean {
  return (
    z.iso.date().safeParse(text).success || z.iso.datetime({ offset: true }).safeParse(text).success
  );
}

const addressMessage = "must be a web address that starts with https://, http:// or mailto:";

function isAddress(text: string): boolean {
  return /^(?:https?:\/\/[^\s/]|mailto:[^\s@]+@)\S*$/iu.test(text);
}
