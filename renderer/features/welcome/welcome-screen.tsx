/**
 * What stands before a workspace: the choice of the first start, or the passphrase. It asks nothing
 * that the app could find out or that can be said later.
 */
import { type ReactElement, type ReactNode, useState } from "react";
import type { Output } from "#renderer/platform/api.ts";
import { navigate, useRoute } from "#renderer/platform/navigation.tsx";
import { FirstChoice } from "./first-choice.tsx";
import { StartOwn } from "./start-own.tsx";
import { Unlock } from "./unlock.tsx";
import { WayBack } from "./way-back.tsx";
import styles from "./welcome.module.css";

/** How somebody comes to colleagues who are there already. */
type ComingTo = "join" | "recover";

type WelcomeScreenProps = {
  readonly state: Output<"workspace", "state">;
  /** The forms for it, which are the same once there is a workspace. */
  readonly coming: Readonly<Record<ComingTo, ReactNode>>;
};

/** The first screen of all. */
export function WelcomeScreen({ state, coming }: WelcomeScreenProps): ReactElement {
  return (
    <main className={styles.welcome}>
      <title>Welcome – Guildhall</title>
      <div className={styles.column}>
        <p className={styles.wordmark}>Guildhall</p>
        {state.state === "locked" ? (
          <Unlock name={state.person?.name ?? state.name} />
        ) : (
          <FirstStart keyStore={state.keyStoreAvailable} coming={coming} />
        )}
        <p className={styles.foot}>No account, no server. Version {state.version}.</p>
      </div>
    </main>
  );
}

const titles = {
  join: "Join a shared workspace",
  recover: "Use the recovery sheet",
} as const;

type FirstStartProps = Pick<WelcomeScreenProps, "coming"> & { readonly keyStore: boolean };

/** The address says which way was taken, so that sharing goes on from there once there is a workspace. */
function FirstStart({ keyStore, coming }: FirstStartProps) {
  const route = useRoute();
  const [own, setOwn] = useState(false);
  const way = route.screen === "share" ? route.way : undefined;
  const back = () => {
    setOwn(false);
    navigate({ screen: "home" });
  };
  if (way === "join" || way === "recover") {
    return (
      <div className={styles.form}>
        <WayBack onBack={back} />
        <h1 className={styles.title}>{titles[way]}</h1>
        {coming[way]}
      </div>
    );
  }
  if (own || way === "start") {
    return <StartOwn keyStore={keyStore} shared={way === "start"} onBack={back} />;
  }
  return <FirstChoice onOwn={() => setOwn(true)} />;
}
