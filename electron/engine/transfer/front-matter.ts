/** The YAML block at the head of a Markdown file: cut off to the letter, read safely, edited gently. */
import { isMap, isScalar, parseDocument } from "yaml";
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
 * The block with some keys brought to new values (null removes one). Comments, order, quoting and
 * every other key stay. A block that cannot be read is left as it is.
 */
export function editFrontMatter(block: string, edits: Readonly<Record<string, Json>>): string {
  if (Object.keys(edits).length === 0) return block;
  const bom = block.startsWith("\uFEFF") ? "\uFEFF" : "";
  const bare = block.slice(bom.length);
  const lineEnd = bare.includes("\r\n") ? "\r\n" : "\n";
  const { source } = cutBlock(block);
  const document = parseDocument(source, { logLevel: "silent", uniqueKeys: false });
  if (document.errors.length > 0) return block;
  if (document.contents !== null && !isMap(document.contents)) return block;
  for (const [key, value] of Object.entries(edits)) {
    if (value === null) {
      if (document.contents !== null) document.delete(key);
      continue;
    }
    const old = document.get(key, true);
    if (isScalar(old) && typeof value !== "object") old.value = value;
    else document.set(key, document.createNode(value));
  }
  const written = document.toString({ lineWidth: 0, flowCollectionPadding: true });
  const text = `---\n${written === "" || written === "{}\n" ? "" : written}---\n`;
  return bom + (lineEnd === "\n" ? text : text.replaceAll("\n", "\r\n"));
}

/** A new block that says the values; "" when there are none. */
export function writeFrontMatter(values: Readonly<Record<string, Json>>): string {
  return Object.keys(values).length === 0 ? "" : editFrontMatter("---\n---\n", values);
}
