/** A titled list on the home screen. */
import { type ReactElement, type ReactNode, useId } from "react";
import styles from "./home.module.css";

type SectionProps = {
  readonly title: string;
  readonly children: ReactNode;
  /** A link to the rest. */
  readonly more?: ReactNode;
};

/** A heading and lines under it. */
export function Section({ title, children, more }: SectionProps): ReactElement {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles.heading}>
        {title}
      </h2>
      <ul>{children}</ul>
      {more !== undefined && <p className={styles.more}>{more}</p>}
    </section>
  );
}
