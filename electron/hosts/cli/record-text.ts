/** A record and a comparison as text for a terminal. */
import type { DiffRun, RecordView } from "#shared/contract/record-shapes.ts";
import type { Json } from "#shared/domain/json.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import type { Paint } from "./terminal.ts";

/** Title, facts, fields, then the text as it was written. */
export function showRecord(record: RecordView, paint: Paint): string {
  const type = recordTypeOf(record.type);
  const facts = [
    type?.label ?? record.type,
    record.status,
    record.department?.title,
    `revision ${record.revision}`,
  ].filter((fact) => fact !== null && fact !== undefined);
  const names = new Map<string, string>(record.references.map(({ id, title }) => [id, title]));
  const fields = Object.entries(record.fields)
    .filter(([name]) => name !== type?.titleField)
    .map(([name, value]) => {
      const label = type?.fields[name]?.label ?? name;
      return `${paint("cyan", label)}: ${showValue(value, names)}`;
    });
  const heading = [paint("bold", record.title), paint("dim", `${facts.join(" · ")}  ${record.id}`)];
  const body = record.body === "" ? [] : ["", record.body.trimEnd()];
  return [...heading, ...fields, ...body].join("\n");
}

function showValue(value: Json, names: ReadonlyMap<string, string>): string {
  if (typeof value === "string") return names.get(value) ?? value;
  if (Array.isArray(value) && value.every((member) => typeof member === "string")) {
    return value.map((member: string) => names.get(member) ?? member).join(", ");
  }
  return JSON.stringify(value);
}

type Difference = {
  readonly body: readonly DiffRun[];
  readonly fields: readonly {
    readonly label: string;
    readonly before: Json;
    readonly after: Json;
    readonly runs: readonly DiffRun[] | null;
  }[];
};

/** Removed words stand in [-…-], added ones in {+…+}; in colour where there is colour. */
export function showDiff(difference: Difference, paint: Paint): string {
  const fields = difference.fields.map(({ label, before, after, runs }) => {
    const change = runs ?? [
      { kind: "removed" as const, text: before === null ? "" : showValue(before, new Map()) },
      { kind: "added" as const, text: after === null ? "" : showValue(after, new Map()) },
    ];
    return `${paint("cyan", label)}: ${showRuns(change, paint)}`;
  });
  const changed = difference.body.some(({ kind }) => kind !== "same");
  const body = changed ? [showRuns(difference.body, paint).trimEnd()] : [];
  const all = [...fields, ...body];
  return all.length === 0 ? "The two revisions say the same." : all.join("\n");
}

function showRuns(runs: readonly DiffRun[], paint: Paint): string {
  return runs
    .filter(({ text }) => text !== "")
    .map(({ kind, text }) => {
      if (kind === "same") return text;
      return kind === "added" ? paint("green", `{+${text}+}`) : paint("red", `[-${text}-]`);
    })
    .join("");
}
