/** The YAML block at the head of a Markdown file: cut off to the letter, read safely, edited gently. */
import { isMap, isNode, isScalar, parseDocument, stringify } from "yaml";
import { isObject, type Json, jsonSchema } from "#shared/domain/json.ts";

export type FrontMatter = {
  /** The block with its fences and the line's end behind them, and a byte order mark; "" for none. */
  readonly block: string;
  /** The rest of the file to the letter. */
  readonly body: string;
  /** What the block says; {} where it says nothing or cannot be read. */
  readonly values: Readonly<Record<string, Json>>;
  /** Why the block cannot be read; it is kept all the same. */
  readonly problem: string | null;
};

/** Longer blocks are not front matter that a person wrote. */
const longestBlock = 64 * 1024;
/** How often an alias may be used: enough for people, too few for a bomb. */
const mostAliases = 100;

const opening = /^\uFEFF?---[ \t]*\r?\n/u;
const closing = /^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/mu;

/** Cuts the block off and reads it; what cannot be read is a `problem` in a sentence, and no value. */
export function readFrontMatter(text: string): FrontMatter {
  const { block, source } = cutBlock(text);
  const body = text.slice(block.length);
  if (source.trim() === "") return { block, body, values: {}, problem: null };
  if (source.length > longestBlock) {
    const problem = "The front matter is too long to be read; it was kept as it is.";
    return { block, body, values: {}, problem };
  }
  return { block, body, ...parseValues(source) };
}

function cutBlock(text: string): { readonly block: string; readonly source: string } {
  const bom = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const start = opening.exec(text)?.[0];
  if (start === undefined) return { block: bom, source: "" };
  const rest = text.slice(start.length);
  const end = closing.exec(rest);
  if (end === null) return { block: bom, source: "" };
  const block = text.slice(0, start.length + end.index + end[0].length);
  return { block, source: rest.slice(0, end.index) };
}

function parseValues(source: string): Pick<FrontMatter, "values" | "problem"> {
  const document = parseDocument(source, {
    logLevel: "silent",
    uniqueKeys: false,
    prettyErrors: true,
  });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = (error.linePos?.[0].line ?? 1) + 1;
    return unread(
      `The front matter is not valid YAML (line ${line}); it was kept as it is, and no field was filled from it.`,
    );
  }
  try {
    const parsed = jsonSchema.safeParse(document.toJS({ maxAliasCount: mostAliases }));
    if (!parsed.success || !isObject(parsed.data)) {
      return unread("The front matter is not a list of keys and values; it was kept as it is.");
    }
    return { values: parsed.data, problem: null };
  } catch {
    return unread(
      "The front matter repeats itself without end, as a file made to exhaust memory would; it was kept as it is, unread.",
    );
  }
}

function unread(problem: string): Pick<FrontMatter, "values" | "problem"> {
  return { values: {}, problem };
}

/**
 * The block with some keys brought to new values (null removes one). Only the text of those keys is
 * replaced: comments, order, quoting and every other key stay to the letter. A block that cannot be
 * read is left as it is.
 */
export function editFrontMatter(block: string, edits: Readonly<Record<string, Json>>): string {
  const bom = block.startsWith("\uFEFF") ? "\uFEFF" : "";
  const { source } = cutBlock(block);
  const lineEnd = block.includes("\r\n") ? "\r\n" : "\n";
  let text = source;
  for (const [key, value] of Object.entries(edits)) {
    const edited = editKey(text, key, value);
    if (edited === null) return block;
    text = edited;
  }
  if (text === source) return block;
  const [open = `---${lineEnd}`] = opening.exec(block.slice(bom.length)) ?? [];
  const close = block.slice(bom.length + open.length + source.length) || `---${lineEnd}`;
  return bom + open + text.replaceAll(/\r?\n/gu, lineEnd) + close;
}

/** The YAML with one key changed; null when it is not a list of keys and values. */
function editKey(source: string, key: string, value: Json): string | null {
  const document = parseDocument(source, { logLevel: "silent", uniqueKeys: false });
  const { contents } = document;
  if (document.errors.length > 0) return null;
  if (contents !== null && (!isMap(contents) || contents.flow === true)) return null;
  const pair = contents?.items.find((item) => isScalar(item.key) && item.key.value === key);
  const written = value === null ? "" : stringify({ [key]: value }, { lineWidth: 0 });
  if (pair === undefined) {
    const base = source === "" || source.endsWith("\n") ? source : `${source}\n`;
    return base + written;
  }
  const start = isNode(pair.key) ? (pair.key.range?.[0] ?? 0) : 0;
  const held = isNode(pair.value) ? pair.value.range : undefined;
  const [from, to, end] = held ?? [start, start, start];
  const onOneLine = to > from && !source.slice(from, to).includes("\n");
  if (isScalar(pair.value) && value !== null && typeof value !== "object" && onOneLine) {
    return source.slice(0, from) + scalarText(value) + source.slice(to);
  }
  const after = source.slice(Math.max(end, start + key.length)).replace(/^:?[ \t]*\r?\n/u, "");
  return source.slice(0, start) + written + after;
}

/** A scalar as YAML writes it on one line. */
function scalarText(value: Json): string {
  return stringify(value, { lineWidth: 0, blockQuote: false }).trimEnd();
}

/** A new block that says the values; "" when there are none. */
export function writeFrontMatter(values: Readonly<Record<string, Json>>): string {
  return Object.keys(values).length === 0 ? "" : editFrontMatter("---\n---\n", values);
}
