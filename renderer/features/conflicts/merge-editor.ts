/**
 * The merged text as it is made: an editor that knows where the open places are while one writes
 * around and in them. A place is decided by taking something for it, or by writing in it.
 */
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { markdown, markdownLanguage } from "@codemirror/lang-markdown";
import { EditorState, StateEffect, StateField, type Transaction } from "@codemirror/state";
import { Decoration, drawSelection, EditorView, keymap } from "@codemirror/view";
import { nonce } from "#renderer/platform/csp.ts";
import { editorTheme } from "#renderer/ui/editor-theme.ts";
import type { MergePlace, MergeStart } from "./merge-places.ts";

/** A place as it stands in the editor now. */
export type PlaceNow = { readonly text: string; readonly decided: boolean };

export type MergeEditor = {
  /** Puts the text at the place, in the stead of what stands there, and shows it. */
  readonly take: (place: number, text: string) => void;
  readonly destroy: () => void;
};

type MergeEditorOptions = {
  readonly parent: HTMLElement;
  readonly start: MergeStart;
  readonly onChange: (text: string, places: readonly PlaceNow[]) => void;
};

type Range = { readonly from: number; readonly to: number; readonly decided: boolean };

const decide = StateEffect.define<number>();

/** Makes the editor. */
export function createMergeEditor({ parent, start, onChange }: MergeEditorOptions): MergeEditor {
  const ranges = rangesOf(start.places);
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: start.text,
      extensions: [
        ...(nonce === undefined ? [] : [EditorView.cspNonce.of(nonce)]),
        history(),
        drawSelection(),
        markdown({ base: markdownLanguage, addKeymap: false }),
        keymap.of([...historyKeymap, ...defaultKeymap]),
        EditorView.lineWrapping,
        EditorView.perLineTextDirection.of(true),
        EditorView.contentAttributes.of({ "aria-label": "The merged text", spellcheck: "true" }),
        editorTheme,
        look,
        ranges,
        EditorView.updateListener.of(({ state, docChanged, transactions }) => {
          const told = transactions.some((one) => one.effects.some((effect) => effect.is(decide)));
          if (docChanged || told) onChange(state.doc.toString(), placesNow(state, ranges));
        }),
      ],
    }),
  });
  return {
    take: (place, text) => {
      const range = view.state.field(ranges)[place];
      if (range === undefined) return;
      view.dispatch({
        changes: { from: range.from, to: range.to, insert: text },
        selection: { anchor: range.from, head: range.from + text.length },
        effects: [decide.of(place), EditorView.scrollIntoView(range.from, { y: "center" })],
      });
    },
    destroy: () => view.destroy(),
  };
}

/** A place's text at the start, before anything is decided. */
export function placesAtStart({ text, places }: MergeStart): readonly PlaceNow[] {
  return places.map(({ from, to }) => ({ text: text.slice(from, to), decided: false }));
}

function placesNow(state: EditorState, ranges: StateField<readonly Range[]>): readonly PlaceNow[] {
  return state.field(ranges).map(({ from, to, decided }) => ({
    text: state.doc.sliceString(from, to),
    decided,
  }));
}

function rangesOf(places: readonly MergePlace[]): StateField<readonly Range[]> {
  return StateField.define<readonly Range[]>({
    create: () => places.map(({ from, to }) => ({ from, to, decided: false })),
    update: (ranges, transaction) => ranges.map((range, index) => moved(range, index, transaction)),
    provide: (field) => EditorView.decorations.from(field, marks),
  });
}

function moved(range: Range, index: number, transaction: Transaction): Range {
  const { changes, effects } = transaction;
  const told = effects.some((effect) => effect.is(decide) && effect.value === index);
  const touched = changes.touchesRange(range.from, range.to) !== false;
  return {
    from: changes.mapPos(range.from, -1),
    to: changes.mapPos(range.to, 1),
    decided: range.decided || told || touched,
  };
}

const open = Decoration.mark({ class: "cm-place-open" });
const decided = Decoration.mark({ class: "cm-place-decided" });

function marks(ranges: readonly Range[]) {
  const filled = ranges.filter(({ from, to }) => to > from);
  return Decoration.set(
    filled.map((range) => (range.decided ? decided : open).range(range.from, range.to)),
    true,
  );
}

const look = EditorView.theme({
  ".cm-content": { maxInlineSize: "none", padding: "var(--space-3) var(--space-4)" },
  ".cm-place-open": {
    backgroundColor: "var(--warn-surface)",
    color: "var(--warn-text)",
    textDecoration: "underline dashed",
    textUnderlineOffset: "0.2em",
  },
  ".cm-place-decided": { backgroundColor: "var(--added-surface)", color: "var(--added-text)" },
});
