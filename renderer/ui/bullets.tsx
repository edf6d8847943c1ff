/** A list of sentences. */
import type { ReactElement, ReactNode } from "react";
import styles from "./bullets.module.css";

/** List items with dots. */
export function Bullets({ children }: { readonly children: ReactNode }): ReactElement {
  return <ul className={styles.bullets}>{children}</ul>;
}
