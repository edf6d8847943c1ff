/** Several of a few: a box for each. */
import { type ReactElement, type ReactNode, useId } from "react";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import type { Json } from "#shared/domain/json.ts";
import { textsIn } from "./values.ts";
import styles from "./fields.module.css";

type ChoicesInputProps = {
  readonly label: string;
  readonly help?: ReactNode;
  readonly error?: string | null;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: Json | undefined;
  readonly onChange: (value: Json) => void;
};

/** Boxes to tick; values that only a newer version knows stay ticked and can be taken out. */
export function ChoicesInput(props: ChoicesInputProps): ReactElement {
  const { label, help, error, options, value, onChange } = props;
  const chosen = textsIn(value);
  const known = new Set(options.map((option) => option.value));
  const unknown = chosen.filter((one) => !known.has(one));
  const offered = [...options, ...unknown.map((one) => ({ value: one, label: one }))];
  const id = useId();
  return (
    <fieldset className={styles.choices} aria-describedby={help === undefined ? undefined : id}>
      <legend className={styles.legend}>{label}</legend>
      <div className={styles.boxes}>
        {offered.map((option) => (
          <Checkbox
            key={option.value}
            label={option.label}
            checked={chosen.includes(option.value)}
            onChange={(checked) =>
              onChange(
                checked
                  ? [...chosen, option.value]
                  : chosen.filter((other) => other !== option.value),
              )
            }
          />
        ))}
      </div>
      {help !== undefined && (
        <p id={id} className={styles.help}>
          {help}
        </p>
      )}
      {error !== null && error !== undefined && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
