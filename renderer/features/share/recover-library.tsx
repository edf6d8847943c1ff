/** The way back with the recovery sheet: this device's person becomes a steward again. */
import { type ReactElement, type SubmitEvent, useState } from "react";
import { useTell } from "#renderer/platform/api.ts";
import { host } from "#renderer/platform/host.ts";
import { navigate } from "#renderer/platform/navigation.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { ChooseFolder, useFolderChoice } from "./choose-folder.tsx";
import { NewcomerFields, useNewcomer } from "./newcomer-fields.tsx";
import { NoDialog } from "./no-dialog.tsx";
import { saidOfLibrary } from "./said-of-library.ts";
import styles from "./share.module.css";

type RecoverLibraryProps = {
  /** Set where there is no workspace yet; says whether the operating system keeps keys. */
  readonly newcomer: { readonly keyStore: boolean } | null;
};

/** The form. */
export function RecoverLibrary({ newcomer }: RecoverLibraryProps): ReactElement {
  const recover = useTell("sharing", "recover");
  const choice = useFolderChoice("find");
  const who = useNewcomer(newcomer);
  const [recovery, setRecovery] = useState("");
  const [tried, setTried] = useState(false);
  const found = choice.selection !== null && choice.look?.kind === "library";
  const noCode = recovery.trim() === "" ? "Enter the code from the sheet." : null;

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    setTried(true);
    if (!found || choice.selection === null || noCode !== null || !who.valid) return;
    const selection = choice.selection.id;
    void recover
      .mutateAsync({ selection, recovery, ...who.input })
      .then(() => navigate({ screen: "share" }, { replace: true }))
      .catch(() => undefined);
  }

  if (host.kind === "browser") {
    const name = newcomer === null ? "" : ' --name "YOUR NAME"';
    return <NoDialog command={`share recover FOLDER${name}`} />;
  }
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <p className={styles.text}>
        Use this only when no steward's device works any more. Everybody sees that the sheet was
        used, and who became a steward with it.
      </p>
      <ChooseFolder
        choice={choice}
        help="The shared folder, as it appears on this computer."
        said={saidOfLibrary}
        error={tried && !found ? "Choose the folder first." : null}
      />
      <TextField
        label="Recovery code"
        help="Eight groups of four, from the printed sheet."
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={200}
        value={recovery}
        onChange={setRecovery}
        error={tried ? noCode : null}
      />
      {newcomer !== null && <NewcomerFields keyStore={newcomer.keyStore} who={who} tried={tried} />}
      {recover.error !== null && (
        <Notice tone="bad" live title="Nothing was recovered">
          {recover.error.message}
        </Notice>
      )}
      <Button variant="primary" type="submit" busy={recover.isPending} className={styles.submit}>
        {recover.isPending ? "Recovering" : "Become a steward again"}
      </Button>
    </form>
  );
}
