/**
 * Cuts a Markdown text into blocks in one pass over its lines: headings, paragraphs, table rows,
 * code and HTML, with quotes, lists, footnotes and admonitions as containers around them.
 */
import { isBlank, lineStart, type LineStart, newTableCells, splitCells } from "./extract-lines.ts";

export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly source: string }
  | { readonly kind: "text" | "code" | "html"; readonly source: string }
  | { readonly kind: "row"; readonly cells: readonly string[] };

export type Blocks = {
  readonly blocks: readonly Block[];
  /** Destinations of reference definitions by folded label. */
  readonly definitions: ReadonlyMap<string, string>;
  readonly footnotes: ReadonlySet<string>;
};

type Container = { readonly quote: true } | { readonly quote: false; readonly indent: number };
/** What goes on over several lines: a fence, an HTML block, or nothing. */
type Open =
  | { readonly kind: "fence"; readonly mark: string; readonly depth: number }
  | { readonly kind: "html"; readonly end: RegExp | null; readonly depth: number }
  | { readonly kind: "indented"; readonly depth: number }
  | null;

/** Containers within containers, beyond which marks are text: a line of a million `>` stays cheap. */
const deepest = 100;

/** Labels are compared without case and with white space folded. */
export function foldLabel(label: string): string {
  return label.trim().replaceAll(/\s+/gu, " ").toLowerCase().toUpperCase();
}

/** What the scanner knows between two lines. */
type Scan = {
  readonly blocks: Block[];
  readonly definitions: Map<string, string>;
  readonly footnotes: Set<string>;
  containers: Container[];
  open: Open;
  /** The lines of what is open. */
  collected: string[];
  paragraph: string[];
  blankBefore: boolean;
};

/** Never throws; every line ends up in some block or is a mark of one. */
export function scanBlocks(text: string): Blocks {
  const scan: Scan = {
    blocks: [],
    definitions: new Map(),
    footnotes: new Set(),
    containers: [],
    open: null,
    collected: [],
    paragraph: [],
    blankBefore: true,
  };
  for (let from = 0; from <= text.length;) {
    const newline = text.indexOf("\n", from);
    const end = newline === -1 ? text.length : newline;
    const carriage = end > from && text.charCodeAt(end - 1) === 13;
    readLine(scan, expandTabs(text.slice(from, carriage ? end - 1 : end)));
    from = end + 1;
  }
  endOpen(scan);
  endParagraph(scan);
  return scan;
}

function readLine(scan: Scan, line: string): void {
  const { rest, matched } = matchContainers(line, scan.containers);
  if (continueOpen(scan, rest, matched)) return;
  if (isBlank(rest)) {
    endParagraph(scan);
    scan.containers = scan.containers.slice(0, keptOnBlank(scan.containers, matched));
    scan.blankBefore = true;
    return;
  }
  const outside = matched < scan.containers.length;
  const lazy = outside && scan.paragraph.length > 0 && !scan.blankBefore;
  scan.blankBefore = false;
  if (lazy && lineStart(rest, true).kind === "text") {
    scan.paragraph.push(rest.trimStart());
    return;
  }
  if (outside) {
    endParagraph(scan);
    scan.containers = scan.containers.slice(0, matched);
  }
  readContent(scan, rest);
}

/** Continues what is open with the line; false when the line ends it and must be read anew. */
function continueOpen(scan: Scan, line: string, matched: number): boolean {
  const { open, collected } = scan;
  if (open === null) return false;
  const blank = isBlank(line);
  const left = matched < open.depth && !(blank && open.kind !== "html");
  const over =
    (open.kind === "indented" && !blank && !line.startsWith("    ")) ||
    (open.kind === "html" && open.end === null && blank);
  if (left || over) {
    endOpen(scan);
    return false;
  }
  if (open.kind === "fence" && closesFence(line, open.mark)) {
    endOpen(scan);
    return true;
  }
  collected.push(open.kind === "indented" ? line.slice(4) : line);
  if (open.kind === "html" && open.end?.test(line) === true) endOpen(scan);
  return true;
}

/** Enters the containers that the line begins, then opens or continues the block within. */
function readContent(scan: Scan, given: string): void {
  let line = given;
  for (;;) {
    const start = lineStart(line, scan.paragraph.length > 0);
    if (start.kind !== "container" || scan.containers.length >= deepest) {
      openBlock(scan, start, line);
      return;
    }
    endParagraph(scan);
    const { quote, indent, footnote, title } = start;
    scan.containers.push(quote ? { quote } : { quote, indent });
    if (footnote !== null) scan.footnotes.add(foldLabel(footnote));
    if (title !== "") scan.blocks.push({ kind: "text", source: title });
    line = start.rest;
    if (isBlank(line)) return;
  }
}

function openBlock(scan: Scan, start: LineStart, line: string): void {
  const depth = scan.containers.length;
  if (start.kind === "underline") {
    readUnderline(scan, start.level, line);
    return;
  }
  if (start.kind === "container" || start.kind === "text") {
    scan.paragraph.push(line.trimStart());
    return;
  }
  endParagraph(scan);
  switch (start.kind) {
    case "heading":
      scan.blocks.push({ kind: "heading", level: start.level, source: start.source });
      return;
    case "fence":
      scan.open = { kind: "fence", mark: start.mark, depth };
      return;
    case "html":
      scan.open = { kind: "html", end: start.end, depth };
      scan.collected = [line];
      if (start.end?.test(line) === true) endOpen(scan);
      return;
    case "indented":
      scan.open = { kind: "indented", depth };
      scan.collected = [line.slice(4)];
      return;
    case "rule":
  }
}

/** The line under a paragraph makes it a heading, unless the paragraph was definitions alone. */
function readUnderline(scan: Scan, level: number, line: string): void {
  const lines = takeDefinitions(scan.paragraph, scan.definitions);
  scan.paragraph = lines.length > 0 ? [] : [line.trim()];
  if (lines.length > 0) scan.blocks.push({ kind: "heading", level, source: lines.join("\n") });
}

function endParagraph(scan: Scan): void {
  if (scan.paragraph.length === 0) return;
  const rest = takeDefinitions(scan.paragraph, scan.definitions);
  scan.paragraph = [];
  if (rest.length > 0) pushText(rest, scan.blocks);
}

function endOpen(scan: Scan): void {
  if (scan.open !== null) {
    const kind = scan.open.kind === "html" ? "html" : "code";
    scan.blocks.push({ kind, source: scan.collected.join("\n") });
  }
  scan.open = null;
  scan.collected = [];
}

/** Strips the marks of the containers that go on in this line, and counts them. */
function matchContainers(
  line: string,
  containers: readonly Container[],
): { readonly rest: string; readonly matched: number } {
  let rest = line;
  let matched = 0;
  for (const container of containers) {
    if (container.quote) {
      const mark = /^ {0,3}> ?/u.exec(rest);
      if (mark === null) break;
      rest = rest.slice(mark[0].length);
    } else if (isBlank(rest)) {
      rest = "";
    } else if (indentOf(rest) >= container.indent) {
      rest = rest.slice(container.indent);
    } else break;
    matched += 1;
  }
  return { rest, matched };
}

/** A blank line ends quotes that do not mark it, and nothing else. */
function keptOnBlank(containers: readonly Container[], matched: number): number {
  const quote = containers.findIndex((container, index) => index >= matched && container.quote);
  return quote === -1 ? containers.length : quote;
}

function indentOf(line: string): number {
  let indent = 0;
  while (line.charCodeAt(indent) === 32) indent += 1;
  return indent;
}

/** Tabs before and between marks count to the next multiple of four columns. */
function expandTabs(line: string): string {
  if (!line.includes("\t")) return line;
  const prefix = /^[\s>*+\-\d.)]*/u.exec(line)?.[0] ?? "";
  if (!prefix.includes("\t")) return line;
  let expanded = "";
  for (const character of prefix) {
    expanded += character === "\t" ? " ".repeat(4 - (expanded.length % 4)) : character;
  }
  return expanded + line.slice(prefix.length);
}

function closesFence(line: string, mark: string): boolean {
  const indent = indentOf(line);
  if (indent > 3 || line.charAt(indent) !== mark.charAt(0)) return false;
  const close = line.trim();
  return close.length >= mark.length && close === mark.charAt(0).repeat(close.length);
}

const definition =
  /^\[((?:[^[\]\\]|\\.)+)\]:\s*(?:<([^<>\n]*)>|([^\s<][^\s]*))(?:\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?[ \t]*(?:\n|$)/u;

/** Takes the reference definitions off the start of a paragraph; the first of a label counts. */
function takeDefinitions(lines: readonly string[], into: Map<string, string>): readonly string[] {
  if (lines[0]?.startsWith("[") !== true) return lines;
  let text = lines.join("\n");
  for (;;) {
    const match = definition.exec(text);
    if (match === null || (match[1] ?? "").trim() === "") break;
    const label = foldLabel(match[1] ?? "");
    if (!into.has(label)) into.set(label, match[2] ?? match[3] ?? "");
    text = text.slice(match[0].length);
  }
  return text === "" ? [] : text.split("\n");
}

/** A paragraph becomes text, and rows from where a table starts in it. */
function pushText(lines: readonly string[], blocks: Block[]): void {
  const columns = lines.map((line, index) =>
    index === 0 ? 0 : newTableCells(line, lines[index - 1] ?? ""),
  );
  const ruler = columns.findIndex((count) => count > 0);
  if (ruler === -1) {
    blocks.push({ kind: "text", source: lines.join("\n") });
    return;
  }
  if (ruler > 1) blocks.push({ kind: "text", source: lines.slice(0, ruler - 1).join("\n") });
  const rows = [lines[ruler - 1] ?? "", ...lines.slice(ruler + 1)];
  for (const row of rows) blocks.push({ kind: "row", cells: splitCells(row) });
}
