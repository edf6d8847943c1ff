/** A part of a page under a heading of its own. */
import type { ReactElement, ReactNode } from "react";
import styles from "./section.module.css";

export type SectionProps = {
  readonly title: string;
  /** How many it is about, quietly beside the title. */
  readonly count?: ReactNode;
  readonly children: ReactNode;
};

/** A landmark named by its title. */
export function Section({ title, count, children }: SectionProps): ReactElement {
  return (
    <section className={styles.section} aria-label={title}>
      <h2 className={styles.title}>
        {title} {count !== undefined && <span className={styles.count}>{count}</span>}
      </h2>
      {children}
    </section>
  );
}
