/** A quiet block beside the text. */
import { type ReactElement, type ReactNode, useId } from "react";
import styles from "./panel.module.css";

type PanelProps = { readonly title: string; readonly children: ReactNode };

/** A block of the rail with its heading. */
export function Panel({ title, children }: PanelProps): ReactElement {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <PanelTitle id={id}>{title}</PanelTitle>
      {children}
    </section>
  );
}

type PanelTitleProps = { readonly id?: string; readonly children: string };

/** A heading that does not compete with those of the text. */
export function PanelTitle({ id, children }: PanelTitleProps): ReactElement {
  return (
    <h2 id={id} className={styles.title}>
      {children}
    </h2>
  );
}
