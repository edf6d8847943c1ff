/**
 * Joining a shared workspace with an invitation's code. It stands before there is a workspace, where
 * it asks for a name as well, and in one that comes along.
 */
import { type ReactElement, type SubmitEvent, useRef, useState } from "react";
import { useTell } from "#renderer/platform/api.ts";
import { host } from "#renderer/platform/host.ts";
import { navigate } from "#renderer/platform/navigation.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { ChooseFolder, useFolderChoice } from "./choose-folder.tsx";
import { type Newcomer, NewcomerFields, useNewcomer } from "./newcomer-fields.tsx";
import { NoDialog } from "./no-dialog.tsx";
import { saidOfLibrary } from "./said-of-library.ts";
import styles from "./share.module.css";

type JoinLibraryProps = {
  /** Set where there is no workspace yet; says whether the operating system keeps keys. */
  readonly newcomer: { readonly keyStore: boolean } | null;
};

/** The form. A folder and a code; the code also proves that it is the right folder. */
export function JoinLibrary({ newcomer }: JoinLibraryProps): ReactElement {
  const join = useTell("sharing", "join");
  const choice = useFolderChoice("find");
  const who = useNewcomer(newcomer);
  const [code, setCode] = useState("");
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const found = choice.selection !== null && choice.look?.kind === "library";
  const noCode = code.trim() === "" ? "Enter the code that a steward gave you." : null;

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    setTried(true);
    if (!found || choice.selection === null || noCode !== null || !who.valid) {
      focusFirst(form.current, { found, noCode, who });
      return;
    }
    const selection = choice.selection.id;
    void join
      .mutateAsync({ selection, code, ...who.input })
      .then(() => navigate({ screen: "share" }, { replace: true }))
      .catch(() => undefined);
  }

  if (host.kind === "browser") {
    const name = newcomer === null ? "" : ' --name "YOUR NAME"';
    return <NoDialog command={`share join FOLDER --code CODE${name}`} />;
  }
  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate>
      <ChooseFolder
        choice={choice}
        help="The folder that your company shares the workspace in, as it appears on this computer. Nothing is changed there by looking."
        said={saidOfLibrary}
        error={tried && !found ? "Choose the folder first." : null}
      />
      <TextField
        label="Invitation code"
        help="Nine groups of five. Spaces, hyphens and capitals do not matter. It also proves that this is the folder you were invited to."
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={200}
        value={code}
        onChange={setCode}
        error={tried ? noCode : null}
      />
      {newcomer === null ? (
        <Notice title="What is in this workspace comes along">
          Everything you wrote, with its history, becomes part of the shared workspace once you are
          let in. Departments and topics of the same name meet.
        </Notice>
      ) : (
        <NewcomerFields keyStore={newcomer.keyStore} who={who} tried={tried} />
      )}
      {join.error !== null && (
        <Notice tone="bad" live title="You have not joined">
          {join.error.message}
        </Notice>
      )}
      <Button variant="primary" type="submit" busy={join.isPending} className={styles.submit}>
        {join.isPending ? "Asking" : "Ask to join"}
      </Button>
    </form>
  );
}

type Missing = {
  readonly found: boolean;
  readonly noCode: string | null;
  readonly who: Newcomer;
};

/** The first thing to mend gets the focus. */
function focusFirst(form: HTMLFormElement | null, { found, noCode, who }: Missing): void {
  if (!found) form?.querySelector("button")?.focus();
  else if (noCode !== null) form?.querySelectorAll("input")[0]?.focus();
  else if (who.problem !== null) form?.querySelectorAll("input")[1]?.focus();
  else form?.querySelector<HTMLInputElement>("input[autocomplete=new-password]")?.focus();
}
