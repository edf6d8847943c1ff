/**
 * What stands before a workspace: the choice of the first start, or the passphrase. It asks nothing
 * that the app could find out or that can be said later.
 */
import { type ReactElement, useState } from "react";
import type { Output } from "#renderer/platform/api.ts";
import styles from "./welcome.module.css";
import { FirstChoice } from "./first-choice.tsx";
import { StartOwn } from "./start-own.tsx";
import { Unlock } from "./unlock.tsx";

type WelcomeScreenProps = { readonly state: Output<"workspace", "state"> };

/** The first screen of all. */
export function WelcomeScreen({ state }: WelcomeScreenProps): ReactElement {
  const [own, setOwn] = useState(false);
  return (
    <main className={styles.welcome}>
      <title>Welcome – Guildhall</title>
      <div className={styles.column}>
        <p className={styles.wordmark}>Guildhall</p>
        {state.state === "locked" ? (
          <Unlock name={state.person?.name ?? state.name} />
        ) : own ? (
          <StartOwn keyStore={state.keyStoreAvailable} onBack={() => setOwn(false)} />
        ) : (
          <FirstChoice onOwn={() => setOwn(true)} />
        )}
        <p className={styles.foot}>
          Everything stays on this computer. No account, no server. Version {state.version}.
        </p>
      </div>
    </main>
  );
}
