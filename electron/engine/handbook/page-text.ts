/**
 * Markdown on a page of the handbook: the safe tree of the window, with links that lead to other
 * pages and images that lie beside them. A link to a record without a page keeps the author's words,
 * unless they are the name of that record.
 */
import type { Element, ElementContent } from "hast";
import { slugOf } from "#shared/markdown/anchor.ts";
import { type SafeHeading, toSafeTree } from "#shared/markdown/safe-tree.ts";
import { parseWikilink } from "#shared/markdown/wikilink.ts";
import { flat, h } from "./elements.ts";
import { foldedTitle } from "./page-names.ts";

/** Where a target in a text leads. */
export type Lead =
  | { readonly kind: "page"; readonly href: string; readonly title: string }
  | { readonly kind: "image"; readonly src: string }
  | { readonly kind: "file"; readonly href: string }
  /** A record that has no page; its title must not be said. */
  | { readonly kind: "withheld"; readonly title: string }
  | { readonly kind: "nowhere" };

export type PageText = {
  readonly nodes: readonly ElementContent[];
  readonly headings: readonly SafeHeading[];
};

type Options = {
  readonly leadOf: (target: string) => Lead;
  /** Whether words are the title of a record that has no page. */
  readonly isHidden: (words: string) => boolean;
  /** Keeps the ids of several texts on one page apart. */
  readonly prefix: string;
  readonly title?: string;
  readonly topLevel?: number;
};

/** What stands where the name of a record without a page stood. */
const unnamed = "a page that is not published";

/** Lays a text out. */
export function pageText(markdown: string, options: Options): PageText {
  if (markdown.trim() === "") return { nodes: [], headings: [] };
  const { title, prefix, topLevel } = options;
  const tree = toSafeTree(markdown, {
    idPrefix: prefix,
    ...(title === undefined ? {} : { title }),
    ...(topLevel === undefined ? {} : { topLevel }),
  });
  const context = { ...options, ids: new Set(tree.headings.map(({ id }) => id)) };
  const nodes = tree.blocks.flatMap(({ node }) => outOf(node, context));
  const notice = tree.notice === null ? [] : [h("p", { className: "quiet" }, tree.notice)];
  return { nodes: [...notice, ...nodes], headings: tree.headings };
}

type Context = Options & { readonly ids: ReadonlySet<string> };

function outOf(node: ElementContent, context: Context): readonly ElementContent[] {
  if (node.type !== "element") return [node];
  const children = node.children.flatMap((child) => outOf(child, context));
  switch (node.tagName) {
    case "a":
      return linkOut(node, children, context);
    case "img":
      return imageOut(node, context);
    case "pre":
      return [scrolling("Code", { ...node, children })];
    case "th":
      // A header without words is the empty corner of a table.
      return [{ ...node, tagName: textOf(node).trim() === "" ? "td" : "th", children }];
    case "table":
      return [scrolling("Table", { ...node, children })];
    case "input":
      return [taskBox(node.properties["checked"] === true)];
    case "aside":
      return [note(node, children)];
    case "span":
      return [h("span", { className: "left-out" }, children)];
    case "code":
      return codeOut(node, children, context);
    default:
      return [{ ...node, children }];
  }
}

function linkOut(
  node: Element,
  children: readonly ElementContent[],
  context: Context,
): readonly ElementContent[] {
  const target = said(node, "dataTarget");
  if (target === "") return [{ ...node, children: [...children] }];
  if (target.startsWith("#")) return [jump(target, children, context)];
  if (isOutside(target)) return [outside(target, children)];
  const lead = context.leadOf(target);
  switch (lead.kind) {
    case "page":
      return [h("a", { href: lead.href }, children.length === 0 ? lead.title : children)];
    case "image":
      return [h("a", { href: lead.src }, children)];
    case "file":
      return [h("a", { href: lead.href }, children)];
    case "withheld":
      return [withheld(namesIt(target, children, lead.title) ? [] : children)];
    case "nowhere":
      return [withheld(isName(target, children, context) ? [] : children)];
  }
}

/** A wikilink without words of its own is nothing but the name. */
function namesIt(target: string, children: readonly ElementContent[], title: string): boolean {
  const words = foldedTitle(children.map((child) => textOf(child)).join(""));
  const { label, target: page } = parseWikilink(target);
  const isWikilink = words === foldedTitle(target) || words === foldedTitle(label);
  if (isWikilink && label.startsWith(page)) return true;
  const name = foldedTitle(title);
  return words === "" || (name !== "" && words.includes(name));
}

/** What is in the trash is found by no link; its name is known all the same. */
function isName(
  target: string,
  children: readonly ElementContent[],
  { isHidden }: Context,
): boolean {
  const words = children.map((child) => textOf(child)).join("");
  const { label, target: page } = parseWikilink(target);
  return isHidden(words) || (words.trim() === label && isHidden(page));
}

function withheld(children: readonly ElementContent[]): Element {
  const words = children.length === 0 ? unnamed : children;
  return h(
    "span",
    { className: "withheld" },
    words,
    children.length === 0 ? null : h("small", {}, " (not in this handbook)"),
  );
}

function jump(target: string, children: readonly ElementContent[], context: Context): Element {
  const name = decoded(target.slice(1));
  const id = [name, context.prefix + name, context.prefix + slugOf(name)].find((candidate) =>
    context.ids.has(candidate),
  );
  return id === undefined ? h("span", {}, children) : h("a", { href: `#${id}` }, children);
}

function outside(target: string, children: readonly ElementContent[]): Element {
  return h("a", { href: target, rel: "noreferrer noopener" }, children);
}

function imageOut(node: Element, context: Context): readonly ElementContent[] {
  const alt = said(node, "alt");
  const lead = context.leadOf(said(node, "dataTarget"));
  if (lead.kind === "image") {
    return [h("img", { src: lead.src, alt, loading: "lazy", decoding: "async" })];
  }
  return [h("span", { className: "left-out" }, alt === "" ? "Image left out" : `Image: ${alt}`)];
}

/** A template tag that names a page is a link to it; every other one is shown as it was written. */
function codeOut(
  node: Element,
  children: readonly ElementContent[],
  context: Context,
): readonly ElementContent[] {
  if (node.properties["dataLiteral"] === undefined) return [{ ...node, children: [...children] }];
  const lead = context.leadOf(
    children
      .map((child) => textOf(child))
      .join("")
      .trim(),
  );
  if (lead.kind === "page") return [h("a", { href: lead.href }, lead.title)];
  if (lead.kind === "withheld") return [withheld([])];
  return [h("code", { className: "literal" }, children)];
}

/** Wide content scrolls in its own box, which the keyboard reaches. */
function scrolling(label: string, inner: Element): Element {
  return h("div", { className: "scroll", tabIndex: 0, role: "group", ariaLabel: label }, inner);
}

function taskBox(done: boolean): Element {
  return h(
    "span",
    { className: "task" },
    h("span", { ariaHidden: "true" }, done ? "☑ " : "☐ "),
    h("span", { className: "unseen" }, done ? "Done: " : "To do: "),
  );
}

const tones: Readonly<Record<string, string>> = {
  tip: "good",
  hint: "good",
  success: "good",
  check: "good",
  warning: "warn",
  caution: "warn",
  attention: "warn",
  danger: "bad",
  error: "bad",
  failure: "bad",
  bug: "bad",
};

function note(node: Element, children: readonly ElementContent[]): Element {
  const kind = said(node, "dataNote");
  const label = kind.charAt(0).toUpperCase() + kind.slice(1);
  const title = said(node, "dataTitle") || label;
  return h(
    "div",
    { className: "note", dataTone: tones[kind] ?? "info", role: "note", ariaLabel: title },
    h("p", { className: "note-title" }, title),
    children,
  );
}

function isOutside(target: string): boolean {
  return /^(?:https?:|mailto:|\/\/)/iu.test(target.trim());
}

/** A property of the tree's element; "" where it has none. */
function said(node: Element, property: string): string {
  const value = node.properties[property];
  return typeof value === "string" ? value : "";
}

function textOf(node: ElementContent): string {
  if (node.type === "text") return node.value;
  return node.type === "element"
    ? flat(node.children)
        .map((child) => textOf(child))
        .join("")
    : "";
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign is part of the name.
    return text;
  }
}
