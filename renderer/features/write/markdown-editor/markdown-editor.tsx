/** Markdown as it is typed, in CodeMirror. Loaded when it is first needed; it never changes a text by itself. */
import { EditorView } from "@codemirror/view";
import { type ReactElement, useEffect, useEffectEvent, useRef } from "react";
import { createEditorState } from "./editor-state.ts";
import { receiveFiles } from "./receive-files.ts";
import type { StepScroll } from "./step-scroll.ts";
import styles from "./markdown-editor.module.css";

export type MarkdownEditorProps = {
  /** The text at the start; from then on the editor holds it and tells of every change. */
  readonly initial: string;
  readonly onChange: (text: string) => void;
  /** Keeps a file and answers what to write in the text for it. */
  readonly keepFile: (file: File) => Promise<string>;
  readonly onFailure: (error: unknown) => void;
  readonly scroll: StepScroll;
};

/** The source of a text. */
export function MarkdownEditor(props: MarkdownEditorProps): ReactElement {
  const { scroll } = props;
  const place = useRef<HTMLDivElement>(null);
  const changed = useEffectEvent((text: string) => props.onChange(text));
  const failed = useEffectEvent((error: unknown) => props.onFailure(error));
  const keep = useEffectEvent((file: File) => props.keepFile(file));
  const start = useEffectEvent(() => props.initial);

  useEffect(() => {
    if (place.current === null) return undefined;
    const view = new EditorView({
      parent: place.current,
      state: createEditorState(start(), [
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed(update.state.doc.toString());
        }),
        receiveFiles({ keep: (file) => keep(file), onFailure: (error) => failed(error) }),
      ]),
    });
    const stop = scroll.attachSource(view);
    return () => {
      stop();
      view.destroy();
    };
  }, [scroll]);

  return <div ref={place} className={styles.editor} />;
}
