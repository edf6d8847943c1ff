/**
 * Coming to a shared workspace that exists: its folder, a code, and who one is where the profile
 * does not know it yet. The code also proves that it is the right folder.
 */
import { type ReactElement, type ReactNode, type SubmitEvent, useRef, useState } from "react";
import { host } from "#renderer/platform/host.ts";
import { navigate } from "#renderer/platform/navigation.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import type { Selection } from "#shared/contract/selection.ts";
import { ChooseFolder, useFolderChoice } from "./choose-folder.tsx";
import { type Newcomer, NewcomerFields, useNewcomer } from "./newcomer-fields.tsx";
import { NoDialog } from "./no-dialog.tsx";
import { saidOfLibrary } from "./said-of-library.ts";
import styles from "./share.module.css";

/** Set where there is no workspace yet; says whether the operating system keeps keys. */
export type NewcomerProps = { readonly newcomer: { readonly keyStore: boolean } | null };

type ComeFormProps = NewcomerProps & {
  readonly folderHelp: string;
  readonly code: { readonly label: string; readonly help: string; readonly missing: string };
  /** What the button says, and what it says meanwhile. */
  readonly button: readonly [string, string];
  readonly failed: string;
  /** The same on the command line, for where no folder can be chosen. */
  readonly command: string;
  readonly tell: { readonly isPending: boolean; readonly error: Error | null };
  readonly onCome: (
    folder: Selection["id"],
    code: string,
    who: Newcomer["input"],
  ) => Promise<unknown>;
  /** What comes of what is in this workspace already. */
  readonly along?: ReactNode;
};

/** The form. Afterwards the page of sharing says how it stands. */
export function ComeForm(props: ComeFormProps): ReactElement {
  const { newcomer, tell, failed, button } = props;
  const choice = useFolderChoice("find");
  const who = useNewcomer(newcomer);
  const [code, setCode] = useState("");
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const found = choice.selection !== null && choice.look?.kind === "library";
  const noCode = code.trim() === "" ? props.code.missing : null;

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    setTried(true);
    if (!found || choice.selection === null || noCode !== null || !who.valid) {
      focusFirst(form.current, { found, noCode, who });
      return;
    }
    void props
      .onCome(choice.selection.id, code, who.input)
      .then(() => navigate({ screen: "share" }, { replace: true }))
      // The reason stands in the form.
      .catch(() => undefined);
  }

  if (host.kind === "browser") {
    return (
      <NoDialog command={`${props.command}${newcomer === null ? "" : ' --name "YOUR NAME"'}`} />
    );
  }
  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate>
      <ChooseFolder
        choice={choice}
        help={props.folderHelp}
        said={saidOfLibrary}
        error={tried && !found ? "Choose the folder first." : null}
      />
      <TextField
        label={props.code.label}
        help={props.code.help}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={200}
        value={code}
        onChange={setCode}
        error={tried ? noCode : null}
      />
      {newcomer === null ? (
        props.along
      ) : (
        <NewcomerFields keyStore={newcomer.keyStore} who={who} tried={tried} />
      )}
      {tell.error !== null && (
        <Notice tone="bad" live title={failed}>
          {tell.error.message}
        </Notice>
      )}
      <Button variant="primary" type="submit" busy={tell.isPending}>
        {button[tell.isPending ? 1 : 0]}
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
