/** The start of one's own workspace: who, where, and how the keys are kept. */
import { ArrowLeft } from "lucide-react";
import { type ReactElement, type SubmitEvent, useRef, useState } from "react";
import { useTell } from "#renderer/platform/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { RadioGroup } from "#renderer/ui/radio-group.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { PassphraseField } from "#renderer/ui/passphrase-field.tsx";
import styles from "./welcome.module.css";

type StartOwnProps = {
  /** Whether the operating system keeps the keys. */
  readonly keyStore: boolean;
  readonly onBack: () => void;
};

const shortest = 8;

/** Name, department, and a passphrase where the system has no key store. */
export function StartOwn({ keyStore, onBack }: StartOwnProps): ReactElement {
  const start = useTell("workspace", "start");
  const [name, setName] = useState("");
  const [department, setDepartment] = useState("");
  const [protection, setProtection] = useState<"passphrase" | "file">("passphrase");
  const [passphrase, setPassphrase] = useState("");
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const wrapped = !keyStore && protection === "passphrase";
  const problems = {
    name: name.trim() === "" ? "Say what your colleagues call you." : null,
    department: department.trim() === "" ? "Name the department you work in." : null,
    passphrase:
      wrapped && passphrase.length < shortest
        ? `Use at least ${shortest.toString()} characters; four or five words are easy to keep in mind.`
        : null,
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
    start.mutate({ name, department, ...(wrapped ? { passphrase } : {}) });
  }

  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate>
      <Button
        variant="quiet"
        size="small"
        icon={ArrowLeft}
        onClick={onBack}
        className={styles.back}
      >
        Back
      </Button>
      <h1 className={styles.title}>Your workspace</h1>
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
      <KeyKeeping keyStore={keyStore} protection={protection} onChange={setProtection} />
      {wrapped && (
        <PassphraseField
          kind="new"
          help="Asked for at each start. It cannot be recovered: write it down."
          value={passphrase}
          onChange={setPassphrase}
          error={tried ? problems.passphrase : null}
        />
      )}
      {start.error !== null && (
        <Notice tone="bad" live>
          {start.error.message}
        </Notice>
      )}
      <Button variant="primary" type="submit" busy={start.isPending} className={styles.submit}>
        Create the workspace
      </Button>
    </form>
  );
}

type KeyKeepingProps = {
  readonly keyStore: boolean;
  readonly protection: "passphrase" | "file";
  readonly onChange: (protection: "passphrase" | "file") => void;
};

function KeyKeeping({ keyStore, protection, onChange }: KeyKeepingProps) {
  if (keyStore) {
    return (
      <p className={styles.note}>
        Everything you write is signed with a key that is made now. The key store of your operating
        system keeps it.
      </p>
    );
  }
  return (
    <>
      <RadioGroup
        label="How your key is kept"
        value={protection}
        onChange={onChange}
        options={[
          {
            value: "passphrase",
            label: "Behind a passphrase",
            help: "Everything you write is signed with a key that is made now. There is no key store of the operating system here, so a passphrase locks it.",
          },
          {
            value: "file",
            label: "In a plain file",
            help: "Only the permissions of the file protect it.",
          },
        ]}
      />
      {protection === "file" && (
        <Notice tone="warn" title="Anyone who can read this computer's files can sign as you">
          Choose this only for a trial, or on a disk that is encrypted. A passphrase can be set
          later in Settings.
        </Notice>
      )}
    </>
  );
}
