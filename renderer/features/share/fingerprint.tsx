/** A few letters that tell this shared workspace from every other one. */
import type { ReactElement } from "react";
import styles from "./share.module.css";

/** The letters, and what they are good for. */
export function Fingerprint({ of }: { readonly of: string | null }): ReactElement {
  return (
    <>
      <code>{of}</code>
      <span className={styles.quiet}>The same on every colleague&rsquo;s computer.</span>
    </>
  );
}
