/** What a rendered text may hold: the last word over everything that came before. */
import { defaultSchema, type Options as Schema } from "rehype-sanitize";

const readableElements =
  "h1 h2 h3 h4 h5 h6 p blockquote pre code hr br ul ol li input table thead tbody tr th td section " +
  "aside a img span em strong del ins sup sub kbd mark small u s q abbr cite";

/**
 * Stricter than the usual schema: no raw HTML got this far, images lead nowhere but to attachments
 * (the screen looks their address up), and a link has one of three schemes or none.
 */
export const safeSchema: Schema = {
  ...defaultSchema,
  tagNames: readableElements.split(" "),
  attributes: {
    a: [
      "href",
      "title",
      "dataTarget",
      "dataRemoteImage",
      "dataFootnoteRef",
      "dataFootnoteBackref",
      "ariaDescribedBy",
      "ariaLabel",
      ["className", "data-footnote-backref"],
    ],
    aside: ["dataNote", "dataTitle"],
    code: [["className", /^language-[\w+#.-]{1,40}$/u], "dataLiteral"],
    img: ["alt", "title", "dataTarget"],
    input: [["type", "checkbox"], ["disabled", true], "checked"],
    li: [["className", "task-list-item"]],
    ol: ["start", ["className", "contains-task-list"]],
    section: ["dataFootnotes", ["className", "footnotes"]],
    span: ["dataDropped", "title"],
    td: ["align"],
    th: ["align"],
    ul: [["className", "contains-task-list"]],
    h1: ["id"],
    h2: ["id", ["className", "sr-only"]],
    h3: ["id"],
    h4: ["id"],
    h5: ["id"],
    h6: ["id"],
    "*": ["id", "dir"],
  },
  protocols: { href: ["http", "https", "mailto", "guildhall"] },
  required: { input: { disabled: true, type: "checkbox" } },
  // The caller says the prefix; ids are made here and nowhere else.
  clobber: [],
  strip: ["script", "style"],
};
