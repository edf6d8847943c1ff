/** Keys and buttons that write Markdown around the selection. */
import { EditorSelection } from "@codemirror/state";
import type { Command, KeyBinding } from "@codemirror/view";

/** Puts marks around each selection, or takes them away where they stand already. */
function wrapWith(mark: string): Command {
  return (view) => {
    const { state } = view;
    const change = state.changeByRange((range) => {
      const before = state.sliceDoc(range.from - mark.length, range.from);
      const after = state.sliceDoc(range.to, range.to + mark.length);
      if (before === mark && after === mark) {
        return {
          changes: [
            { from: range.from - mark.length, to: range.from },
            { from: range.to, to: range.to + mark.length },
          ],
          range: EditorSelection.range(range.from - mark.length, range.to - mark.length),
        };
      }
      return {
        changes: [
          { from: range.from, insert: mark },
          { from: range.to, insert: mark },
        ],
        range: EditorSelection.range(range.from + mark.length, range.to + mark.length),
      };
    });
    view.dispatch(state.update(change, { scrollIntoView: true, userEvent: "input" }));
    view.focus();
    return true;
  };
}

/** Starts each selected line with a mark, or takes it away where every line has it. */
function startLinesWith(mark: string): Command {
  return (view) => {
    const { state } = view;
    const { from, to } = state.selection.main;
    const first = state.doc.lineAt(from).number;
    const last = state.doc.lineAt(to).number;
    const lines = Array.from({ length: last - first + 1 }, (_, i) => state.doc.line(first + i));
    const all = lines.every((line) => line.text.startsWith(mark));
    view.dispatch({
      changes: lines.map((line) =>
        all ? { from: line.from, to: line.from + mark.length } : { from: line.from, insert: mark },
      ),
      userEvent: "input",
    });
    view.focus();
    return true;
  };
}

/** Makes the selection a link and waits for its address. Without a selection the key is not ours. */
const linkSelection: Command = (view) => {
  const { main } = view.state.selection;
  if (main.empty) return false;
  const words = view.state.sliceDoc(main.from, main.to);
  const isAddress = /^(?:https?:\/\/|mailto:)\S+$/u.test(words);
  const insert = isAddress ? `[](${words})` : `[${words}]()`;
  const caret = isAddress ? main.from + 1 : main.from + insert.length - 1;
  view.dispatch({
    changes: { from: main.from, to: main.to, insert },
    selection: { anchor: caret },
    scrollIntoView: true,
    userEvent: "input",
  });
  view.focus();
  return true;
};

/** What the buttons over the text do. */
export const formats = {
  bold: wrapWith("**"),
  italic: wrapWith("_"),
  code: wrapWith("`"),
  link: linkSelection,
  heading: startLinesWith("## "),
  list: startLinesWith("- "),
  tasks: startLinesWith("- [ ] "),
  quote: startLinesWith("> "),
} as const;

/** The keys for the same, where there is one. */
export const formattingKeymap: readonly KeyBinding[] = [
  { key: "Mod-b", run: formats.bold },
  { key: "Mod-i", run: formats.italic },
  { key: "Mod-e", run: formats.code },
  { key: "Mod-k", run: formats.link },
];
