/** Words that stand back: times, counts, whose it is. */
import type { ReactElement, ReactNode } from "react";
import styles from "./quiet.module.css";

export type QuietProps = {
  /** A paragraph of its own; within a line unless said. */
  readonly block?: boolean;
  readonly children: ReactNode;
};

/** Small and faint. */
export function Quiet({ block = false, children }: QuietProps): ReactElement {
  const Tag = block ? "p" : "span";
  return <Tag className={styles.quiet}>{children}</Tag>;
}
