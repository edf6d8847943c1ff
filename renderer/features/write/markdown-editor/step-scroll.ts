/** Keeps source and preview at the same place of the text: the one being scrolled leads. */
import type { EditorView } from "@codemirror/view";

export type StepScroll = {
  /** Ties the editor in; returns how to untie it. */
  readonly attachSource: (view: EditorView) => () => void;
  /** The editor that is tied in; null while none is. */
  readonly source: () => EditorView | null;
  /** Ties the preview's scrolling frame in. */
  readonly attachPreview: (frame: HTMLElement) => () => void;
};

type Mark = { readonly line: number; readonly top: number };

/** Makes the tie between one editor and one preview. */
export function createStepScroll(): StepScroll {
  let source: EditorView | null = null;
  let preview: HTMLElement | null = null;
  let leader: "source" | "preview" = "source";
  let frame = 0;

  function later(work: () => void): void {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(work);
  }

  function followSource(): void {
    if (source === null || preview === null) return;
    const top = source.scrollDOM.scrollTop;
    const block = source.lineBlockAtHeight(Math.max(0, top - source.documentPadding.top));
    const within = block.height === 0 ? 0 : (top - block.top) / block.height;
    const line = source.state.doc.lineAt(block.from).number + Math.max(0, Math.min(1, within));
    preview.scrollTop = top <= 0 ? 0 : placeOf(marksIn(preview), line);
  }

  function followPreview(): void {
    if (source === null || preview === null) return;
    const line = lineAt(marksIn(preview), preview.scrollTop);
    const whole = Math.min(source.state.doc.lines, Math.max(1, Math.floor(line)));
    const block = source.lineBlockAt(source.state.doc.line(whole).from);
    source.scrollDOM.scrollTop =
      preview.scrollTop <= 0 ? 0 : block.top + block.height * (line - whole);
  }

  function lead(element: HTMLElement, who: typeof leader, follow: () => void): () => void {
    const take = () => {
      leader = who;
    };
    const scrolled = () => {
      if (leader === who) later(follow);
    };
    const takes = ["pointerdown", "pointerenter", "wheel", "keydown", "focusin"] as const;
    for (const name of takes) element.addEventListener(name, take, { passive: true });
    element.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      for (const name of takes) element.removeEventListener(name, take);
      element.removeEventListener("scroll", scrolled);
      cancelAnimationFrame(frame);
    };
  }

  return {
    source: () => source,
    attachSource: (view) => {
      source = view;
      const stop = lead(view.dom, "source", followSource);
      const scrolled = () => {
        if (leader === "source") later(followSource);
      };
      view.scrollDOM.addEventListener("scroll", scrolled, { passive: true });
      return () => {
        view.scrollDOM.removeEventListener("scroll", scrolled);
        stop();
        source = null;
      };
    },
    attachPreview: (element) => {
      preview = element;
      const stop = lead(element, "preview", followPreview);
      return () => {
        stop();
        preview = null;
      };
    },
  };
}

/** Where the blocks of the preview stand, by the line they come from. */
function marksIn(frame: HTMLElement): readonly Mark[] {
  const origin = frame.getBoundingClientRect().top - frame.scrollTop;
  return Array.from(frame.querySelectorAll<HTMLElement>("[data-line]"), (element) => ({
    line: Number(element.dataset.line),
    top: element.getBoundingClientRect().top - origin,
  }));
}

/** The height at which a line stands, between the marks around it. */
export function placeOf(marks: readonly Mark[], line: number): number {
  const after = marks.findIndex((mark) => mark.line > line);
  const before = after === -1 ? marks.at(-1) : marks[after - 1];
  if (before === undefined) return 0;
  const next = after === -1 ? undefined : marks[after];
  if (next === undefined) return before.top;
  return before.top + ((line - before.line) / (next.line - before.line)) * (next.top - before.top);
}

/** The line that stands at a height, as a number with a fraction. */
export function lineAt(marks: readonly Mark[], top: number): number {
  const after = marks.findIndex((mark) => mark.top > top);
  const before = after === -1 ? marks.at(-1) : marks[after - 1];
  if (before === undefined) return 1;
  const next = after === -1 ? undefined : marks[after];
  if (next === undefined) return before.line;
  return before.line + ((top - before.top) / (next.top - before.top)) * (next.line - before.line);
}
