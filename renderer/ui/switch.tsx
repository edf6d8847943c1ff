/** On or off, at once. */
import { Switch as Base } from "@base-ui/react/switch";
import type { ReactElement, ReactNode } from "react";
import styles from "./toggles.module.css";

export type SwitchProps = {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly help?: ReactNode;
  readonly disabled?: boolean;
};

/** A switch that takes effect when it is thrown. */
export function Switch({ label, checked, onChange, help, disabled }: SwitchProps): ReactElement {
  return (
    <label className={styles.row}>
      <Base.Root
        className={styles.track}
        checked={checked}
        disabled={disabled ?? false}
        onCheckedChange={onChange}
      >
        <Base.Thumb className={styles.thumb} />
      </Base.Root>
      <span className={styles.text}>
        {label}
        {help !== undefined && <span className={styles.help}>{help}</span>}
      </span>
    </label>
  );
}
