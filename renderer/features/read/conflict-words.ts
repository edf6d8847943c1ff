/** The places and values of a conflict in words: which step, which part, and what differs in a text. */
import { fieldLabel, type Names, valueText } from "#renderer/ui/field-text.ts";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import type { Field } from "#shared/domain/field.ts";
import { isObject, type Json, sameJson } from "#shared/domain/json.ts";
import { readPath } from "#shared/domain/path.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { type DiffRun, wordDiff } from "#shared/domain/word-diff.ts";

type Conflict = RecordView["conflicts"][number];

/** A value as words, or what it says differently from the one that is shown. */
export type Words =
  | { readonly kind: "plain"; readonly text: string }
  | { readonly kind: "compared"; readonly runs: readonly DiffRun[] };

/** Texts longer than this are shown as what differs, with some words around it. */
const longest = 160;
const around = 60;

/** Which place of the record it is: `Steps: 2`, `Handoff: Trigger`, `Risk tier`. */
export function conflictLabel(record: RecordView, { path }: Conflict): string {
  const declared = fieldsOf(record);
  const place = readPath(path);
  if (place.field === "body") return "Text";
  const label = fieldLabel(declared, place.field);
  switch (place.kind) {
    case "field":
      return label;
    case "part":
      return `${label}: ${fieldLabel(inner(declared[place.field]), place.part)}`;
    case "element": {
      const list = record.fields[place.field];
      const elements: readonly Json[] = Array.isArray(list) ? list : [];
      const at = elements.findIndex((one) => isObject(one) && one["id"] === place.element);
      return at < 0 ? label : `${label}: number ${(at + 1).toString()}`;
    }
  }
}

/** The values in words, in their order. */
export function conflictWords(record: RecordView, conflict: Conflict): readonly Words[] {
  const field = fieldAt(fieldsOf(record), conflict.path);
  const names: Names = new Map(record.references.map(({ id, title }) => [String(id), title]));
  const first = conflict.values[0]?.value;
  const texts = conflict.values.map(({ value }) => {
    const words = valueText(field, value, names);
    return words === "" ? emptyWords(conflict.path) : words;
  });
  const [shown = ""] = texts;
  return conflict.values.map(({ value }, index) => {
    const text = texts[index] ?? "";
    if (index > 0 && sameJson(value ?? null, first ?? null)) {
      return { kind: "plain", text: "The same words at another place in the list" };
    }
    if (index === 0 || Math.max(shown.length, text.length) <= longest) {
      return { kind: "plain", text: cut(text) };
    }
    return { kind: "compared", runs: shortened(wordDiff(shown, text)) };
  });
}

function emptyWords(path: string): string {
  return readPath(path).kind === "element" ? "(removed)" : "(nothing)";
}

type Fields = Readonly<Record<string, Field>>;

function fieldsOf({ type }: RecordView): Fields {
  return recordTypeOf(type)?.fields ?? {};
}

function inner(field: Field | undefined): Fields {
  return field !== undefined && "fields" in field ? field.fields : {};
}

/** What is declared for the path; an element of a list reads as a group of its fields. */
function fieldAt(declared: Fields, path: string): Field | undefined {
  const place = readPath(path);
  const field = declared[place.field];
  if (place.kind === "part") return inner(field)[place.part];
  if (place.kind === "element" && field?.kind === "list") return { ...field, kind: "group" };
  return field;
}

function cut(text: string): string {
  return text.length <= 2 * longest ? text : `${text.slice(0, longest).trimEnd()} …`;
}

/** Long stretches that both have are shortened to the words next to a difference. */
function shortened(runs: readonly DiffRun[]): readonly DiffRun[] {
  return runs.map((run, index) => {
    if (run.kind !== "same" || run.text.length <= 2 * around + 3) return run;
    const start = index === 0 ? "" : run.text.slice(0, around).trimEnd();
    const end = index === runs.length - 1 ? "" : run.text.slice(-around).trimStart();
    return { kind: "same", text: `${start} … ${end}` };
  });
}
