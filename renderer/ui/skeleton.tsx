/** Quiet bars where text will be. They appear only after a moment, so that quick answers do not flash. */
import type { ReactElement } from "react";
import styles from "./skeleton.module.css";

export type SkeletonProps = {
  readonly lines?: number;
  /** Said to screen readers. */
  readonly label?: string;
};

/** Bars for text on its way. */
export function Skeleton({ lines = 3, label = "Loading" }: SkeletonProps): ReactElement {
  return (
    <output className={styles.skeleton} aria-label={label}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className={styles.line} />
      ))}
    </output>
  );
}
