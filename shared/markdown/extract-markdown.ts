/**
 * Finds what a Markdown text holds: headings, links, and the words a reader would read. It is a
 * scanner of our own because imports and rebuilds read whole libraries with it (a full syntax tree
 * costs ten times as much); tests hold it against remark. It follows CommonMark and GFM, and knows
 * wikilinks, Liquid's page and image tags, MkDocs admonitions and plain HTML links besides.
 * Templates are text to it: nothing is ever run. Bare addresses are text, not links.
 */
import { type Block, scanBlocks } from "./extract-blocks.ts";
import { readHtml } from "./extract-html.ts";
import { createInlineReader } from "./extract-inline.ts";
import type { MarkdownExtract, MarkdownLink } from "./extract.ts";
import { createAnchors } from "./anchor.ts";

/** Reads the body of a record; front matter is not part of it. Never throws, whatever the text. */
export function extractMarkdown(body: string): MarkdownExtract {
  const { blocks, definitions, footnotes } = scanBlocks(body);
  const links: MarkdownLink[] = [];
  const lines: string[] = [];
  const headings: { level: number; text: string; anchor: string }[] = [];
  const anchorOf = createAnchors();
  const readInline = createInlineReader({ definitions, footnotes, links });
  for (const block of blocks) {
    const text =
      block.kind === "html" ? readHtml(block.source, links) : readBlock(block, readInline);
    if (block.kind === "heading") {
      headings.push({ level: block.level, text, anchor: anchorOf(text) });
    }
    if (text !== "") lines.push(text);
  }
  return {
    title: headings.find((heading) => heading.level === 1 && heading.text !== "")?.text ?? null,
    headings,
    links,
    text: lines.join("\n"),
  };
}

function readBlock(block: Block, readInline: (source: string) => string): string {
  switch (block.kind) {
    case "heading":
    case "text":
      return readInline(block.source);
    case "row":
      return block.cells
        .map((cell) => readInline(cell))
        .filter(Boolean)
        .join(" ");
    case "code":
    case "html":
      return block.source.trimEnd();
  }
}
