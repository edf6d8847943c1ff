/** What stands around every input: its label, a sentence of help, and what is wrong with it. */
import { type ReactElement, type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";
import styles from "./field.module.css";

/** What an input inside a Field spreads onto itself. */
export type FieldControl = {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
};

type FieldProps = {
  readonly label: string;
  readonly help?: ReactNode;
  /** A sentence that says what is wrong and what to do; announced when it appears. */
  readonly error?: string | null;
  /** Keeps the label for screen readers only: where a placeholder or a heading already says it. */
  readonly hideLabel?: boolean;
  /** "optional" after the label. */
  readonly optional?: boolean;
  readonly className?: string;
  readonly children: (control: FieldControl) => ReactNode;
};

/** A labelled input: `<Field label="Title">{(control) => <input {...control} />}</Field>`. */
export function Field(props: FieldProps): ReactElement {
  const { label, help, error = null, hideLabel = false, optional = false, children } = props;
  const id = useId();
  const described = [help !== undefined && `${id}-help`, error !== null && `${id}-error`];
  const control: FieldControl = {
    id,
    "aria-describedby": described.filter(Boolean).join(" ") || undefined,
    "aria-invalid": error === null ? undefined : true,
  };
  return (
    <div className={classNames(styles.field, props.className)}>
      <label htmlFor={id} className={hideLabel ? "visually-hidden" : styles.label}>
        {label}
        {optional && <span className={styles.optional}>optional</span>}
      </label>
      {children(control)}
      {help !== undefined && (
        <p id={`${id}-help`} className={styles.help}>
          {help}
        </p>
      )}
      {error !== null && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
