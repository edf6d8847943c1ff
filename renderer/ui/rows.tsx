/** A short list whose entries are parted by lines; long ones are virtual lists. */
import type { ReactElement, ReactNode } from "react";
import styles from "./rows.module.css";

export type RowsProps = {
  readonly label?: string;
  /** List items; each lays itself out. */
  readonly children: ReactNode;
};

/** The list. */
export function Rows({ label, children }: RowsProps): ReactElement {
  return (
    <ul className={styles.rows} aria-label={label}>
      {children}
    </ul>
  );
}
