/** Files that were treated in some other way than one expects, each with the reason. */
import type { ReactElement } from "react";
import styles from "./reasons.module.css";
import { Rows } from "./rows.tsx";

export type ReasonsProps = {
  readonly rows: readonly { readonly path: string; readonly reason: string }[];
};

/** The path on one side, the reason on the other. */
export function Reasons({ rows }: ReasonsProps): ReactElement {
  return (
    <Rows>
      {rows.map(({ path, reason }) => (
        <li key={path} className={styles.reason}>
          <span dir="auto">{path}</span>
          <span>{reason}</span>
        </li>
      ))}
    </Rows>
  );
}
