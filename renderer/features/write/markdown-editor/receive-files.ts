/** Pasted and dropped files: kept as attachments, written into the text where they were dropped. */
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

type Receiver = {
  /** Keeps a file and answers what to write in the text for it. */
  readonly keep: (file: File) => Promise<string>;
  readonly onFailure: (error: unknown) => void;
};

let lastNumber = 0;

/** Takes files from the clipboard and from a drag. Text goes its ordinary way. */
export function receiveFiles(receiver: Receiver): Extension {
  return EditorView.domEventHandlers({
    paste: (event, view) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return false;
      event.preventDefault();
      void receive(view, files, receiver);
      return true;
    },
    drop: (event, view) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return false;
      event.preventDefault();
      const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
      if (at !== null) view.dispatch({ selection: { anchor: at } });
      void receive(view, files, receiver);
      return true;
    },
  });
}

async function receive(
  view: EditorView,
  files: readonly File[],
  receiver: Receiver,
): Promise<void> {
  for (const file of files) {
    lastNumber += 1;
    // Typing goes on while the file is kept; the words hold its place.
    const holder = `![Keeping ${file.name.replaceAll(/[[\]]/gu, "")} … ${lastNumber.toString()}]()`;
    const at = view.state.selection.main.to;
    view.dispatch({
      changes: { from: at, insert: holder },
      selection: { anchor: at + holder.length },
      userEvent: "input.paste",
    });
    try {
      replace(view, holder, await receiver.keep(file));
    } catch (error) {
      replace(view, holder, "");
      receiver.onFailure(error);
    }
  }
}

/** The person may have deleted the words meanwhile: then nothing is written. */
function replace(view: EditorView, holder: string, insert: string): void {
  const from = view.state.doc.toString().indexOf(holder);
  if (from === -1) return;
  view.dispatch({ changes: { from, to: from + holder.length, insert }, userEvent: "input.paste" });
}
