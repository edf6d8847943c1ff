/**
 * Lines before Markdown: MkDocs notes rewritten as block quotes, and a long text cut where cutting
 * changes nothing. Parsing takes more than twice the time for twice the text, so pieces of a few
 * kilobytes keep a megabyte bearable, and a piece that did not change need not be parsed again.
 */

/** A piece of the text; `plain` where it is too long or too deep to be read as Markdown. */
export type Chunk = { readonly text: string; readonly line: number; readonly plain: boolean };

const wanted = 6_000;
const longest = 32_000;
const longestFence = 200_000;
const deepestIndent = 96;
const mostContainers = 40;

const listItem = /^(?:[-*+]|\d{1,9}[.)])(?:\s|$)/u;
const containers = /^(?:[ \t]*(?:>|[-*+](?=\s)|\d{1,9}[.)](?=\s)))+/u;

/** Follows fences, comments and raw blocks down the lines, in which nothing else counts. */
function createFence(): (line: string) => boolean {
  let until: RegExp | null = null;
  return (line) => {
    if (until !== null) {
      if (until.test(line)) until = null;
      return true;
    }
    const fence = /^\s*(?:[-*+>]\s+|\d{1,9}[.)]\s+)*(?<mark>`{3,}|~{3,})(?<rest>.*)$/u.exec(line);
    const mark = fence?.groups?.mark;
    if (mark !== undefined && !(mark.startsWith("`") && fence?.groups?.rest?.includes("`"))) {
      until = new RegExp(`^[\\s>]*${mark.charAt(0)}{${mark.length},}\\s*$`, "u");
      return true;
    }
    const raw = /^ {0,3}<(?<tag>!--|script|pre|style|textarea)/iu.exec(line)?.groups?.tag;
    if (raw === undefined) return false;
    const end = raw === "!--" ? /-->/u : /<\/(?:script|pre|style|textarea)>/iu;
    if (!end.test(line)) until = end;
    return true;
  };
}

/** Cuts a text at block boundaries; joined with line feeds the pieces are the text again. */
export function splitChunks(text: string): readonly Chunk[] {
  const chunks: Chunk[] = [];
  const inFence = createFence();
  let lines: string[] = [];
  let size = 0;
  let start = 1;
  let blankBefore = true;
  const flush = () => {
    if (lines.length > 0) chunks.push(toChunk(lines, start));
    start += lines.length;
    lines = [];
    size = 0;
  };
  for (const line of text.split("\n")) {
    const fenced = inFence(line);
    const opensBlock = blankBefore && /^\S/u.test(line);
    const cut = opensBlock && (!listItem.test(line) || size > longest / 2);
    if (size >= wanted && (cut || (/^#{1,6}\s/u.test(line) && !fenced))) flush();
    lines.push(line);
    size += line.length + 1;
    blankBefore = !fenced && line.trim() === "";
  }
  flush();
  return chunks;
}

function toChunk(lines: readonly string[], line: number): Chunk {
  const text = lines.join("\n");
  return { text, line, plain: isTooMuch(lines, text.length) };
}

/** A fence of any length is cheap; a paragraph, a table or a nest of quotes is not. */
function isTooMuch(lines: readonly string[], size: number): boolean {
  const isFence = /^(?:`{3,}|~{3,})/u.test(lines[0] ?? "");
  if (size > (isFence ? longestFence : longest)) return true;
  return lines.some((line) => {
    const prefix = containers.exec(line)?.[0] ?? "";
    if (prefix.length > 0 && indentOf(line) > deepestIndent) return true;
    return prefix.replaceAll(/[^>+*\-.)]/gu, "").length > mostContainers;
  });
}

/** Definitions that any piece may refer to: links by their label, footnotes by their name. */
export type Definitions = {
  readonly links: ReadonlyMap<string, string>;
  readonly notes: ReadonlySet<string>;
};

/** Finds the link and footnote definitions of the whole text; the first of a label counts. */
export function findDefinitions(text: string): Definitions {
  const links = new Map<string, string>();
  const notes = new Set<string>();
  const inFence = createFence();
  for (const line of text.split("\n")) {
    if (inFence(line) || !line.includes("]:")) continue;
    const match = /^ {0,3}\[(?<label>[^\]]{1,200})\]:\s*(?<rest>\S.*)?$/u.exec(line)?.groups;
    const label = match?.label?.trim().toLowerCase();
    if (label === undefined || label === "") continue;
    if (label.startsWith("^")) notes.add(label);
    else if (match?.rest !== undefined && !links.has(label)) links.set(label, line.trim());
  }
  return { links, notes };
}

/** The definitions that a piece refers to, as lines to put before it. */
export function definitionsFor(chunk: string, definitions: Definitions): string {
  if (definitions.links.size + definitions.notes.size === 0) return "";
  const used = new Set<string>();
  for (const match of chunk.matchAll(/\[(?<label>[^[\]]{1,200})\]/gu)) {
    const label = match.groups?.label?.trim().replaceAll(/\s+/gu, " ").toLowerCase() ?? "";
    const line = definitions.links.get(label);
    if (line !== undefined) used.add(line);
    if (definitions.notes.has(label)) used.add(`[${label}]: -`);
  }
  return used.size === 0 ? "" : `${[...used].join("\n\n")}\n\n`;
}

const admonition =
  /^(?<indent>\s*)(?:!!!|\?\?\?\+?)\s+(?<kind>[A-Za-z][\w-]*)(?:\s+"(?<title>[^"]*)")?\s*$/u;

/**
 * Rewrites MkDocs notes (`!!! note "Title"` over an indented block) as quotes that start with
 * `[!note] Title`, line for line.
 */
export function quoteAdmonitions(text: string, depth = 0): string {
  if (depth > 4 || !/^[ \t]*(?:!!!|\?\?\?)/mu.test(text)) return text;
  const lines = text.split("\n");
  const out: string[] = [];
  const inFence = createFence();
  let inList = false;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const match = inFence(line) ? null : admonition.exec(line);
    if (listItem.test(line.trimStart())) inList = true;
    else if (/^\S/u.test(line)) inList = false;
    const indent = match?.groups?.indent ?? "";
    if (match === null || (indent.length > 3 && !inList)) {
      out.push(line);
      continue;
    }
    const end = endOfIndented(lines, index + 1, indent.length + 4);
    const inner = lines.slice(index + 1, end).map((inside) => inside.slice(indent.length + 4));
    const title = match.groups?.title ?? "";
    out.push(`${indent}> [!${match.groups?.kind ?? "note"}] ${title}`.trimEnd());
    for (const inside of quoteAdmonitions(inner.join("\n"), depth + 1).split("\n")) {
      if (inner.length > 0) out.push(`${indent}> ${inside}`.trimEnd());
    }
    index = end - 1;
  }
  return out.join("\n");
}

/** The index after the last line of a block that is indented by at least `indent` columns. */
function endOfIndented(lines: readonly string[], from: number, indent: number): number {
  let end = from;
  for (let index = from; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    if (line.trim() === "") continue;
    if (indentOf(line) < indent) break;
    end = index + 1;
  }
  return end;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
