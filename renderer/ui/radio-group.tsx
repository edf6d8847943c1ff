/** One of a few that are worth seeing side by side. */
import { Radio } from "@base-ui/react/radio";
import { RadioGroup as Base } from "@base-ui/react/radio-group";
import { type ReactElement, useId } from "react";
import { classNames } from "./class-names.ts";
import styles from "./toggles.module.css";

export type RadioOption<V extends string> = {
  readonly value: V;
  readonly label: string;
  readonly help?: string;
  readonly disabled?: boolean;
};

export type RadioGroupProps<V extends string> = {
  readonly label: string;
  readonly value: V;
  readonly onChange: (value: V) => void;
  readonly options: readonly RadioOption<V>[];
  readonly hideLabel?: boolean;
  /** `row` for a few short labels without help, `columns` for many. */
  readonly layout?: "column" | "row" | "columns";
};

/** Radio buttons under a common label. */
export function RadioGroup<V extends string>(props: RadioGroupProps<V>): ReactElement {
  const { label, value, onChange, options, hideLabel = false, layout = "column" } = props;
  const id = useId();
  return (
    <div className={styles.group}>
      <span id={id} className={hideLabel ? "visually-hidden" : styles.legend}>
        {label}
      </span>
      <Base
        aria-labelledby={id}
        value={value}
        onValueChange={onChange}
        className={classNames(
          styles.options,
          layout === "row" && styles.sideBySide,
          layout === "columns" && styles.columns,
        )}
      >
        {options.map((option) => (
          <label key={option.value} className={styles.row}>
            <Radio.Root
              value={option.value}
              disabled={option.disabled ?? false}
              className={styles.radio}
            >
              <Radio.Indicator className={styles.dot} />
            </Radio.Root>
            <span className={styles.text}>
              {option.label}
              {option.help !== undefined && <span className={styles.help}>{option.help}</span>}
            </span>
          </label>
        ))}
      </Base>
    </div>
  );
}
