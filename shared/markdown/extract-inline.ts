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

function readInline(source: string, context: Context): string {
  const parts: string[] = [];
  const brackets: Bracket[] = [];
  let delimiters: Delimiter[] = [];
  let at = 0;

  function take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match !== null) at += match[0].length;
    return match;
  }

  function literal(length = 1): void {
    parts.push(source.slice(at, at + length));
    at += length;
  }

  function readCode(): void {
    const ticks = /`+/uy;
    ticks.lastIndex = at;
    const mark = ticks.exec(source)?.[0] ?? "`";
    codeTicks.lastIndex = at + mark.length;
    for (let close = codeTicks.exec(source); close !== null; close = codeTicks.exec(source)) {
      if (close[0].length !== mark.length) continue;
      const inner = source.slice(at + mark.length, close.index).replaceAll("\n", " ");
      const padded = inner.startsWith(" ") && inner.endsWith(" ") && inner.trim() !== "";
      parts.push(padded ? inner.slice(1, -1) : inner);
      at = close.index + mark.length;
      return;
    }
    literal(mark.length);
  }

  function openBracket(image: boolean): void {
    brackets.push({
      part: parts.length,
      at: at + (image ? 2 : 1),
      image,
      delimiters: delimiters.length,
      links: context.links.length,
      active: true,
    });
    literal(image ? 2 : 1);
  }

  function readOpening(): void {
    if (source.startsWith("[[", at)) {
      const match = take(wikilink);
      if (match !== null) {
        const inner = match[1] ?? "";
        const { label: words } = parseWikilink(inner);
        context.links.push({ href: inner, text: words, kind: "wikilink" });
        parts.push(words);
        return;
      }
    }
    if (source.startsWith("[^", at)) {
      footnote.lastIndex = at;
      const match = footnote.exec(source);
      if (match !== null && context.footnotes.has(foldLabel(match[1] ?? ""))) {
        at += match[0].length;
        return;
      }
    }
    openBracket(false);
  }

  /** The destination of the link whose text ends at `]`; moves past it. */
  function readDestination(open: Bracket): string | null {
    const text = source.slice(open.at, at);
    at += 1;
    if (source.charAt(at) === "(") {
      const match = take(destination);
      if (match !== null) return match[1] ?? match[2] ?? match[3] ?? "";
    }
    if (context.definitions.size === 0 || text.length > longestLabel) return null;
    if (source.charAt(at) === "[") {
      label.lastIndex = at;
      const match = label.exec(source);
      if (match !== null) {
        const named = context.definitions.get(foldLabel(match[1] === "" ? text : (match[1] ?? "")));
        if (named !== undefined) {
          at += match[0].length;
          return named;
        }
        if (match[1] !== "") return null;
      }
    }
    return context.definitions.get(foldLabel(text)) ?? null;
  }

  function closeBracket(): void {
    const open = brackets.pop();
    if (open === undefined || !open.active) {
      literal();
      return;
    }
    const start = at;
    const href = readDestination(open);
    if (href === null) {
      at = start;
      literal();
      return;
    }
    closeEmphasis(parts, delimiters.splice(open.delimiters));
    parts[open.part] = "";
    const text = parts.slice(open.part).join("");
    addLink(open, href, text);
    if (open.image) return;
    // A link holds no link; brackets below one that is switched off are off already.
    for (let index = brackets.length - 1; index >= 0; index -= 1) {
      const earlier = brackets[index];
      if (earlier === undefined || !earlier.active) return;
      if (!earlier.image) earlier.active = false;
    }
  }

  function addLink(open: Bracket, href: string, text: string): void {
    const folded = text.replaceAll(/\s+/gu, " ").trim();
    const inside = context.links.splice(open.links);
    if (href.startsWith("{%")) {
      const found: MarkdownLink[] = [];
      readTemplateTags(href, found);
      const tail = href.slice(href.indexOf("%}") + 2);
      for (const link of found) {
        context.links.push({ ...link, href: link.href + tail, text: folded });
      }
    } else {
      const kind = open.image ? "image" : "link";
      context.links.push({ href: unescape(href), text: folded, kind });
    }
    context.links.push(...inside);
  }

  function readAngle(): void {
    const address = take(autolink);
    if (address !== null) {
      const href = address[1] ?? "";
      const mail = !/^[A-Za-z][A-Za-z0-9+.-]{1,31}:/u.test(href);
      context.links.push({ href: mail ? `mailto:${href}` : href, text: href, kind: "link" });
      parts.push(href);
      return;
    }
    const tag = take(inlineTag);
    if (tag === null) literal();
    else {
      if (tag[0].includes("{%")) readTemplateTags(tag[0], context.links);
      readTag(tag[0], context.links);
    }
  }

  function readSpecial(): void {
    const character = source.charAt(at);
    switch (character) {
      case "\\": {
        const next = source.charAt(at + 1);
        if (next === "\n") parts.push(" ");
        else if (escapable.test(next)) parts.push(next);
        else return literal();
        at += 2;
        return;
      }
      case "`":
        return readCode();
      case "*":
      case "_":
      case "~": {
        const delimiter = newDelimiter(source, at, parts.length);
        if (delimiter.opens || delimiter.closes) delimiters.push(delimiter);
        return literal(delimiter.count);
      }
      case "[":
        return readOpening();
      case "]":
        return closeBracket();
      case "!":
        return source.charAt(at + 1) === "[" ? openBracket(true) : literal();
      case "<":
        return readAngle();
      case "&": {
        const match = take(entity);
        if (match === null) literal();
        else parts.push(decodeEntity(match[0]));
        return;
      }
      case "{": {
        const match = source.startsWith("{%", at) ? take(template) : null;
        if (match === null) return literal();
        readTemplateTags(match[0], context.links);
        parts.push(match[0]);
        return;
      }
      default:
        parts.push(" ");
        at += 1;
        while (source.charCodeAt(at) === 32) at += 1;
    }
  }

  while (at < source.length) {
    special.lastIndex = at;
    const next = special.exec(source)?.index ?? source.length;
    if (next > at) parts.push(source.slice(at, next));
    at = next;
    if (at < source.length) readSpecial();
  }
  closeEmphasis(parts, delimiters);
  delimiters = [];
  return parts
    .join("")
    .replace(/^\[[ xX]\] /u, "")
    .replaceAll(/ {2,}/gu, " ")
    .trim();
}

function unescape(href: string): string {
  if (!href.includes("\\") && !href.includes("&")) return href;
  return href
    .replaceAll(/\\([!-/:-@[-`{-~])/gu, "$1")
    .replaceAll(/&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});/gu, decodeEntity);
}
