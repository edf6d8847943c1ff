/** The text as source, as it will be read, or both side by side in step. */
import {
  Bold,
  Code,
  Columns2,
  Eye,
  Heading,
  Italic,
  Link,
  List,
  ListChecks,
  PenLine,
  Quote,
} from "lucide-react";
import { lazy, type ReactElement, Suspense, useEffect, useRef, useState } from "react";
import { useCommands } from "#renderer/platform/commands.ts";
import { useMarkdownSources } from "#renderer/platform/markdown-sources.tsx";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Markdown } from "#renderer/ui/markdown/markdown.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { showFailure } from "#renderer/ui/toast.tsx";
import { useSettled } from "#renderer/ui/use-settled.ts";
import type { Json } from "#shared/domain/json.ts";
import { titleOf } from "./content.ts";
import { keepFile } from "./keep-file.ts";
import { createStepScroll, type StepScroll } from "./markdown-editor/step-scroll.ts";
import type { Opening } from "./opening.ts";
import type { Writing } from "./use-writing.ts";
import styles from "./write.module.css";

const MarkdownEditor = lazy(async () => {
  const { MarkdownEditor } = await import("./markdown-editor/markdown-editor.tsx");
  return { default: MarkdownEditor };
});

const modes = ["source", "split", "preview"] as const;
type Mode = (typeof modes)[number];

/** Narrower than this, in pixels, two panes would be too small to write in. */
const roomForTwo = 1100;

/** How the person last liked it, for as long as the window is open. */
let lastMode: Mode = window.innerWidth < roomForTwo ? "source" : "split";

type TextEditorProps = { readonly opening: Opening; readonly writing: Writing };

/** The editor. Mod+L, or Mod+Alt+P, goes to the next of the three views. */
export function TextEditor({ opening, writing }: TextEditorProps): ReactElement {
  const [mode, setMode] = useState<Mode>(lastMode);
  const [scroll] = useState(createStepScroll);
  function choose(next: Mode): void {
    lastMode = next;
    setMode(next);
  }
  const cycle = () => choose(modes[(modes.indexOf(mode) + 1) % modes.length] ?? "source");
  const next = {
    title: "Next view: source, split, preview",
    group: "This page",
    run: cycle,
  } as const;
  useCommands([
    { ...next, id: "write.view", keys: "Mod+L" },
    { ...next, id: "write.viewAgain", keys: "Mod+Alt+P", keysOnly: true },
  ]);
  async function keep(file: File): Promise<string> {
    const { markdown, attachment } = await keepFile(file);
    writing.setField("attachments", (held) => withMember(held, attachment));
    return markdown;
  }
  return (
    <section className={styles.textEditor} data-mode={mode} aria-label="Text">
      <div className={styles.toolbar} role="toolbar" aria-label="Text tools">
        {mode !== "preview" && <FormattingButtons scroll={scroll} />}
        <span className={styles.spring} />
        <ViewButtons mode={mode} onChoose={choose} />
      </div>
      <div className={styles.panes}>
        {/* Hidden, not gone: undo and the caret stay. */}
        <div className={styles.source} hidden={mode === "preview"}>
          <Suspense fallback={<Skeleton lines={8} label="Opening the editor" />}>
            <MarkdownEditor
              initial={opening.content.body}
              onChange={writing.setBody}
              keepFile={keep}
              onFailure={showFailure}
              scroll={scroll}
            />
          </Suspense>
        </div>
        {mode !== "source" && <Preview opening={opening} writing={writing} scroll={scroll} />}
      </div>
    </section>
  );
}

function withMember(held: Json | undefined, attachment: Json): Json {
  return Array.isArray(held) ? [...held, attachment] : [attachment];
}

type PreviewProps = TextEditorProps & { readonly scroll: StepScroll };

function Preview({ opening, writing, scroll }: PreviewProps): ReactElement {
  const frame = useRef<HTMLElement>(null);
  const sources = useMarkdownSources(opening.record?.id);
  const text = useLaidOut(writing.content.body);
  useEffect(
    () => (frame.current === null ? undefined : scroll.attachPreview(frame.current)),
    [scroll],
  );
  return (
    // A long preview scrolls in its own frame, also by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section ref={frame} className={styles.preview} aria-label="Preview" tabIndex={0}>
      {text.trim() === "" ? (
        <p className={styles.nothing}>What you write appears here as it will be read.</p>
      ) : (
        <Markdown
          text={text}
          title={titleOf(opening.type, writing.content)}
          sources={sources}
          idPrefix="preview-"
        />
      )}
    </section>
  );
}

/** Characters from which a text is laid out only after a pause in typing. */
const longText = 40_000;
const pause = 700;

/** A short text as it is; a long one once nobody has typed for a moment. */
function useLaidOut(text: string): string {
  const settled = useSettled(text, pause);
  return text.length > longText ? settled : text;
}

const views = [
  { mode: "source", label: "Source", icon: PenLine },
  { mode: "split", label: "Source and preview", icon: Columns2 },
  { mode: "preview", label: "Preview", icon: Eye },
] as const;

function ViewButtons(props: { readonly mode: Mode; readonly onChoose: (mode: Mode) => void }) {
  return (
    <span className={styles.views}>
      {views.map(({ mode, label, icon }) => (
        <IconButton
          key={mode}
          icon={icon}
          label={label}
          keys="Mod+L"
          size="small"
          pressed={props.mode === mode}
          onClick={() => props.onChoose(mode)}
        />
      ))}
    </span>
  );
}

const tools = [
  { label: "Bold", keys: "Mod+B", icon: Bold, format: "bold" },
  { label: "Italic", keys: "Mod+I", icon: Italic, format: "italic" },
  { label: "Code", keys: "Mod+E", icon: Code, format: "code" },
  { label: "Link", keys: "Mod+K", icon: Link, format: "link" },
  { label: "Heading", icon: Heading, format: "heading" },
  { label: "List", icon: List, format: "list" },
  { label: "Task list", icon: ListChecks, format: "tasks" },
  { label: "Quote", icon: Quote, format: "quote" },
] as const;

function FormattingButtons({ scroll }: { readonly scroll: StepScroll }): ReactElement {
  return (
    <>
      {tools.map(({ format, ...tool }) => (
        <IconButton
          key={format}
          {...tool}
          size="small"
          // The selection in the text must survive the press.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => void formatSource(scroll, format)}
        />
      ))}
    </>
  );
}

async function formatSource(
  scroll: StepScroll,
  format: (typeof tools)[number]["format"],
): Promise<void> {
  const { formats } = await import("./markdown-editor/formatting.ts");
  const view = scroll.source();
  if (view !== null) formats[format](view);
}
