/** The editor in the window's own colours and type: every value is a design token. */
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const look = EditorView.theme({
  "&": {
    blockSize: "100%",
    backgroundColor: "transparent",
    color: "var(--text-main)",
    fontSize: "var(--size-body)",
  },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "var(--font-code)",
    lineHeight: "1.7",
    overflow: "auto",
  },
  ".cm-content": {
    maxInlineSize: "46rem",
    padding: "var(--space-4) var(--space-5) 40vh",
    caretColor: "var(--accent)",
  },
  ".cm-line": { padding: "0" },
  ".cm-cursor": { borderInlineStartColor: "var(--accent)", borderInlineStartWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { backgroundColor: "var(--surface-selected)" },
  ".cm-placeholder": { color: "var(--text-faint)", fontFamily: "var(--font-interface)" },
  ".cm-selectionMatch": { backgroundColor: "var(--surface-hover)" },
  ".cm-searchMatch": { backgroundColor: "var(--mark-surface)", color: "var(--mark-text)" },
  ".cm-searchMatch-selected": { outline: "2px solid var(--accent)" },
  ".cm-panels": {
    backgroundColor: "var(--surface-sunken)",
    color: "var(--text-main)",
    borderBlockEnd: "1px solid var(--line)",
    fontFamily: "var(--font-interface)",
  },
  ".cm-panel.cm-search": { padding: "var(--space-2) var(--space-3)" },
  ".cm-panel.cm-search label": { fontSize: "var(--size-small)" },
  ".cm-textfield": {
    border: "1px solid var(--line-control)",
    borderRadius: "var(--radius-small)",
    backgroundColor: "var(--surface-raised)",
    color: "var(--text-main)",
    fontSize: "var(--size-small)",
  },
  ".cm-button": {
    border: "1px solid var(--line-control)",
    borderRadius: "var(--radius-small)",
    backgroundColor: "var(--surface-raised)",
    backgroundImage: "none",
    color: "var(--text-main)",
    fontSize: "var(--size-small)",
  },
  ".cm-tooltip": {
    border: "1px solid var(--line-strong)",
    borderRadius: "var(--radius)",
    backgroundColor: "var(--surface-raised)",
    boxShadow: "var(--shadow-floating)",
    overflow: "hidden",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--font-interface)",
    maxBlockSize: "16rem",
    minInlineSize: "18rem",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    padding: "var(--space-2) var(--space-3)",
    lineHeight: "1.3",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--surface-selected)",
    color: "var(--text-main)",
  },
  ".cm-completionDetail": { color: "var(--text-faint)", fontStyle: "normal" },
});

const colours = HighlightStyle.define([
  { tag: tags.heading1, fontWeight: "700", fontSize: "1.25em" },
  { tag: tags.heading2, fontWeight: "700", fontSize: "1.12em" },
  { tag: tags.heading, fontWeight: "700" },
  { tag: tags.strong, fontWeight: "700" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.strikethrough, textDecoration: "line-through" },
  { tag: [tags.link, tags.url], color: "var(--text-link)" },
  { tag: tags.quote, color: "var(--text-secondary)" },
  { tag: tags.monospace, color: "var(--warn-text)" },
  {
    tag: [tags.processingInstruction, tags.contentSeparator, tags.meta],
    color: "var(--text-faint)",
  },
  { tag: [tags.comment, tags.tagName, tags.angleBracket], color: "var(--text-faint)" },
]);

/** Colours and type of the editor. */
export const editorTheme: Extension = [look, syntaxHighlighting(colours)];
