/** Choosing the folder, and what lies in it, before anything is done there. */
import { FolderOpen } from "lucide-react";
import { type ReactElement, useState } from "react";
import { type Output, useAsk } from "#renderer/platform/api.ts";
import { host } from "#renderer/platform/host.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Explanation } from "#renderer/ui/explanation.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import type { Selection } from "#shared/contract/selection.ts";
import styles from "./share.module.css";

export type Look = Output<"sharing", "look">;

export type FolderChoice = {
  readonly selection: Selection | null;
  readonly look: Look | undefined;
  readonly failure: string | null;
  readonly looking: boolean;
  readonly choose: () => void;
  readonly lookAgain: () => void;
};

/** The choice so far. Where a new folder may be made, the dialog offers that. */
export function useFolderChoice(purpose: "found" | "find"): FolderChoice {
  const [selection, setSelection] = useState<Selection | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const asked = useAsk(
    "sharing",
    "look",
    { selection: selection?.id ?? "" },
    { enabled: selection !== null },
  );
  async function choose(): Promise<void> {
    try {
      const chosen = await (purpose === "found" ? host.chooseExportFolder() : host.chooseFolder());
      if (chosen !== null) setSelection(chosen);
      setFailure(null);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  }
  return {
    selection,
    look: asked.data,
    failure: failure ?? asked.error?.message ?? null,
    looking: asked.isFetching,
    choose: () => void choose(),
    lookAgain: () => void asked.refetch(),
  };
}

type ChooseFolderProps = {
  readonly choice: FolderChoice;
  readonly help: string;
  /** What is said of what lies there. */
  readonly said: (look: Look) => Said;
  /** What is missing, once the form was sent without it. */
  readonly error: string | null;
};

/** `ok`: it can be used; else the sentence says why not and what to do. */
export type Said = { readonly ok: boolean; readonly title: string; readonly sentence: string };

/** A button, the folder's name, and a look inside. */
export function ChooseFolder({ choice, help, said, error }: ChooseFolderProps): ReactElement {
  const { selection, look, failure, looking } = choice;
  const words = look === undefined ? null : said(look);
  return (
    <section className={styles.step} aria-label="The shared folder">
      <h2 className={styles.label}>The shared folder</h2>
      <Explanation>{help}</Explanation>
      <div className={styles.chosen}>
        {selection !== null && (
          <span className={styles.folder} dir="auto">
            {selection.name}
          </span>
        )}
        <Button icon={FolderOpen} onClick={choice.choose}>
          {selection === null ? "Choose the folder…" : "Choose another…"}
        </Button>
        {selection !== null && !(words?.ok === true) && (
          <Button variant="quiet" busy={looking} onClick={choice.lookAgain}>
            Look again
          </Button>
        )}
      </div>
      {selection !== null && looking && <Skeleton lines={1} label="Looking into the folder" />}
      <div className={styles.wide}>
        {failure !== null && !looking && (
          <Notice tone="bad" live title="The folder could not be looked into">
            {failure}
          </Notice>
        )}
        {words !== null && failure === null && !looking && (
          <Notice tone={words.ok ? "good" : "warn"} live title={words.title}>
            {words.sentence}
          </Notice>
        )}
        {error !== null && selection === null && (
          <Notice tone="bad" live>
            {error}
          </Notice>
        )}
      </div>
    </section>
  );
}
