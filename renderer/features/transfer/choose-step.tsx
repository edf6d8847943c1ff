/** Choosing what to import: the host's dialogs, the page's own, or a drop. */
import { FolderOpen, Files, Upload } from "lucide-react";
import {
  type ChangeEvent,
  type DragEvent,
  type ReactElement,
  type RefObject,
  useRef,
  useState,
} from "react";
import { host } from "#renderer/platform/host.ts";
import { chosenFiles, droppedFiles } from "#renderer/platform/upload.ts";
import { Button } from "#renderer/ui/button.tsx";
import { classNames } from "#renderer/ui/class-names.ts";
import { useToast } from "#renderer/ui/toast.tsx";
import type { Selection } from "#shared/contract/selection.ts";
import { bringChoice, planImport } from "./import-session.ts";
import styles from "./choose-step.module.css";

const accepted = ".md,.markdown,.mdx,.html.md,.erb,.zip,text/markdown,application/zip";

/** A place to drop, and two buttons. */
export function ChooseStep(): ReactElement {
  const toast = useToast();
  const [over, setOver] = useState(false);
  const folder = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);

  async function drop(event: DragEvent): Promise<void> {
    event.preventDefault();
    setOver(false);
    const choice = await droppedFiles(event.dataTransfer);
    if (choice === null) toast.show({ message: "There were no files in what you dropped." });
    else await bringChoice(choice);
  }
  async function ask(dialog: () => Promise<Selection | null>): Promise<void> {
    try {
      const selection = await dialog();
      if (selection !== null) await planImport(selection, {});
    } catch (error) {
      toast.fail(error);
    }
  }
  const dialogs = host.kind === "electron";

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Dropping is a shortcut for the buttons inside, which work by keyboard.
    <section
      className={classNames(styles.zone, over && styles.over)}
      aria-label="Choose what to import"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => void drop(event)}
    >
      <Upload className={styles.icon} aria-hidden="true" />
      <h2 className={styles.title}>Drop a folder, files or a ZIP file here</h2>
      <p className={styles.hint}>
        Markdown becomes records: titles, tags, owners, review dates and links are taken over,
        images are kept beside them. Your own files stay as they are.
      </p>
      <div className={styles.buttons}>
        <Button
          variant="primary"
          icon={FolderOpen}
          onClick={() => (dialogs ? void ask(host.chooseFolder) : folder.current?.click())}
        >
          Choose a folder
        </Button>
        <Button
          icon={Files}
          onClick={() => (dialogs ? void ask(host.chooseFiles) : files.current?.click())}
        >
          Choose files or a ZIP
        </Button>
      </div>
      <PageInputs folder={folder} files={files} />
    </section>
  );
}

type PageInputsProps = {
  readonly folder: RefObject<HTMLInputElement | null>;
  readonly files: RefObject<HTMLInputElement | null>;
};

/** Makes the browser's dialog choose a folder; every engine we run in knows it, React's types do not. */
const wholeFolder = { webkitdirectory: "" };

/** The page's own dialogs, for a browser tab; the buttons above press them. */
function PageInputs({ folder, files }: PageInputsProps): ReactElement {
  function pick(event: ChangeEvent<HTMLInputElement>): void {
    const choice = chosenFiles(event.target.files);
    if (choice !== null) void bringChoice(choice);
  }
  return (
    <>
      <input
        {...wholeFolder}
        ref={folder}
        type="file"
        hidden
        aria-label="Folder to import"
        onChange={pick}
      />
      <input
        ref={files}
        type="file"
        multiple
        hidden
        accept={accepted}
        aria-label="Files to import"
        onChange={pick}
      />
    </>
  );
}
