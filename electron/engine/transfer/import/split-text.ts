/** Cuts one text into several, at headings or between paragraphs. Joined again they are the text. */

export type SplitMode = "none" | "heading" | "paragraph";

export type Part = {
  /** A piece of the text to the letter. */
  readonly body: string;
  /** What the piece calls itself; null for what stands before the first heading. */
  readonly title: string | null;
};

type Line = { readonly at: number; readonly text: string; readonly code: boolean };

const longestTitle = 80;

/** At least one part; the parts' bodies joined are the text. */
export function splitText(text: string, mode: SplitMode): readonly Part[] {
  if (mode === "none") return [{ body: text, title: null }];
  const lines = readLines(text);
  const starts = mode === "heading" ? headingStarts(lines) : paragraphStarts(lines);
  if (starts.length === 0) return [{ body: text, title: null }];
  const parts = starts.map(({ at, title }, index) => {
    return { body: text.slice(at, starts[index + 1]?.at ?? text.length), title };
  });
  const before = text.slice(0, starts[0]?.at ?? 0);
  const [first, ...others] = parts;
  if (before === "" || first === undefined) return parts;
  // White space alone is no page of its own.
  if (before.trim() === "") return [{ ...first, body: before + first.body }, ...others];
  return [{ body: before, title: null }, ...parts];
}

function readLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  let fence = "";
  for (let at = 0; at < text.length;) {
    const newline = text.indexOf("\n", at);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(at, end).replace(/\r$/u, "");
    const mark = /^ {0,3}(`{3,}|~{3,})/u.exec(line)?.[1] ?? "";
    const closes = fence !== "" && mark.startsWith(fence) && line.trim() === mark;
    lines.push({ at, text: line, code: fence !== "" || mark !== "" });
    if (closes) fence = "";
    else if (fence === "") fence = mark;
    at = end + 1;
  }
  return lines;
}

type Start = { readonly at: number; readonly title: string; readonly level: number };

/** Headings of the highest level of which there are several, or of the only level there is. */
function headingStarts(lines: readonly Line[]): readonly Start[] {
  const headings = lines.flatMap((line, index) => headingAt(line, lines[index + 1]) ?? []);
  const counts = new Map<number, number>();
  for (const { level } of headings) counts.set(level, (counts.get(level) ?? 0) + 1);
  const levels = [...counts.keys()].toSorted((a, b) => a - b);
  const level = levels.find((one) => (counts.get(one) ?? 0) > 1) ?? levels.at(-1);
  return headings.filter((heading) => heading.level === level);
}

function headingAt(line: Line, next: Line | undefined): Start | undefined {
  if (line.code) return undefined;
  const mark = /^ {0,3}(#{1,6})[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*$/u.exec(line.text);
  if (mark !== null)
    return { at: line.at, level: (mark[1] ?? "#").length, title: plain(mark[2] ?? "") };
  const under = /^ {0,3}(=+|-{2,})[ \t]*$/u.exec(next?.code === false ? next.text : "")?.[1];
  if (
    under === undefined ||
    line.text.trim() === "" ||
    /^\s*(?:[-*+>|]|\d+[.)]|-{3})/u.test(line.text)
  ) {
    return undefined;
  }
  return { at: line.at, level: under.startsWith("=") ? 1 : 2, title: plain(line.text) };
}

/** Paragraphs are divided by blank lines; a heading goes with what follows it, a list is one. */
function paragraphStarts(lines: readonly Line[]): readonly Start[] {
  const starts: Start[] = [];
  let blank = true;
  let held = false;
  for (const line of lines) {
    const empty = line.text.trim() === "" && !line.code;
    const inside = /^\s{2,}\S/u.test(line.text) || line.code;
    if (!empty && blank && !held && !(inside && starts.length > 0)) {
      starts.push({ at: line.at, level: 1, title: plain(line.text) });
    }
    if (!empty) held = /^ {0,3}#{1,6}[ \t]/u.test(line.text) && !line.code;
    blank = empty;
  }
  return starts;
}

/** The first words without marks, as a title. */
function plain(line: string): string {
  const words = line
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/gu, "$1")
    .replaceAll(/[*_`#>]+/gu, "")
    .replace(/^\s*(?:[-+]|\d+[.)])\s+/u, "")
    .replaceAll(/\s+/gu, " ")
    .trim();
  if (words.length <= longestTitle) return words;
  const cut = words.slice(0, longestTitle);
  return `${cut.slice(0, cut.lastIndexOf(" ") > 20 ? cut.lastIndexOf(" ") : longestTitle).toWellFormed()}…`;
}
