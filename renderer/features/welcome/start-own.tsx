/** The start of one's own workspace: who, where, and how the keys are kept. */
import { type ReactElement, type SubmitEvent, useRef, useState } from "react";
import { useTell } from "#renderer/platform/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import {
  KeyKeeping,
  passphraseOf,
  protectionProblem,
  unprotected,
} from "#renderer/ui/key-keeping.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { WayBack } from "./way-back.tsx";
import styles from "./welcome.module.css";

type StartOwnProps = {
  /** Whether the operating system keeps the keys. */
  readonly keyStore: boolean;
  /** Whether colleagues are to come: the folder is chosen next. */
  readonly shared: boolean;
  readonly onBack: () => void;
};

/** Name, department, and a passphrase where the system has no key store. */
export function StartOwn({ keyStore, shared, onBack }: StartOwnProps): ReactElement {
  const start = useTell("workspace", "start");
  const [name, setName] = useState("");
  const [department, setDepartment] = useState("");
  const [protection, setProtection] = useState(unprotected);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const problems = {
    name: name.trim() === "" ? "Say what your colleagues call you." : null,
    department: department.trim() === "" ? "Name the department you work in." : null,
    passphrase: protectionProblem(keyStore, protection),
  };

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    setTried(true);
    const wrong = Object.values(problems).findIndex((problem) => problem !== null);
    if (wrong >= 0) {
      // The fields stand in the order of their problems.
      form.current?.querySelectorAll<HTMLInputElement>("input[autocomplete]")[wrong]?.focus();
      return;
    }
    start.mutate({ name, department, ...passphraseOf(keyStore, protection) });
  }

  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate>
      <WayBack onBack={onBack} />
      <h1 className={styles.title}>{shared ? "Start a shared workspace" : "Your workspace"}</h1>
      {shared && (
        <p className={styles.note}>
          Who you are comes first. Next you choose the folder and see what will be in it; nothing is
          shared before that.
        </p>
      )}
      <TextField
        label="Your name"
        help="It stands beside what you write."
        autoComplete="name"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- The form is the whole screen, and it is what was asked for.
        autoFocus
        value={name}
        onChange={setName}
        error={tried ? problems.name : null}
      />
      <TextField
        label="Your department"
        help="The home of what you write. More departments can be added at any time."
        autoComplete="organization"
        value={department}
        onChange={setDepartment}
        error={tried ? problems.department : null}
      />
      <KeyKeeping
        keyStore={keyStore}
        protection={protection}
        onChange={setProtection}
        error={tried ? problems.passphrase : null}
      />
      {start.error !== null && (
        <Notice tone="bad" live>
          {start.error.message}
        </Notice>
      )}
      <Button variant="primary" type="submit" busy={start.isPending} className={styles.submit}>
        {shared ? "Go on to the folder" : "Create the workspace"}
      </Button>
    </form>
  );
}
