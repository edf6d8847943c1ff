/** Every link that a record's Markdown holds: the body's, then those of its other texts. */
import type { Field } from "#shared/domain/field.ts";
import { isObject, type Json } from "#shared/domain/json.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import type { MarkdownLink } from "#shared/markdown/extract.ts";
import { extractMarkdown } from "#shared/markdown/extract-markdown.ts";
import type { ProjectedRecord } from "../projections/projector.ts";

/** In the order of the page; the instruction of a step counts as much as the body. */
export function linksIn(record: ProjectedRecord): readonly MarkdownLink[] {
  const fields = Object.entries(recordTypeOf(record.type)?.fields ?? {});
  const texts = fields.flatMap(([name, field]) => markdownIn(field, record.fields[name]));
  return [...record.extract().links, ...texts.flatMap((text) => extractMarkdown(text).links)];
}

function markdownIn(field: Field, value: Json | undefined): readonly string[] {
  if (field.kind === "markdown") return typeof value === "string" ? [value] : [];
  if (field.kind !== "group" && field.kind !== "list") return [];
  const elements: readonly Json[] = Array.isArray(value) ? value : [value ?? null];
  return elements
    .filter(isObject)
    .flatMap((element) =>
      Object.entries(field.fields).flatMap(([name, inner]) => markdownIn(inner, element[name])),
    );
}
