/** What a part of a page is for, said to whoever has not met it yet. */
import type { ReactElement, ReactNode } from "react";
import styles from "./explanation.module.css";

export type ExplanationProps = {
  /** Says it aloud when it changes. */
  readonly live?: boolean;
  readonly children: ReactNode;
};

/** A quiet paragraph, no wider than one likes to read. */
export function Explanation({ live = false, children }: ExplanationProps): ReactElement {
  return (
    <p className={styles.explanation} aria-live={live ? "polite" : undefined}>
      {children}
    </p>
  );
}
