/** Who comes, where the profile does not know it yet: a name, and how the new keys are kept. */
import { type ReactElement, useState } from "react";
import {
  KeyKeeping,
  passphraseOf,
  type Protection,
  protectionProblem,
  unprotected,
} from "#renderer/ui/key-keeping.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";

export type Newcomer = {
  readonly name: string;
  readonly setName: (name: string) => void;
  readonly protection: Protection;
  readonly setProtection: (protection: Protection) => void;
  /** What is wrong with the name, and with how the keys are kept. */
  readonly problem: string | null;
  readonly keyProblem: string | null;
  readonly valid: boolean;
  /** What a call takes; empty where a workspace knows it all. */
  readonly input: { readonly name?: string; readonly passphrase?: string };
};

/** The state of the fields; `newcomer` is null where nobody has to be asked. */
export function useNewcomer(newcomer: { readonly keyStore: boolean } | null): Newcomer {
  const [name, setName] = useState("");
  const [protection, setProtection] = useState(unprotected);
  const problem =
    newcomer !== null && name.trim() === "" ? "Say what your colleagues call you." : null;
  const keyProblem = newcomer === null ? null : protectionProblem(newcomer.keyStore, protection);
  const input =
    newcomer === null ? {} : { name: name.trim(), ...passphraseOf(newcomer.keyStore, protection) };
  const valid = problem === null && keyProblem === null;
  return { name, setName, protection, setProtection, problem, keyProblem, valid, input };
}

type NewcomerFieldsProps = {
  readonly keyStore: boolean;
  readonly who: Newcomer;
  /** Whether the form was sent once, so that what is wrong is said. */
  readonly tried: boolean;
};

/** The fields. */
export function NewcomerFields({ keyStore, who, tried }: NewcomerFieldsProps): ReactElement {
  return (
    <>
      <TextField
        label="Your name"
        help="It stands beside what you write. Your department comes with the invitation, or is added later."
        autoComplete="name"
        maxLength={200}
        value={who.name}
        onChange={who.setName}
        error={tried ? who.problem : null}
      />
      <KeyKeeping
        keyStore={keyStore}
        protection={who.protection}
        onChange={who.setProtection}
        error={tried ? who.keyProblem : null}
      />
    </>
  );
}
