/** Several lines of text with their label; grows with what is written. */
import type { ComponentProps, ReactElement, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Field } from "./field.tsx";
import styles from "./input.module.css";

export type TextAreaProps = Omit<
  ComponentProps<"textarea">,
  "value" | "onChange" | "id" | "className"
> & {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly help?: ReactNode;
  readonly error?: string | null;
  readonly hideLabel?: boolean;
  readonly optional?: boolean;
  /** Sets it in the code typeface: for prompts and Markdown. */
  readonly code?: boolean;
  readonly className?: string;
};

/** Several lines of text. */
export function TextArea(props: TextAreaProps): ReactElement {
  const { label, value, onChange, help, error, hideLabel, optional, ...rest } = props;
  const { code = false, className, ...area } = rest;
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
        <textarea
          dir="auto"
          {...area}
          {...control}
          className={classNames(styles.input, styles.area, code && styles.code)}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
