/**
 * Between parsing and HTML: whatever could run, load or lead astray is turned into something that
 * can only be read. Builds new nodes and leaves the parsed ones alone, so that they can be kept. One
 * long file on purpose: what is let through is read in one place, and its parts call each other.
 */
import type {
  Blockquote,
  Definition,
  Heading,
  Html,
  Nodes,
  PhrasingContent,
  RootContent,
} from "mdast";
import type { ProtectedText } from "./safe-tree-tags.ts";
import { parseWikilink } from "./wikilink.ts";

/** What the rewriting of one text needs to know. */
export type RewriteContext = {
  readonly tags: ProtectedText;
  readonly definitions: ReadonlyMap<string, Definition>;
  /** The anchor of a heading, in reading order. */
  readonly onHeading: (
    level: number,
    text: string,
  ) => { readonly id: string; readonly level: number };
};

const deepest = 40;

/** Rewrites one node into any number of nodes. */
export function rewrite(node: RootContent, context: RewriteContext, depth = 0): RootContent[] {
  if (depth > deepest) return [text(context.tags.restore(plainText(node)))];
  switch (node.type) {
    case "text":
      return rewriteText(node.value, context);
    case "html":
      return rewriteHtml(context.tags.restore(node.value));
    case "code":
    case "inlineCode":
      return [{ ...node, value: context.tags.restore(node.value) }];
    case "definition":
    case "yaml":
      return [];
    case "heading":
      return [rewriteHeading(node, context, depth)];
    case "blockquote":
      return [rewriteQuote(node, context, depth)];
    case "link":
      return rewriteLink({ node, url: node.url, context, depth });
    case "linkReference":
      return rewriteLink({ node, url: urlOf(node.identifier, context), context, depth });
    case "image":
      return rewriteImage(node.url, node.alt, context);
    case "imageReference":
      return rewriteImage(urlOf(node.identifier, context), node.alt, context);
    case "paragraph":
      return rewriteParagraph(node, context, depth);
    case "break":
    case "thematicBreak":
    case "footnoteReference":
      return [node];
    case "emphasis":
    case "strong":
    case "delete":
    case "list":
    case "listItem":
    case "table":
    case "tableRow":
    case "tableCell":
    case "footnoteDefinition":
      return [withChildren(node, inside(node, context, depth))];
  }
}

type Parent = Extract<RootContent, { children: readonly unknown[] }>;

function inside(node: Parent, context: RewriteContext, depth: number): RootContent[] {
  const children: readonly RootContent[] = node.children;
  return pairTags(children.flatMap((child) => rewrite(child, context, depth + 1)));
}

/** The same node over other children. The rewriting keeps phrasing in phrasing and flow in flow. */
function withChildren<N extends Parent>(node: N, children: readonly RootContent[]): N {
  return Object.assign({ ...node }, { children });
}

function rewriteHeading(node: Heading, context: RewriteContext, depth: number): RootContent {
  const { id, level } = context.onHeading(node.depth, context.tags.restore(plainText(node)).trim());
  const data = { hName: `h${level}`, hProperties: { id } };
  return { ...withChildren(node, inside(node, context, depth)), data };
}

const noteMark = /^\[!(?<kind>[A-Za-z][\w-]*)\][+-]?[ \t]*(?<title>[^\n]*)(?:\n|$)/u;

/** `> [!NOTE]`, with a title behind it or without, becomes a note; other quotes stay quotes. */
function rewriteQuote(node: Blockquote, context: RewriteContext, depth: number): RootContent {
  const [first, ...others] = node.children;
  const lead = first?.type === "paragraph" ? first.children[0] : undefined;
  const mark = lead?.type === "text" ? noteMark.exec(lead.value) : null;
  if (first?.type !== "paragraph" || lead?.type !== "text" || mark === null) {
    return withChildren(node, inside(node, context, depth));
  }
  const rest = lead.value.slice(mark[0].length);
  const kept: PhrasingContent[] = [
    ...(rest === "" ? [] : [{ ...lead, value: rest }]),
    ...first.children.slice(1),
  ];
  const body = kept.length === 0 ? others : [{ ...first, children: kept }, ...others];
  const note = withChildren(node, inside({ ...node, children: body }, context, depth));
  const hProperties = {
    dataNote: mark.groups?.kind?.toLowerCase() ?? "note",
    dataTitle: context.tags.restore(mark.groups?.title?.trim() ?? ""),
  };
  return { ...note, data: { hName: "aside", hProperties } };
}

function rewriteParagraph(
  node: Extract<RootContent, { type: "paragraph" }>,
  context: RewriteContext,
  depth: number,
): RootContent[] {
  const source = context.tags.restore(plainText(node)).trim();
  if (isModuleCode(source)) return [html(source)];
  const children = inside(node, context, depth);
  const visible = children.filter((child) => !(child.type === "text" && child.value.trim() === ""));
  // A tag that stands alone is a block of its own.
  if (visible.length > 0 && visible.every((child) => child.type === "html")) return visible;
  return visible.length === 0 && node.children.length > 0 ? [] : [withChildren(node, children)];
}

/** `import x from "y"` and `export const …`: the program part of an MDX page. */
function isModuleCode(source: string): boolean {
  return (
    /^import\s(?:[^\n]*\sfrom\s+)?["'][^"'\n]+["'];?(?:\n|$)/u.test(source) ||
    /^export\s+(?:default|const|let|var|function|async|\{|\*)[\s({*]/u.test(source) ||
    /^<\/?[A-Z][\w.]*[\s/>]/u.test(source)
  );
}

function rewriteText(value: string, context: RewriteContext): RootContent[] {
  return context.tags.split(value).flatMap((part, index) => {
    if (part === "") return [];
    return index % 2 === 1 ? [html(part)] : linkWikilinks(part);
  });
}

const wikilink = /\[\[(?<inner>[^[\]\n]{1,600})\]\]/gu;

function linkWikilinks(value: string): RootContent[] {
  if (!value.includes("[[")) return [text(value)];
  const nodes: RootContent[] = [];
  let at = 0;
  for (const match of value.matchAll(wikilink)) {
    const target = match.groups?.inner?.trim() ?? "";
    const { label } = parseWikilink(target);
    if (match.index > at) nodes.push(text(value.slice(at, match.index)));
    const isName = label !== "" && !isAddress(target);
    nodes.push(isName ? linkTo(target, [text(label)], "#") : text(match[0]));
    at = match.index + match[0].length;
  }
  if (at < value.length) nodes.push(text(value.slice(at)));
  return nodes;
}

/** A name is not an address: what looks like one stays text. "Postmortem: the day" is a name. */
function isAddress(target: string): boolean {
  const scheme = schemeOf(target);
  if (scheme === "") return false;
  return safeSchemes.has(scheme) || harmfulSchemes.has(scheme) || !/\s[^:]*:|:\s/u.test(target);
}

/** Comments are the author's own; a lone line break is one; the rest is shown as it was written. */
function rewriteHtml(value: string): RootContent[] {
  if (/^\s*<!--(?:(?!-->)[\s\S])*-->\s*$/u.test(value)) return [];
  if (/^<br\s*\/?>$/iu.test(value)) return [{ type: "break" }];
  return [html(value)];
}

const plainTags = /^<(?<tag>kbd|sup|sub|u|s|b|i|em|strong|mark|small|del|ins|abbr|cite|q)>$/iu;
const meaning: Readonly<Record<string, string>> = { b: "strong", i: "em" };

/** Joins `<kbd>` and `</kbd>` around text: bare formatting tags that can do nothing but format. */
function pairTags(nodes: readonly RootContent[]): RootContent[] {
  const out: RootContent[] = [];
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (node === undefined) continue;
    const tag = node.type === "html" ? plainTags.exec(node.value)?.groups?.tag?.toLowerCase() : "";
    const close = tag ? nodes.findIndex((other, at) => at > index && closes(other, tag)) : -1;
    if (!tag || close === -1) {
      out.push(node);
      continue;
    }
    const children = nodes
      .slice(index + 1, close)
      .flatMap((child) => (isPhrasing(child) ? [child] : []));
    out.push({ type: "emphasis", data: { hName: meaning[tag] ?? tag }, children });
    index = close;
  }
  return out;
}

function closes(node: RootContent, tag: string): boolean {
  return node.type === "html" && node.value.toLowerCase() === `</${tag}>`;
}

function isPhrasing(node: RootContent): node is PhrasingContent {
  return [
    "text",
    "emphasis",
    "strong",
    "delete",
    "inlineCode",
    "break",
    "link",
    "image",
    "html",
  ].includes(node.type);
}

function rewriteLink(link: {
  readonly node: Extract<RootContent, { type: "link" | "linkReference" }>;
  readonly url: string;
  readonly context: RewriteContext;
  readonly depth: number;
}): RootContent[] {
  const target = link.context.tags.restore(link.url);
  const children = inside(link.node, link.context, link.depth).flatMap((child) =>
    isPhrasing(child) ? [child] : [],
  );
  const scheme = schemeOf(target);
  if (scheme === "" || safeSchemes.has(scheme)) return [linkTo(target, children)];
  const hProperties = {
    dataDropped: "link",
    title: `This link was left out: ${scheme} links can do harm.`,
  };
  return [{ type: "emphasis", data: { hName: "span", hProperties }, children }];
}

const safeSchemes: ReadonlySet<string> = new Set(["http", "https", "mailto", "guildhall"]);

/** Schemes of which even a name must not remind. */
const harmfulSchemes: ReadonlySet<string> = new Set(["javascript", "data", "vbscript", "file"]);

/** `url` is what the sanitiser sees: a name may hold a colon that it would take for a scheme's. */
function linkTo(
  target: string,
  children: PhrasingContent[] | RootContent[],
  url: string = target,
): RootContent {
  const phrasing = children.flatMap((child) => (isPhrasing(child) ? [child] : []));
  return {
    type: "link",
    url,
    data: { hProperties: { dataTarget: target } },
    children: phrasing,
  };
}

function rewriteImage(
  url: string,
  alt: string | null | undefined,
  context: RewriteContext,
): RootContent[] {
  const target = context.tags.restore(url);
  const label = context.tags.restore(alt ?? "").trim();
  const scheme = schemeOf(target);
  if (scheme === "" || scheme === "attachment") {
    return [{ type: "image", url: "", alt: label, data: { hProperties: { dataTarget: target } } }];
  }
  if (scheme !== "http" && scheme !== "https") {
    const hProperties = { dataDropped: "image" };
    const words = text(label === "" ? "image left out" : `image left out: ${label}`);
    return [{ type: "emphasis", data: { hName: "span", hProperties }, children: [words] }];
  }
  const address = target.startsWith("//") ? `https:${target}` : target;
  const words = `${label === "" ? "image" : `image “${label}”`} on ${hostOf(address)} — open`;
  const hProperties = { dataTarget: address, dataRemoteImage: "true" };
  return [{ type: "link", url: address, data: { hProperties }, children: [text(words)] }];
}

/** The scheme of an address as a browser would read it; "" for a place in the workspace. */
export function schemeOf(address: string): string {
  // Browsers drop control characters and white space before and inside a scheme.
  const bare = Array.from(address)
    .filter((character) => character > " " && character !== "\u007f")
    .join("");
  if (/^[\\/]{2}/u.test(bare)) return "https";
  return /^(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):/u.exec(bare)?.groups?.scheme?.toLowerCase() ?? "";
}

function hostOf(address: string): string {
  return (
    /^[a-z]+:[\\/]*(?:[^@/?#\\]*@)?(?<host>[^/?#\\:]+)/iu.exec(address)?.groups?.host ??
    "another site"
  );
}

function urlOf(identifier: string, context: RewriteContext): string {
  return context.definitions.get(identifier.toLowerCase())?.url ?? "";
}

function text(value: string): { type: "text"; value: string } {
  return { type: "text", value };
}

function html(value: string): Html {
  return { type: "html", value };
}

/** The words of a node without their markup. Goes down without recursion: a node may be deep. */
export function plainText(node: Nodes): string {
  const parts: string[] = [];
  const waiting: Nodes[] = [node];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (next === undefined) break;
    if ("children" in next) waiting.push(...next.children.toReversed());
    else if (next.type === "break") parts.push("\n");
    else if ("value" in next) parts.push(next.value);
    else if ("alt" in next) parts.push(next.alt ?? "");
  }
  return parts.join("");
}
