/** Reads the inline Markdown of one block: its links, and its words without marks. */
import { foldLabel } from "./extract-blocks.ts";
import { closeEmphasis, type Delimiter, newDelimiter } from "./extract-emphasis.ts";
import { decodeEntity } from "./extract-entities.ts";
import { readTag, readTemplateTags } from "./extract-html.ts";
import type { MarkdownLink } from "./extract.ts";
import { parseWikilink } from "./wikilink.ts";

type Context = {
  readonly definitions: ReadonlyMap<string, string>;
  readonly footnotes: ReadonlySet<string>;
  /** Where found links are added. */
  readonly links: MarkdownLink[];
};

type Bracket = {
  /** Where its mark stands in `parts`, and in the source. */
  readonly part: number;
  readonly at: number;
  readonly image: boolean;
  /** How many delimiters and links there were when it opened. */
  readonly delimiters: number;
  readonly links: number;
  active: boolean;
};

const special = /[\\`*_~[\]!<&{\n]/gu;
const codeTicks = /`+/gu;
const autolink =
  /<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)*)>/uy;
const inlineTag =
  /<(?:[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][\w.:-]{0,200}(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']{0,2000}'|"[^"]{0,2000}"))?)*\s*\/?|\/[A-Za-z][A-Za-z0-9-]*\s*|![A-Za-z][^>]{0,2000}|!--[\s\S]{0,2000}?--|\?[\s\S]{0,2000}?\?)>/uy;
const wikilink = /\[\[([^[\]\n]{1,300})\]\](?![([])/uy;
const footnote = /\[\^([^\]\s]+)\]/uy;
const entity = /&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});/uy;
const template = /\{%[\s\S]{0,2000}?%\}/uy;
const longestLabel = 999;
const escapable = /[!-/:-@[-`{-~]/u;
const label = /\[((?:[^[\]\\]|\\.){0,999})\]/uy;
// Lengths are bounded so that a text full of unclosed marks is read in linear time.
const destination =
  /\([ \t]*\n?[ \t]*(?:<((?:[^<>\n\\]|\\.){0,2000})>|(\{%[^%]{0,2000}%\}[^\s()]{0,2000})|((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.){0,2000}\)){0,2000}\)){0,2000}))(?:[ \t]*\n?[ \t]*(?<=[\s>])(?:"(?:[^"\\]|\\.){0,2000}"|'(?:[^'\\]|\\.){0,2000}'|\((?:[^()\\]|\\.){0,2000}\)))?[ \t]*\n?[ \t]*\)/uy;

/** Returns a reader for the blocks of one document; it answers the words of a block. */
export function createInlineReader(context: Context): (source: string) => string {
  return (source) => {
    if (source.search(special) === -1) return source.trim();
    return readInline(source, context);
  };
}

/** Where the reading of one block stands. */
type Cursor = {
  readonly context: Context;
  readonly source: string;
  /** The words so far; marks that turn out to be marks become "". */
  readonly parts: string[];
  readonly brackets: Bracket[];
  readonly delimiters: Delimiter[];
  at: number;
};

function readInline(source: string, context: Context): string {
  const cursor: Cursor = { context, source, parts: [], brackets: [], delimiters: [], at: 0 };
  while (cursor.at < source.length) {
    special.lastIndex = cursor.at;
    const next = special.exec(source)?.index ?? source.length;
    if (next > cursor.at) cursor.parts.push(source.slice(cursor.at, next));
    cursor.at = next;
    if (next < source.length) readSpecial(cursor);
  }
  closeEmphasis(cursor.parts, cursor.delimiters);
  return cursor.parts
    .join("")
    .replace(/^\[[ xX]\] /u, "")
    .replaceAll(/ {2,}/gu, " ")
    .trim();
}

function readSpecial(cursor: Cursor): void {
  const { source, at } = cursor;
  switch (source.charAt(at)) {
    case "\\":
      return readEscape(cursor);
    case "`":
      return readCode(cursor);
    case "*":
    case "_":
    case "~": {
      const delimiter = newDelimiter(source, at, cursor.parts.length);
      if (delimiter.opens || delimiter.closes) cursor.delimiters.push(delimiter);
      return literal(cursor, delimiter.count);
    }
    case "[":
      return readOpening(cursor);
    case "]":
      return closeBracket(cursor);
    case "!":
      return source.charAt(at + 1) === "[" ? openBracket(cursor, true) : literal(cursor);
    case "<":
      return readAngle(cursor);
    case "&": {
      const match = take(cursor, entity);
      if (match === null) return literal(cursor);
      cursor.parts.push(decodeEntity(match[0]));
      return;
    }
    case "{": {
      const match = source.startsWith("{%", at) ? take(cursor, template) : null;
      if (match === null) return literal(cursor);
      readTemplateTags(match[0], cursor.context.links);
      cursor.parts.push(match[0]);
      return;
    }
    default:
      // A line's end is a space to the reader, and the next line's indentation nothing.
      cursor.parts.push(" ");
      cursor.at += 1;
      while (source.charCodeAt(cursor.at) === 32) cursor.at += 1;
  }
}

/** Moves past what the sticky pattern finds here. */
function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = cursor.at;
  const match = pattern.exec(cursor.source);
  if (match !== null) cursor.at += match[0].length;
  return match;
}

function literal(cursor: Cursor, length = 1): void {
  cursor.parts.push(cursor.source.slice(cursor.at, cursor.at + length));
  cursor.at += length;
}

function readEscape(cursor: Cursor): void {
  const next = cursor.source.charAt(cursor.at + 1);
  if (next !== "\n" && !escapable.test(next)) return literal(cursor);
  cursor.parts.push(next === "\n" ? " " : next);
  cursor.at += 2;
}

function readCode(cursor: Cursor): void {
  const { source, at } = cursor;
  let length = 1;
  while (source.charAt(at + length) === "`") length += 1;
  codeTicks.lastIndex = at + length;
  for (let close = codeTicks.exec(source); close !== null; close = codeTicks.exec(source)) {
    if (close[0].length !== length) continue;
    const inner = source.slice(at + length, close.index).replaceAll("\n", " ");
    const padded = inner.startsWith(" ") && inner.endsWith(" ") && inner.trim() !== "";
    cursor.parts.push(padded ? inner.slice(1, -1) : inner);
    cursor.at = close.index + length;
    return;
  }
  literal(cursor, length);
}

function openBracket(cursor: Cursor, image: boolean): void {
  cursor.brackets.push({
    part: cursor.parts.length,
    at: cursor.at + (image ? 2 : 1),
    image,
    delimiters: cursor.delimiters.length,
    links: cursor.context.links.length,
    active: true,
  });
  literal(cursor, image ? 2 : 1);
}

function readOpening(cursor: Cursor): void {
  const { source, context, at } = cursor;
  if (source.startsWith("[[", at)) {
    const match = take(cursor, wikilink);
    if (match !== null) {
      const inner = match[1] ?? "";
      const { label: text } = parseWikilink(inner);
      context.links.push({ href: inner, text, kind: "wikilink" });
      cursor.parts.push(text);
      return;
    }
  }
  if (source.startsWith("[^", at)) {
    footnote.lastIndex = at;
    const match = footnote.exec(source);
    if (match !== null && context.footnotes.has(foldLabel(match[1] ?? ""))) {
      cursor.at += match[0].length;
      return;
    }
  }
  openBracket(cursor, false);
}

function closeBracket(cursor: Cursor): void {
  const { brackets, parts, at } = cursor;
  const open = brackets.pop();
  const href = open?.active === true ? readDestination(cursor, open) : null;
  if (open === undefined || href === null) {
    cursor.at = at;
    return literal(cursor);
  }
  closeEmphasis(parts, cursor.delimiters.splice(open.delimiters));
  parts[open.part] = "";
  addLink(cursor.context.links, open, { href, text: parts.slice(open.part).join("") });
  if (open.image) return;
  // A link holds no link; brackets below one that is switched off are off already.
  for (let index = brackets.length - 1; index >= 0; index -= 1) {
    const earlier = brackets[index];
    if (earlier === undefined || !earlier.active) return;
    if (!earlier.image) earlier.active = false;
  }
}

/** The destination of the link whose text ends here; moves past it. Null where there is none. */
function readDestination(cursor: Cursor, open: Bracket): string | null {
  const { source, context } = cursor;
  const text = source.slice(open.at, cursor.at);
  cursor.at += 1;
  if (source.charAt(cursor.at) === "(") {
    const match = take(cursor, destination);
    if (match !== null) return match[1] ?? match[2] ?? match[3] ?? "";
  }
  if (context.definitions.size === 0 || text.length > longestLabel) return null;
  if (source.charAt(cursor.at) === "[") {
    label.lastIndex = cursor.at;
    const match = label.exec(source);
    const named = match?.[1] === "" ? text : match?.[1];
    const href = named === undefined ? undefined : context.definitions.get(foldLabel(named));
    if (match !== null && href !== undefined) {
      cursor.at += match[0].length;
      return href;
    }
    if (match !== null && match[1] !== "") return null;
  }
  return context.definitions.get(foldLabel(text)) ?? null;
}

/** Adds the link before those of the images inside it. */
function addLink(
  links: MarkdownLink[],
  open: Bracket,
  found: { readonly href: string; readonly text: string },
): void {
  const text = found.text.replaceAll(/\s+/gu, " ").trim();
  const inside = links.splice(open.links);
  if (found.href.startsWith("{%")) {
    const tags: MarkdownLink[] = [];
    readTemplateTags(found.href, tags);
    const tail = found.href.slice(found.href.indexOf("%}") + 2);
    for (const tag of tags) links.push({ ...tag, href: tag.href + tail, text });
  } else {
    links.push({ href: unescape(found.href), text, kind: open.image ? "image" : "link" });
  }
  links.push(...inside);
}

function readAngle(cursor: Cursor): void {
  const { links } = cursor.context;
  const address = take(cursor, autolink);
  if (address !== null) {
    const text = address[1] ?? "";
    const mail = !/^[A-Za-z][A-Za-z0-9+.-]{1,31}:/u.test(text);
    links.push({ href: mail ? `mailto:${text}` : text, text, kind: "link" });
    cursor.parts.push(text);
    return;
  }
  const tag = take(cursor, inlineTag);
  if (tag === null) return literal(cursor);
  if (tag[0].includes("{%")) readTemplateTags(tag[0], links);
  readTag(tag[0], links);
}

function unescape(href: string): string {
  if (!href.includes("\\") && !href.includes("&")) return href;
  return href
    .replaceAll(/\\([!-/:-@[-`{-~])/gu, "$1")
    .replaceAll(/&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});/gu, decodeEntity);
}
