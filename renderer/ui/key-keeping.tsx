/** How the keys that are made now will be kept: said where the system does it, asked where it does not. */
import type { ReactElement } from "react";
import styles from "./key-keeping.module.css";
import { Notice } from "./notice.tsx";
import { PassphraseField } from "./passphrase-field.tsx";
import { RadioGroup } from "./radio-group.tsx";

/** `passphrase` is empty where the keys are kept without one. */
export type Protection = {
  readonly kind: "passphrase" | "file";
  readonly passphrase: string;
};

export const unprotected: Protection = { kind: "passphrase", passphrase: "" };

const shortest = 8;

/** What is wrong with the choice; null when it will do. */
export function protectionProblem(keyStore: boolean, protection: Protection): string | null {
  const wrapped = !keyStore && protection.kind === "passphrase";
  return wrapped && protection.passphrase.length < shortest
    ? `Use at least ${shortest.toString()} characters; four or five words are easy to keep in mind.`
    : null;
}

/** The passphrase as a call takes it. */
export function passphraseOf(
  keyStore: boolean,
  { kind, passphrase }: Protection,
): { readonly passphrase?: string } {
  return keyStore || kind === "file" ? {} : { passphrase };
}

type KeyKeepingProps = {
  /** Whether the operating system keeps the keys. */
  readonly keyStore: boolean;
  readonly protection: Protection;
  readonly onChange: (protection: Protection) => void;
  readonly error: string | null;
};

/** A sentence, or a choice with its passphrase. */
export function KeyKeeping(props: KeyKeepingProps): ReactElement {
  const { keyStore, protection, onChange, error } = props;
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
        value={protection.kind}
        onChange={(kind) => onChange({ ...protection, kind })}
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
      {protection.kind === "file" ? (
        <Notice tone="warn" title="Anyone who can read this computer's files can sign as you">
          Choose this only for a trial, or on a disk that is encrypted. A passphrase can be set
          later in Settings.
        </Notice>
      ) : (
        <PassphraseField
          kind="new"
          help="Asked for at each start. It cannot be recovered: write it down."
          value={protection.passphrase}
          onChange={(passphrase) => onChange({ ...protection, passphrase })}
          error={error}
        />
      )}
    </>
  );
}
