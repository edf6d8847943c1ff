/** The short texts by which a record is shown in lists: its title and its opening sentence. */
import type { Fields } from "#shared/domain/record-fields.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { isVisible } from "#shared/domain/visible.ts";

const longestTitle = 500;
const longestOpening = 240;
/** Only the start of a text is looked at: its opening stands there or nowhere. */
const lookedAt = 6000;

/** The record's title; a text without one is called by `heading`, and else "Untitled". */
export function titleOf(type: string, fields: Fields, heading: () => string | null): string {
  const declared = recordTypeOf(type)?.titleField;
  const names = declared === undefined ? ["title", "name", "display_name"] : [declared];
  for (const name of names) {
    const title = oneLine(fields[name]);
    if (title !== "") return title;
  }
  return oneLine(heading()) || "Untitled";
}

function oneLine(value: unknown): string {
  return typeof value === "string" && isVisible(value)
    ? value.replaceAll(/\s+/gu, " ").trim().slice(0, longestTitle)
    : "";
}

/** The form of a title that lists are sorted by: without case and accents. */
export function titleKey(title: string): string {
  return title.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** The summary or abstract field, else the first paragraph of the text, at most 240 characters. */
export function summaryOf(fields: Fields, body: string): string {
  for (const name of ["summary", "abstract", "description"]) {
    const value = fields[name];
    if (typeof value === "string" && value.trim() !== "") return shortened(value);
  }
  return shortened(withoutMarkup(firstParagraph(body.slice(0, lookedAt))));
}

/** Lines that open a text without saying anything: headings, rules, images, markup, templates. */
const notProse =
  /^(?:#|---|===|\*\*\*|___|!\[|\[!\[|<|\{[%{:]|\||!!!|:::|import |export |\[[^\]]+\]:|[*_]{0,2}last updated)/iu;

function firstParagraph(text: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of text.split(/\r?\n/u).map((part) => part.trim())) {
    const mark = /^(?:```|~~~)/u.exec(line)?.[0];
    if (fence === undefined ? mark !== undefined : mark === fence) {
      if (lines.length > 0) break;
      fence = fence === undefined ? mark : undefined;
    } else if (fence === undefined && line !== "" && !notProse.test(line)) {
      lines.push(line);
    } else if (lines.length > 0) {
      // "Title" over "=====" is a heading after all.
      if (!/^(?:=+|-+)$/u.test(line)) break;
      lines.length = 0;
    }
  }
  return lines.join(" ");
}

function withoutMarkup(text: string): string {
  return text
    .replaceAll(/!\[[^\]]*\]\([^)]*\)/gu, "")
    .replaceAll(/\[\[(?:[^\]|]*\|)?([^\]]*)\]\]/gu, "$1")
    .replaceAll(/\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/gu, "$1")
    .replaceAll(/<\/?[a-z][^>]*>/giu, "")
    .replaceAll(/(?:^|\s)(?:>|[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?/gu, " ")
    .replaceAll(/\*\*|__|~~|`/gu, "")
    .replaceAll(/(^|[\s("])[*_]([^\s*_])/gu, "$1$2")
    .replaceAll(/([^\s*_])[*_](?=$|[\s).,;:!?"])/gu, "$1");
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/gu, " ").trim();
  if (line.length <= longestOpening) return line;
  const cut = line.slice(0, longestOpening).toWellFormed();
  const space = cut.lastIndexOf(" ");
  return `${(space > longestOpening / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
