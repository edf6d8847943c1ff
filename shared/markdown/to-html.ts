/**
 * Elements as HTML text, for pages that are read without the app. It takes what `safe-tree.ts` and
 * the page around it made; nothing is sanitised here, and nothing but letters and elements can be
 * in such a tree: raw HTML has no node of its own.
 */
import type { Element, ElementContent } from "hast";
import { toHtml } from "hast-util-to-html";

/** A whole document: the declaration and its one element. */
export function toDocument(root: Element): string {
  return `${toHtml({ type: "root", children: [{ type: "doctype" }, root] })}\n`;
}

/** The words of elements without their markup; blocks are apart from each other. */
export function wordsOf(nodes: readonly ElementContent[]): string {
  const parts: string[] = [];
  for (const node of nodes) collect(node, parts);
  return parts.join("").replaceAll(/\s+/gu, " ").trim();
}

const inline: ReadonlySet<string> = new Set(
  "a abbr b cite code del em i ins kbd mark q s small span strong sub sup u".split(" "),
);

function collect(node: ElementContent, parts: string[]): void {
  if (node.type === "text") parts.push(node.value);
  if (node.type !== "element") return;
  const apart = !inline.has(node.tagName);
  if (apart) parts.push(" ");
  for (const child of node.children) collect(child, parts);
  if (apart) parts.push(" ");
}
