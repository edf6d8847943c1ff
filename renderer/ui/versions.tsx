/** What different people wrote at one place, side by side, to choose from. */
import type { ReactElement, ReactNode } from "react";
import styles from "./versions.module.css";

/** As many beside one another as fit. */
export function Versions({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className={styles.versions}>{children}</div>;
}

export type VersionProps = {
  /** Whose it is, and from when. */
  readonly whose: ReactNode;
  /** It is the one that was chosen. */
  readonly taken?: boolean;
  /** The button that chooses it. */
  readonly action: ReactNode;
  /** What was written. */
  readonly children: ReactNode;
};

/** One of them. */
export function Version({ whose, taken = false, action, children }: VersionProps): ReactElement {
  return (
    <div className={styles.version} data-taken={taken || undefined}>
      <div className={styles.whose}>{whose}</div>
      <div className={styles.words} dir="auto">
        {children}
      </div>
      {action}
    </div>
  );
}
