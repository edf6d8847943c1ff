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

export function scanBlocks(text: string): Blocks {
  const blocks: Block[] = [];
  const definitions = new Map<string, string>();
  const footnotes = new Set<string>();
  let containers: Container[] = [];
  let open: Open = null;
  let collected: string[] = [];
  let paragraph: string[] = [];
  let blankBefore = true;

  function endParagraph(): void {
    if (paragraph.length === 0) return;
    const lines = paragraph;
    paragraph = [];
    const rest = takeDefinitions(lines, definitions);
    if (rest.length > 0) pushText(rest, blocks);
  }

  function endOpen(): void {
    if (open !== null) {
      const kind = open.kind === "html" ? "html" : "code";
      blocks.push({ kind, source: collected.join("\n") });
    }
    open = null;
    collected = [];
  }

  /** Enters the containers that the line begins, then opens or continues the block within. */
  function readContent(given: string): void {
    let line = given;
    for (;;) {
      const start = lineStart(line, paragraph.length > 0);
      if (start.kind === "container" && containers.length < deepest) {
        endParagraph();
        containers.push(start.quote ? { quote: true } : { quote: false, indent: start.indent });
        if (start.footnote !== null) footnotes.add(foldLabel(start.footnote));
        if (start.title !== "") blocks.push({ kind: "text", source: start.title });
        line = start.rest;
        if (isBlank(line)) return;
        continue;
      }
      openBlock(start, line);
      return;
    }
  }

  function openBlock(start: LineStart, line: string): void {
    switch (start.kind) {
      case "heading":
        endParagraph();
        blocks.push({ kind: "heading", level: start.level, source: start.source });
        return;
      case "underline": {
        const lines = takeDefinitions(paragraph, definitions);
        paragraph = [];
        if (lines.length > 0) {
          blocks.push({ kind: "heading", level: start.level, source: lines.join("\n") });
        } else paragraph = [line.trim()];
        return;
      }
      case "rule":
        endParagraph();
        return;
      case "fence":
        endParagraph();
        open = { kind: "fence", mark: start.mark, depth: containers.length };
        return;
      case "html":
        endParagraph();
        open = { kind: "html", end: start.end, depth: containers.length };
        collected = [line];
        if (start.end?.test(line) === true) endOpen();
        return;
      case "indented":
        open = { kind: "indented", depth: containers.length };
        collected = [line.slice(4)];
        return;
      case "container":
      case "text":
        paragraph.push(line.trimStart());
    }
  }

  /** Continues what is open with the line; false when the line ends it and must be read anew. */
  function continueOpen(line: string, matched: number): boolean {
    if (open === null) return false;
    const blank = isBlank(line);
    if (matched < open.depth && !(blank && open.kind !== "html")) {
      endOpen();
      return false;
    }
    if (open.kind === "fence") {
      if (closesFence(line, open.mark)) endOpen();
      else collected.push(line);
      return true;
    }
    if (open.kind === "indented") {
      if (blank || line.startsWith("    ")) {
        collected.push(line.slice(4));
        return true;
      }
      endOpen();
      return false;
    }
    if (open.end === null && blank) {
      endOpen();
      return false;
    }
    collected.push(line);
    if (open.end?.test(line) === true) endOpen();
    return true;
  }

  for (let from = 0; from <= text.length;) {
    const newline = text.indexOf("\n", from);
    const end = newline === -1 ? text.length : newline;
    const raw =
      text.charCodeAt(end - 1) === 13 && end > from
        ? text.slice(from, end - 1)
        : text.slice(from, end);
    from = end + 1;
    const { rest, matched } = matchContainers(expandTabs(raw), containers);
    if (continueOpen(rest, matched)) continue;
    if (isBlank(rest)) {
      endParagraph();
      containers = containers.slice(0, keptOnBlank(containers, matched));
      blankBefore = true;
      continue;
    }
    const lazy = matched < containers.length && paragraph.length > 0 && !blankBefore;
    blankBefore = false;
    if (lazy && lineStart(rest, true).kind === "text") {
      paragraph.push(rest.trimStart());
      continue;
    }
    if (matched < containers.length) {
      endParagraph();
      containers = containers.slice(0, matched);
    }
    readContent(rest);
  }
  endOpen();
  endParagraph();
  return { blocks, definitions, footnotes };
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
