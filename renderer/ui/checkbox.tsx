/** Yes or no, or one of several in a list. */
import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import styles from "./toggles.module.css";

export type CheckboxProps = {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Some of what it stands for is chosen, not all. */
  readonly mixed?: boolean;
  readonly help?: ReactNode;
  readonly hideLabel?: boolean;
  readonly disabled?: boolean;
};

/** A box to tick. */
export function Checkbox(props: CheckboxProps): ReactElement {
  const { label, checked, onChange, mixed = false, help, hideLabel = false } = props;
  return (
    <label className={styles.row}>
      <Base.Root
        className={styles.box}
        checked={checked}
        indeterminate={mixed}
        disabled={props.disabled ?? false}
        onCheckedChange={onChange}
        aria-label={hideLabel ? label : undefined}
      >
        <Base.Indicator className={styles.tick}>
          {mixed ? <Minus aria-hidden="true" /> : <Check aria-hidden="true" />}
        </Base.Indicator>
      </Base.Root>
      {!hideLabel && (
        <span className={styles.text}>
          {label}
          {help !== undefined && <span className={styles.help}>{help}</span>}
        </span>
      )}
    </label>
  );
}
