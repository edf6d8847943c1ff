/** Facts as terms with their values. */
import { Fragment, type ReactElement, type ReactNode } from "react";
import styles from "./facts.module.css";

export type Fact = readonly [term: string, value: ReactNode];

/** Terms and values; what has no value is left out. `--term` says how wide the terms are. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }): ReactElement | null {
  const said = facts.filter(([, value]) => value !== null && value !== undefined && value !== "");
  if (said.length === 0) return null;
  return (
    <dl className={styles.facts}>
      {said.map(([term, value]) => (
        <Fragment key={term}>
          <dt>{term}</dt>
          <dd dir="auto">{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
