/** A value that is in force and can be taken out: a filter, a tag. */
import { X } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import styles from "./chip.module.css";
import { classNames } from "./class-names.ts";

export type ChipProps = {
  readonly children: ReactNode;
  /** Shows a cross; the label names what is removed. */
  readonly onRemove?: () => void;
  readonly removeLabel?: string;
  /** Makes the chip itself a button. */
  readonly onPress?: () => void;
  readonly pressed?: boolean;
  readonly tone?: "plain" | "warn";
};

/** A chip; with `onPress` a switch, with `onRemove` removable. */
export function Chip(props: ChipProps): ReactElement {
  const { children, onRemove, removeLabel = "Remove", onPress, pressed, tone = "plain" } = props;
  return (
    <span
      className={classNames(
        styles.chip,
        styles[tone],
        pressed === true && styles.pressed,
        onRemove !== undefined && styles.removable,
      )}
    >
      {onPress === undefined ? (
        <span className={styles.label}>{children}</span>
      ) : (
        <button type="button" className={styles.label} onClick={onPress} aria-pressed={pressed}>
          {children}
        </button>
      )}
      {onRemove !== undefined && (
        <button type="button" className={styles.remove} onClick={onRemove} aria-label={removeLabel}>
          <X aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
