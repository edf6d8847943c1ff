/** What a record is, made of its folded state and the texts that its versions come to. Pure. */
import { timestampToIso } from "#shared/domain/clock.ts";
import type { Json } from "#shared/domain/json.ts";
import { conflictsOf, fieldsOf, isValueOf } from "#shared/domain/record-fields.ts";
import type { RecordState } from "#shared/domain/record-state.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { removedAt } from "#shared/domain/removal.ts";
import { extractMarkdown } from "#shared/markdown/extract-markdown.ts";
import type { MarkdownExtract } from "#shared/markdown/extract.ts";
import type { ProjectedRecord } from "../projections/projector.ts";
import { titleOf } from "./opening.ts";

/** The path of the text that every type has. */
export const bodyPath = "body";

/** `texts` holds the text at each path of `state.texts`, merged where several heads stand. */
export function projectRecord(
  state: RecordState,
  texts: ReadonlyMap<string, string>,
): ProjectedRecord {
  const fields = { ...fieldsOf(state), ...textFields(state.type, texts) };
  const body = texts.get(bodyPath) ?? "";
  const extract = once(() => extractMarkdown(body));
  return {
    id: state.id,
    type: state.type,
    title: titleOf(state.type, fields, () => extract().title),
    status: textAt(fields, "status") ?? recordTypeOf(state.type)?.statuses?.[0] ?? null,
    departmentId: textAt(fields, "department_id"),
    ownerId: textAt(fields, "owner_id"),
    createdAt: timestampToIso(state.created.at),
    updatedAt: timestampToIso(state.updated.at),
    createdBy: state.created.author,
    updatedBy: state.updated.author,
    removedAt: removedAt(state),
    revision: state.revision,
    fields,
    body,
    contested: () => isContested(state),
    extract,
  };
}

function isContested(state: RecordState): boolean {
  return (
    conflictsOf(state).length > 0 || Object.values(state.texts).some((text) => text.length > 1)
  );
}

function textFields(type: string, texts: ReadonlyMap<string, string>): Record<string, Json> {
  const named = [...texts].filter(
    ([path, text]) => path !== bodyPath && text !== "" && isValueOf(type, path, "text"),
  );
  return Object.fromEntries(named);
}

function textAt(fields: Readonly<Record<string, Json>>, name: string): string | null {
  const value = Object.hasOwn(fields, name) ? fields[name] : null;
  return typeof value === "string" && value !== "" ? value : null;
}

function once(compute: () => MarkdownExtract): () => MarkdownExtract {
  let kept: MarkdownExtract | undefined;
  return () => (kept ??= compute());
}
