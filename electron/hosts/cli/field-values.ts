/** From `--set field=value` to what the contract's fields take, as each field was declared. */
import { type Field, mergeOf } from "#shared/domain/field.ts";
import { type Json, jsonSchema } from "#shared/domain/json.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { UsageError } from "./outcome.ts";
import { parseId } from "./references.ts";

/** Finds a record of a type by its name or id. */
export type Resolve = (type: string, nameOrId: string) => Promise<string>;

/** The fields to write. `assignments` are as typed; naming a set again adds to it. */
export async function readAssignments(
  type: string,
  assignments: readonly string[],
  resolve: Resolve,
): Promise<Readonly<Record<string, Json>>> {
  const fields = new Map<string, Json>();
  for (const assignment of assignments) {
    const split = assignment.indexOf("=");
    if (split < 1) {
      throw new UsageError(`--set needs field=value; "${assignment}" has no field before a "=".`);
    }
    const { name, field } = declared(type, assignment.slice(0, split).trim());
    const value = await readValue({ name, field, text: assignment.slice(split + 1), resolve });
    const before = fields.get(name);
    if (Array.isArray(before) && Array.isArray(value)) fields.set(name, [...before, ...value]);
    else fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

/** The field's own name: `department` is what people call `department_id`. */
function declared(
  type: string,
  typed: string,
): { readonly name: string; readonly field: Field | undefined } {
  if (typed === "body") throw new UsageError("The text is given by --body, not by --set.");
  const declaration = recordTypeOf(type);
  const fields: Readonly<Record<string, Field>> = declaration?.fields ?? {};
  const name = [typed, `${typed}_id`].find((one) => Object.hasOwn(fields, one));
  const field = name === undefined ? undefined : fields[name];
  if (declaration !== undefined && (name === undefined || field === undefined)) {
    const all = Object.keys(fields).filter((one) => isSettable(one, fields[one]));
    throw new UsageError(
      `A ${declaration.label.toLowerCase()} has no field "${typed}". Its fields: ${all.join(", ")}.`,
    );
  }
  if (!isSettable(name ?? typed, field)) {
    throw new UsageError(`"${typed}" is written by Guildhall itself and cannot be set.`);
  }
  return { name: name ?? typed, field };
}

/** A status has no input among the fields: it is chosen while saving, and here it is set. */
function isSettable(name: string, field: Field | undefined): boolean {
  return field?.readOnly !== true || name === "status";
}

type Assignment = {
  readonly name: string;
  readonly field: Field | undefined;
  readonly text: string;
  readonly resolve: Resolve;
};

async function readValue({ name, field, text, resolve }: Assignment): Promise<Json> {
  if (text === "" || text === "null") return null;
  // A newer version's field: its kind is not known here, so JSON where it is JSON, else the text.
  if (field === undefined) return parseJson(text) ?? text;
  if (mergeOf(field.kind) === "set") {
    const given = parseJson(text);
    const members = Array.isArray(given) ? given.map(String) : membersIn(field, text);
    if (field.kind !== "references") return members;
    return Promise.all(members.map((member) => reference(field.to, member, resolve)));
  }
  switch (field.kind) {
    case "reference":
      return reference(field.to, text, resolve);
    case "number": {
      const number = Number(text);
      if (Number.isFinite(number)) return number;
      throw new UsageError(`${name} is a number; "${text}" is not.`);
    }
    case "flag":
      if (/^(?:true|yes|1)$/iu.test(text)) return true;
      if (/^(?:false|no|0)$/iu.test(text)) return false;
      throw new UsageError(`${name} is true or false; "${text}" is neither.`);
    case "group":
    case "list":
    case "object":
    case "attachments": {
      const value = parseJson(text);
      if (value !== undefined) return value;
      throw new UsageError(`${name} has several parts: give them as JSON.`);
    }
    case "line":
    case "markdown":
    case "date":
    case "url":
    case "choice":
    case "tags":
    case "lines":
    case "choices":
    case "references":
      return text;
  }
}

/** Commas part tags and choices, which hold none; a line or a name may well hold one. */
function membersIn({ kind }: Field, text: string): readonly string[] {
  if (kind !== "tags" && kind !== "choices") return [text];
  return text
    .split(",")
    .map((member) => member.trim())
    .filter((member) => member !== "");
}

async function reference(type: string, text: string, resolve: Resolve): Promise<string> {
  if (type === "any") return parseId(text);
  return resolve(type, text);
}

function parseJson(text: string): Json | undefined {
  try {
    return jsonSchema.parse(JSON.parse(text));
  } catch {
    // Plain text, then.
    return undefined;
  }
}
