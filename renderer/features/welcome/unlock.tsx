/** The passphrase that opens the keys. */
import { type ReactElement, type SubmitEvent, useState } from "react";
import { useTell } from "#renderer/platform/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { PassphraseField } from "#renderer/ui/passphrase-field.tsx";
import styles from "./welcome.module.css";

/** Asks for the passphrase; a wrong one says so and nothing else happens. */
export function Unlock({ name }: { readonly name: string | null }): ReactElement {
  const unlock = useTell("workspace", "unlock");
  const [passphrase, setPassphrase] = useState("");
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    unlock.mutate({ passphrase });
  }
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <h1 className={styles.title}>{name === null ? "Welcome back" : `Welcome back, ${name}`}</h1>
      <p className={styles.lead}>
        Your key is locked. The passphrase you chose on this computer opens it. The lock keeps
        others from writing as you; it does not encrypt the pages stored here.
      </p>
      <PassphraseField
        kind="current"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- The form is the whole screen, and it is what was asked for.
        autoFocus
        value={passphrase}
        onChange={setPassphrase}
        error={unlock.error?.message ?? null}
      />
      <Button
        variant="primary"
        type="submit"
        busy={unlock.isPending}
        disabled={passphrase === ""}
        className={styles.submit}
      >
        Unlock
      </Button>
    </form>
  );
}
