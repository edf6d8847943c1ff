/** Reads raw HTML and template tags inside Markdown: their links, and the words between the tags. */
import type { MarkdownLink } from "./extract.ts";

const attributeValue = String.raw`\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>${"`"}]+))`;
const hrefAttribute = new RegExp(String.raw`\shref${attributeValue}`, "iu");
const srcAttribute = new RegExp(String.raw`\ssrc${attributeValue}`, "iu");
const altAttribute = new RegExp(String.raw`\salt${attributeValue}`, "iu");

/** A tag, a comment, a processing instruction; script and style with their content. */
const markup =
  /<!--[\s\S]*?(?:-->|$)|<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)|<\/?[A-Za-z][^<>]*>|<[?!][^<>]{0,2000}>/giu;
const templateTag = /\{%-?\s*(\w+)\s+["']([^"']+)["'][^%]*%\}/gu;

/** The words of an HTML block; its links are added to `links`. */
export function readHtml(source: string, links: MarkdownLink[]): string {
  if (source.includes("{%")) readTemplateTags(source, links);
  return source
    .replaceAll(markup, (tag) => {
      readTag(tag, links);
      return " ";
    })
    .replaceAll(/[ \t]*\n\s*/gu, "\n")
    .trim();
}

/** Adds the link of an `<a>` or `<img>` tag, if it is one. */
export function readTag(tag: string, links: MarkdownLink[]): void {
  const name = /^<(a|img|video|source)\s/iu.exec(tag)?.[1]?.toLowerCase();
  if (name === undefined) return;
  const href = attribute(tag, name === "a" ? hrefAttribute : srcAttribute);
  if (href === "" || href.includes("{%") || href.includes("<%")) return;
  links.push({
    href,
    text: name === "a" ? "" : attribute(tag, altAttribute),
    kind: name === "a" ? "link" : "image",
  });
}

/** Adds the links of Liquid tags that name a page or an image: `{% page "/x/" %}`. */
export function readTemplateTags(source: string, links: MarkdownLink[]): void {
  for (const match of source.matchAll(templateTag)) {
    const link = templateLink(match[1] ?? "", match[2] ?? "");
    if (link !== null) links.push(link);
  }
}

function templateLink(name: string, href: string): MarkdownLink | null {
  if (name === "image" || name === "image_with_class") return { href, text: "", kind: "image" };
  if (name === "page" || name === "link" || name === "post_url") {
    return { href, text: "", kind: "page_tag" };
  }
  return null;
}

function attribute(tag: string, pattern: RegExp): string {
  const match = pattern.exec(tag);
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? "";
}
