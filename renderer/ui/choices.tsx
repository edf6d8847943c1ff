/** Ways to go on, side by side: each with what it is for and its button. */
import type { LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import styles from "./choices.module.css";

/** As many beside one another as fit. */
export function Choices({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className={styles.choices}>{children}</div>;
}

export type ChoiceProps = {
  readonly icon?: LucideIcon;
  readonly title: string;
  /** One Button or link. */
  readonly action: ReactNode;
  /** What it is for, in a sentence or two. */
  readonly children: ReactNode;
};

/** One of them. */
export function Choice({ icon: Icon, title, action, children }: ChoiceProps): ReactElement {
  return (
    <section className={styles.choice}>
      <h2 className={styles.title}>
        {Icon !== undefined && <Icon className={styles.icon} aria-hidden="true" />}
        {title}
      </h2>
      <p className={styles.text}>{children}</p>
      {action}
    </section>
  );
}
