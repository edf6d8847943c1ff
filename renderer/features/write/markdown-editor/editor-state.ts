/** What the editor can do: Markdown colours, undo, search, completion, and the keys for them. */
import { autocompletion, closeBrackets, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { markdown, markdownKeymap, markdownLanguage } from "@codemirror/lang-markdown";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightSpecialChars,
  keymap,
  placeholder,
} from "@codemirror/view";
import { nonce } from "#renderer/platform/csp.ts";
import { completeLinks, completePeople } from "./completions.ts";
import { editorTheme } from "#renderer/ui/editor-theme.ts";
import { formattingKeymap } from "./formatting.ts";

/** The state of an editor over a text. Tab leaves the editor, as everywhere else. */
export function createEditorState(text: string, more: readonly Extension[]): EditorState {
  return EditorState.create({
    doc: text,
    extensions: [
      ...(nonce === undefined ? [] : [EditorView.cspNonce.of(nonce)]),
      history(),
      drawSelection(),
      dropCursor(),
      highlightSpecialChars(),
      highlightSelectionMatches(),
      search({ top: true }),
      markdown({ base: markdownLanguage, addKeymap: false, pasteURLAsLink: true }),
      closeBrackets(),
      autocompletion({ override: [completeLinks, completePeople], icons: false }),
      keymap.of([
        ...formattingKeymap,
        ...completionKeymap,
        ...markdownKeymap,
        ...searchKeymap,
        ...historyKeymap,
        ...defaultKeymap,
      ]),
      EditorView.lineWrapping,
      EditorView.perLineTextDirection.of(true),
      EditorView.contentAttributes.of({
        "aria-label": "Text in Markdown",
        tabindex: "0",
        spellcheck: "true",
        autocapitalize: "sentences",
      }),
      placeholder("Write in Markdown. [[ links to a record, @ to a person; images can be pasted."),
      editorTheme,
      ...more,
    ],
  });
}
