/** One Markdown file as it was read: what it is called, what it is, and what it says about itself. */
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import type { Json } from "#shared/domain/json.ts";
import { isRecordTypeName } from "#shared/domain/record-type-name.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { extractMarkdown } from "#shared/markdown/extract-markdown.ts";
import type { MarkdownLink } from "#shared/markdown/extract.ts";
import { folderOf, withoutExtension } from "../../links/place.ts";
import { fileHash } from "../file-hash.ts";
import { type FrontMatter, readFrontMatter } from "../front-matter.ts";
import { bodyHash } from "./fingerprint.ts";
import { oneLine } from "./map-fields.ts";
import { type Part, splitText, type SplitMode } from "./split-text.ts";

/** The read file and what the import was asked to make of it. */
type PageInput = {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly as: string;
  readonly split: SplitMode;
  /** The title that the site's navigation gives it. */
  readonly navTitle: string | undefined;
  readonly collection: string;
};

export type PagePart = Part & {
  /** The title of the record. */
  readonly name: string;
  readonly links: readonly MarkdownLink[];
};

export type Page = {
  readonly path: string;
  /** SHA-256 of the file. */
  readonly hash: string;
  readonly bodyHash: string | null;
  readonly front: FrontMatter;
  readonly type: string;
  /** Whether the file names its record type, as the ones that Guildhall writes do. */
  readonly own: boolean;
  /** The record's id, where a file of our own says it. */
  readonly id: RecordId | undefined;
  readonly title: string;
  readonly parts: readonly PagePart[];
};

/** Reads the file as far as it can be read; nothing in it makes this fail. */
export function readPage(input: PageInput): Page {
  const front = readFrontMatter(input.text);
  const named = oneLine(front.values["type"]) ?? "";
  const own = isRecordTypeName(named);
  const type = own ? named : input.as;
  const pieces = splitText(front.body, own ? "none" : input.split);
  const extracts = pieces.map((piece) => extractMarkdown(piece.body));
  const title = titleOfPage(front.values, type, {
    heading: extracts[0]?.title ?? null,
    navTitle: input.navTitle,
    path: input.path,
    collection: input.collection,
  });
  return {
    path: input.path,
    hash: fileHash(input.bytes),
    bodyHash: bodyHash(front.body),
    front,
    type,
    own,
    id: own ? recordIdSchema.safeParse(front.values["id"]).data : undefined,
    title,
    parts: pieces.map((piece, index) => {
      return { ...piece, name: piece.title ?? title, links: extracts[index]?.links ?? [] };
    }),
  };
}

type TitleSources = {
  readonly heading: string | null;
  readonly navTitle: string | undefined;
  readonly path: string;
  readonly collection: string;
};

/** Front matter, then the first heading unless it is a template's, then the navigation, then the name. */
export function titleOfPage(
  values: Readonly<Record<string, Json>>,
  type: string,
  { heading, navTitle, path, collection }: TitleSources,
): string {
  const field = recordTypeOf(type)?.titleField ?? "title";
  const written = oneLine(values[field]) ?? oneLine(values["title"]);
  const headed = heading === null || /<%|\{\{|\{%/u.test(heading) ? undefined : oneLine(heading);
  return (written ?? headed ?? navTitle ?? titleOfName(path, collection)).slice(0, 500);
}

/** `on-call/README.md` is called "On call", `error_budget.md` "Error budget". */
function titleOfName(path: string, collection: string): string {
  const name = withoutExtension(path.slice(path.lastIndexOf("/") + 1)).replace(/\.[a-z]{2}$/u, "");
  const folder = folderOf(path);
  const called = /^(?:readme|index)$/iu.test(name)
    ? folder.slice(folder.lastIndexOf("/") + 1) || collection
    : name;
  const spaced = called.replaceAll(/[-_\s]+/gu, " ").trim();
  return spaced === "" ? "Untitled" : spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
