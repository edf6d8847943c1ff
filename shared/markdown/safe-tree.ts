/**
 * Markdown for reading: a tree of elements that can do no harm, made of a text that anybody may
 * have written. It holds no script, no handler, no style, no remote image and no link that runs
 * anything; raw HTML, JSX and template tags stand in it as the letters they are. Nothing is stored
 * and nothing is converted: the text stays as it was typed.
 */
import type { Element, ElementContent, Root } from "hast";
import type { Definition, Html, Root as MarkdownRoot, RootContent } from "mdast";
import rehypeSanitize from "rehype-sanitize";
import remarkFrontmatter from "remark-frontmatter";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { createAnchors } from "./anchor.ts";
import {
  type Chunk,
  type Definitions,
  definitionsFor,
  findDefinitions,
  quoteAdmonitions,
  splitChunks,
} from "./safe-tree-chunks.ts";
import { plainText, rewrite } from "./safe-tree-rewrite.ts";
import { safeSchema } from "./safe-tree-schema.ts";
import { protectTags } from "./safe-tree-tags.ts";

/** One block of the text, and the line of the source on which it starts, from 1. */
export type SafeBlock = { readonly line: number; readonly node: ElementContent };

export type SafeHeading = {
  /** As rendered: 2 for the first level, because the page's title is level 1. */
  readonly level: number;
  readonly text: string;
  /** The element's id, prefix included. */
  readonly id: string;
  /** Which block it stands in. */
  readonly block: number;
};

export type SafeTree = {
  readonly blocks: readonly SafeBlock[];
  readonly headings: readonly SafeHeading[];
  /** A sentence for the reader when not everything could be shown. */
  readonly notice: string | null;
};

export type SafeTreeOptions = {
  /** The record's title: a first heading that only repeats it is left out. */
  readonly title?: string;
  /** Keeps the ids of several texts on one page apart; "md-" unless told. */
  readonly idPrefix?: string;
  /** The level of the topmost heading; 2 unless told. */
  readonly topLevel?: number;
};

/** Characters of one text that are shown; the rest can be read in the editor. */
export const longestText = 2_000_000;

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter);

/** Makes the tree of one text. For a text that is being edited keep a builder instead. */
export function toSafeTree(markdown: string, options: SafeTreeOptions = {}): SafeTree {
  return createSafeTreeBuilder()(markdown, options);
}

/** A `toSafeTree` that remembers the pieces of the text before, and parses only what changed. */
export function createSafeTreeBuilder(): (markdown: string, options?: SafeTreeOptions) => SafeTree {
  let remembered: ReadonlyMap<string, readonly RootContent[]> = new Map();
  return (markdown, options = {}) => {
    const kept = new Map<string, readonly RootContent[]>();
    const tree = build(markdown, options, (source) => {
      const nodes = kept.get(source) ?? remembered.get(source) ?? parseChunk(source);
      kept.set(source, nodes);
      return nodes;
    });
    remembered = kept;
    return tree;
  };
}

type Parse = (source: string) => readonly RootContent[];
type Placed = { readonly node: RootContent; readonly line: number };

function build(markdown: string, options: SafeTreeOptions, parse: Parse): SafeTree {
  const shown = markdown.slice(0, longestText).replaceAll(/\r\n?/gu, "\n");
  const tags = protectTags(shown);
  const source = quoteAdmonitions(tags.text);
  const definitions = findDefinitions(source);
  const chunks = splitChunks(source);
  const placed = chunks.flatMap((chunk) =>
    chunk.plain
      ? [{ node: literal(tags.restore(chunk.text)), line: chunk.line }]
      : parseWithDefinitions(chunk, definitions, parse),
  );
  const titled = placed.filter(
    ({ node }) => node !== repeatedTitle(placed, options.title, tags.restore),
  );
  const anchors = createAnchors();
  const headings: Omit<SafeHeading, "block">[] = [];
  const shift = (options.topLevel ?? 2) - topLevelOf(titled);
  const context = {
    tags,
    definitions: definitionsOf(titled),
    onHeading: (depth: number, text: string) => {
      const id = (options.idPrefix ?? "md-") + anchors(text);
      const level = Math.min(6, Math.max(1, depth + shift));
      headings.push({ level, text, id });
      return { id, level };
    },
  };
  const nodes = titled.flatMap(({ node, line }) =>
    rewrite(node, context).map((made) => ({ node: made, line })),
  );
  const blocks = toBlocks(nodes, options.idPrefix ?? "md-");
  return { blocks, headings: locate(headings, blocks), notice: noticeFor(markdown.length, chunks) };
}

function parseChunk(source: string): readonly RootContent[] {
  return parser.parse(source).children;
}

/** Definitions from elsewhere go before the piece, where no open fence swallows them. */
function parseWithDefinitions(
  chunk: Chunk,
  definitions: Definitions,
  parse: Parse,
): readonly Placed[] {
  // Front matter and indented code count only at the very start.
  const mayPrecede = /^[^\s-]/u.test(chunk.text);
  const borrowed = mayPrecede ? definitionsFor(chunk.text, definitions) : "";
  const lines = borrowed.split("\n").length - 1;
  return parse(borrowed + chunk.text).flatMap((node) => {
    const line = node.position?.start.line ?? 1;
    const isStub = line <= lines && node.type === "footnoteDefinition";
    return isStub ? [] : [{ node, line: Math.max(chunk.line, chunk.line + line - 1 - lines) }];
  });
}

/** The first heading, where it is of level 1 and says only what the page's title says already. */
function repeatedTitle(
  placed: readonly Placed[],
  title: string | undefined,
  restore: (piece: string) => string,
): RootContent | undefined {
  const first = placed.find(({ node }) => node.type === "heading")?.node;
  if (title === undefined || first?.type !== "heading" || first.depth !== 1) return undefined;
  const words = restore(plainText(first)).trim();
  const isTemplate = /^(?:<%(?:(?!%>)[\s\S])*%>|\{\{(?:(?!\}\})[\s\S])*\}\})$/u.test(words);
  return isTemplate || folded(words) === folded(title) ? first : undefined;
}

function folded(words: string): string {
  return words.normalize("NFKC").trim().replaceAll(/\s+/gu, " ").toLowerCase();
}

function topLevelOf(placed: readonly Placed[]): number {
  const levels = placed.flatMap(({ node }) => (node.type === "heading" ? [node.depth] : []));
  return levels.length === 0 ? 1 : Math.min(...levels);
}

function definitionsOf(placed: readonly Placed[]): ReadonlyMap<string, Definition> {
  const found = new Map<string, Definition>();
  for (const { node } of placed) {
    if (node.type !== "definition") continue;
    const key = node.identifier.toLowerCase();
    if (!found.has(key)) found.set(key, node);
  }
  return found;
}

function literal(value: string): Html {
  return { type: "html", value, data: { hName: "plain" } };
}

function toBlocks(nodes: readonly Placed[], prefix: string): readonly SafeBlock[] {
  const children = nodes.map(({ node, line }) => {
    const point = { line, column: 1 };
    return { ...node, position: { start: point, end: point } };
  });
  const root: MarkdownRoot = { type: "root", children };
  const tree: Root = unified()
    .use(remarkRehype, { clobberPrefix: prefix, handlers: { html: literalElement } })
    .use(rehypeSanitize, safeSchema)
    .runSync(root);
  let line = 1;
  return tree.children.flatMap((node) => {
    if (node.type === "doctype" || node.type === "text") return [];
    line = node.position?.start.line ?? line;
    return [{ line, node: withoutPositions(node) }];
  });
}

const blockParents: ReadonlySet<string> = new Set([
  "root",
  "blockquote",
  "listItem",
  "footnoteDefinition",
]);

/** What must not run, as code to look at; `data-literal` says what it is. */
function literalElement(
  _state: unknown,
  node: Html,
  parent: { type: string } | undefined,
): Element {
  const kind = node.data?.hName === "plain" ? "plain" : literalKind(node.value);
  const position = node.position === undefined ? {} : { position: node.position };
  const code: Element = {
    type: "element",
    tagName: "code",
    properties: { dataLiteral: kind },
    children: [{ type: "text", value: node.value }],
  };
  if (!blockParents.has(parent?.type ?? "root")) return { ...code, ...position };
  return { type: "element", tagName: "pre", properties: {}, children: [code], ...position };
}

function literalKind(value: string): "template" | "component" | "html" {
  if (/^\s*(?:<%|\{%|\{\{)/u.test(value)) return "template";
  return /^\s*(?:import\s|export\s|<\/?[A-Z])/u.test(value) ? "component" : "html";
}

/** Positions weigh more than the text when the tree travels between threads. */
function withoutPositions(node: ElementContent): ElementContent {
  if (node.type !== "element") return { type: "text", value: "value" in node ? node.value : "" };
  const children = node.children.map((child) => withoutPositions(child));
  return { type: "element", tagName: node.tagName, properties: node.properties, children };
}

/** Headings in quotes and lists are not places to jump to, those that are blocks are. */
function locate(
  headings: readonly Omit<SafeHeading, "block">[],
  blocks: readonly SafeBlock[],
): readonly SafeHeading[] {
  const places = new Map<string, number>();
  for (const [index, { node }] of blocks.entries()) {
    const id = node.type === "element" ? node.properties.id : undefined;
    if (typeof id === "string") places.set(id, index);
  }
  return headings.flatMap((heading) => {
    const block = places.get(heading.id);
    return block === undefined ? [] : [{ ...heading, block }];
  });
}

function noticeFor(length: number, chunks: readonly Chunk[]): string | null {
  if (length > longestText) {
    const share = Math.floor((longestText / length) * 100);
    return `This text is very long: the first ${share} % are shown here. Open the editor to read all of it.`;
  }
  return chunks.some((chunk) => chunk.plain)
    ? "Part of this text is too long or too deeply nested to be laid out; it is shown as it was typed."
    : null;
}
