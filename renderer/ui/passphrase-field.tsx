/** A passphrase, hidden until the person asks to see it: then nobody has to type it twice. */
import { type ReactElement, useState } from "react";
import { Checkbox } from "./checkbox.tsx";
import styles from "./passphrase-field.module.css";
import { TextField, type TextFieldProps } from "./text-field.tsx";

export type PassphraseFieldProps = Pick<
  TextFieldProps,
  "value" | "onChange" | "help" | "error" | "autoFocus"
> & {
  /** `current`: the one that was chosen; `new`: one that is being chosen. */
  readonly kind: "current" | "new";
};

/** The field and the box that shows what was typed. */
export function PassphraseField({ kind, ...field }: PassphraseFieldProps): ReactElement {
  const [shown, setShown] = useState(false);
  return (
    <div className={styles.field}>
      <TextField
        {...field}
        label="Passphrase"
        type={shown ? "text" : "password"}
        autoComplete={`${kind}-password`}
        autoCapitalize="none"
        spellCheck={false}
      />
      <Checkbox label="Show the passphrase" checked={shown} onChange={setShown} />
    </div>
  );
}
