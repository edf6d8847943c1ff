/** A line of text with its label. */
import type { ComponentProps, ReactElement, ReactNode } from "react";
import { Field } from "./field.tsx";
import styles from "./input.module.css";

export type TextFieldProps = Omit<
  ComponentProps<"input">,
  "value" | "onChange" | "id" | "type" | "className"
> & {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: "text" | "password" | "url" | "date" | "number" | "search" | "email";
  readonly help?: ReactNode;
  readonly error?: string | null;
  readonly hideLabel?: boolean;
  readonly optional?: boolean;
  readonly className?: string;
};

/** One line of text. */
export function TextField(props: TextFieldProps): ReactElement {
  const { label, value, onChange, help, error, hideLabel, optional, className, ...input } = props;
  return (
    <Field
      label={label}
      help={help}
      error={error ?? null}
      hideLabel={hideLabel ?? false}
      optional={optional ?? false}
      className={className ?? ""}
    >
      {(control) => (
        <input
          dir="auto"
          {...input}
          {...control}
          className={styles.input}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
