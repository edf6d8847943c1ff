/** A workspace that nobody else sees yet, and the two ways to colleagues. */
import type { ReactElement } from "react";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { buttonClass } from "#renderer/ui/button.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import styles from "./share.module.css";

/** Start one, or join one; and the way back for a steward. */
export function WaysToShare(): ReactElement {
  return (
    <Page title="Sharing" width="wide">
      <PageHeader
        title="Sharing"
        meta="Nothing is shared. What you write stays on this computer."
      />
      <div className={styles.choices}>
        <section className={styles.choice}>
          <h2 className={styles.heading}>Share this workspace</h2>
          <p className={styles.text}>
            Choose an empty folder that your company already shares, and invite colleagues with a
            code. You become the first steward.
          </p>
          <RouteLink to={{ screen: "share", way: "start" }} className={buttonClass("primary")}>
            Start sharing
          </RouteLink>
        </section>
        <section className={styles.choice}>
          <h2 className={styles.heading}>Join colleagues</h2>
          <p className={styles.text}>
            A steward gave you a code, and you can open the shared folder. What is in this workspace
            comes along.
          </p>
          <RouteLink to={{ screen: "share", way: "join" }} className={buttonClass("secondary")}>
            Join with a code
          </RouteLink>
        </section>
        <section className={styles.choice}>
          <h2 className={styles.heading}>Come back as a steward</h2>
          <p className={styles.text}>
            No steward's device works any more, and you hold the printed recovery sheet.
          </p>
          <RouteLink to={{ screen: "share", way: "recover" }} className={buttonClass("secondary")}>
            Use the recovery sheet
          </RouteLink>
        </section>
      </div>
    </Page>
  );
}
