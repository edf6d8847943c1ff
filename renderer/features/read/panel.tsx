/** A quiet block beside the text, and facts as terms with their values. */
import { type ReactElement, type ReactNode, useId } from "react";
import styles from "./read.module.css";

type PanelProps = { readonly title: string; readonly children: ReactNode };

/** A block of the rail with its heading. */
export function Panel({ title, children }: PanelProps): ReactElement {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <h2 id={id} className={styles.panelTitle}>
        {title}
      </h2>
      {children}
    </section>
  );
}

type FactsProps = { readonly facts: readonly (readonly [term: string, value: ReactNode])[] };

/** Terms and values; what has no value is left out. */
export function Facts({ facts }: FactsProps): ReactElement | null {
  const said = facts.filter(([, value]) => value !== null && value !== undefined && value !== "");
  if (said.length === 0) return null;
  return (
    <dl className={styles.facts}>
      {said.map(([term, value]) => (
        <div key={term} className={styles.fact}>
          <dt>{term}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
