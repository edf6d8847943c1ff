/** What a single line of Markdown begins, once the containers around it are taken off. */

export type LineStart =
  | {
      readonly kind: "container";
      readonly quote: boolean;
      /** How far the following lines must be indented to belong to it. */
      readonly indent: number;
      readonly rest: string;
      readonly footnote: string | null;
      /** The title of an admonition; "" for all others. */
      readonly title: string;
    }
  | { readonly kind: "heading"; readonly level: number; readonly source: string }
  | { readonly kind: "underline"; readonly level: number }
  | { readonly kind: "fence"; readonly mark: string }
  | { readonly kind: "html"; readonly end: RegExp | null }
  | { readonly kind: "rule" | "indented" | "text" };

const heading = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/u;
const fence = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/u;
const rule = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/u;
const underline = /^ {0,3}(=+|-+)[ \t]*$/u;
const quote = /^ {0,3}> ?/u;
const listMark = /^( {0,3})([-+*]|(\d{1,9})[.)])( +|$)/u;
const footnoteMark = /^ {0,3}\[\^([^\]\s]+)\]:[ \t]*/u;
const admonition = /^ {0,3}(?:!!!|\?\?\?\+?) ?[\w-]+(?:[ \t]+"(.*)")?[ \t]*$/u;

const htmlBlocks: readonly (readonly [RegExp, RegExp | null])[] = [
  [/^<(?:script|pre|style|textarea)(?:[\s>]|$)/iu, /<\/(?:script|pre|style|textarea)>/iu],
  [/^<!--/u, /-->/u],
  [/^<\?/u, /\?>/u],
  [/^<![A-Za-z]/u, />/u],
  [/^<!\[CDATA\[/u, /\]\]>/u],
  [
    /^<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:[\s>]|\/>|$)/iu,
    null,
  ],
];
const loneTag =
  /^(?:<[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?>|<\/[A-Za-z][A-Za-z0-9-]*\s*>)[ \t]*$/u;

/** Whether the line has nothing but white space. */
export function isBlank(line: string): boolean {
  for (let index = 0; index < line.length; index += 1) {
    const code = line.charCodeAt(index);
    if (code !== 32 && code !== 9) return false;
  }
  return true;
}

/** Says what the line begins. `inParagraph`: some things cannot interrupt a paragraph. */
export function lineStart(line: string, inParagraph: boolean): LineStart {
  let indent = 0;
  while (line.charCodeAt(indent) === 32) indent += 1;
  if (indent >= 4) return { kind: inParagraph ? "text" : "indented" };
  const first = line.charAt(indent);
  switch (first) {
    case "#":
      return readHeading(line);
    case "`":
    case "~": {
      const mark = fence.exec(line)?.[1];
      return mark === undefined ? { kind: "text" } : { kind: "fence", mark };
    }
    case ">": {
      const mark = quote.exec(line)?.[0] ?? ">";
      return container({ quote: true, indent: 0, rest: line.slice(mark.length) });
    }
    case "<":
      return readHtmlStart(line.slice(indent), inParagraph);
    case "[": {
      const mark = footnoteMark.exec(line);
      if (mark === null) return { kind: "text" };
      const rest = line.slice(mark[0].length);
      return container({ quote: false, indent: 4, rest, footnote: mark[1] ?? "" });
    }
    case "!":
    case "?": {
      const mark = admonition.exec(line);
      if (mark === null) return { kind: "text" };
      return container({ quote: false, indent: 4, rest: "", title: mark[1] ?? "" });
    }
    case "=":
    case "-":
    case "+":
    case "*":
    case "_":
      return readMarks(line, inParagraph);
    default:
      return first >= "0" && first <= "9" ? readListMark(line, inParagraph) : { kind: "text" };
  }
}

function container(
  given: Pick<Extract<LineStart, { kind: "container" }>, "quote" | "indent" | "rest"> & {
    readonly footnote?: string;
    readonly title?: string;
  },
): LineStart {
  return { footnote: null, title: "", ...given, kind: "container" };
}

function readHeading(line: string): LineStart {
  const match = heading.exec(line);
  if (match === null) return { kind: "text" };
  const source = (match[2] ?? "").trim();
  const closed = source.replace(/(?:^|[ \t]+)#+$/u, "");
  return { kind: "heading", level: (match[1] ?? "#").length, source: closed };
}

function readMarks(line: string, inParagraph: boolean): LineStart {
  if (inParagraph) {
    const mark = underline.exec(line)?.[1];
    if (mark !== undefined) return { kind: "underline", level: mark.startsWith("=") ? 1 : 2 };
  }
  if (rule.test(line)) return { kind: "rule" };
  return readListMark(line, inParagraph);
}

function readListMark(line: string, inParagraph: boolean): LineStart {
  const match = listMark.exec(line);
  if (match === null) return { kind: "text" };
  const [all, before = "", mark = "", number, space = ""] = match;
  const empty = isBlank(line.slice(all.length));
  if (inParagraph && (empty || (number !== undefined && Number(number) !== 1))) {
    return { kind: "text" };
  }
  // More than four spaces after the mark begin indented code inside the item.
  const padding = empty || space.length > 4 ? 1 : space.length;
  const indent = before.length + mark.length + padding;
  return container({ quote: false, indent, rest: line.slice(indent) });
}

function readHtmlStart(line: string, inParagraph: boolean): LineStart {
  for (const [start, end] of htmlBlocks) {
    if (start.test(line)) return { kind: "html", end };
  }
  if (!inParagraph && loneTag.test(line)) return { kind: "html", end: null };
  return { kind: "text" };
}

const rulerCell = /^[ \t]*:?-+:?[ \t]*$/u;

/** The number of columns if the line is the ruler under a table's head line; 0 otherwise. */
export function newTableCells(line: string, head: string): number {
  if (!line.includes("-") || !head.includes("|")) return 0;
  const cells = splitCells(line);
  if (!cells.every((cell) => rulerCell.test(cell))) return 0;
  return splitCells(head).length === cells.length ? cells.length : 0;
}

/** The cells of a table row; `\|` is a bar inside a cell. */
export function splitCells(row: string): readonly string[] {
  const trimmed = row
    .trim()
    .replace(/^\|/u, "")
    .replace(/(?<!\\)\|$/u, "");
  return trimmed.split(/(?<!\\)\|/u).map((cell) => cell.trim().replaceAll(String.raw`\|`, "|"));
}
