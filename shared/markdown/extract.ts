/** What a Markdown text holds, for search, links and titles. Nothing is converted or stored. */

export type MarkdownLink = {
  /** The target as written, undecoded. */
  readonly href: string;
  readonly text: string;
  readonly kind: "link" | "image" | "wikilink" | "page_tag";
};

export type MarkdownExtract = {
  /** The first heading of level 1, as plain text; null where there is none. */
  readonly title: string | null;
  readonly headings: readonly {
    readonly level: number;
    readonly text: string;
    readonly anchor: string;
  }[];
  readonly links: readonly MarkdownLink[];
  /** The text a reader would read, without markup, one block a line; code included. */
  readonly text: string;
};
