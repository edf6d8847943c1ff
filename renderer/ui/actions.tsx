/** Buttons in a row, for what a form or a part of a page can do. */
import type { ReactElement, ReactNode } from "react";
import styles from "./actions.module.css";

/** They wrap where the row is short. */
export function Actions({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className={styles.actions}>{children}</div>;
}
