/** Where sharing begins for a workspace that exists, and where it is looked after later. */
import type { ReactElement } from "react";
import { useAsk } from "#renderer/platform/api.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { buttonClass } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { sharingWords } from "#renderer/ui/sharing-words.ts";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import styles from "./settings.module.css";

/** A sentence about how it stands, and the way there. */
export function SharingEntry(): ReactElement {
  const state = useAsk("sharing", "state", {});
  if (state.error !== null) return <Notice tone="bad">{state.error.message}</Notice>;
  if (state.data === undefined) return <Skeleton />;
  if (state.data.state === "alone") {
    return (
      <>
        <p>
          Only you see this workspace. Share it through a folder that your company already has, or
          join colleagues with an invitation&rsquo;s code: what is here comes along.
        </p>
        <div className={styles.actions}>
          <RouteLink to={{ screen: "share", way: "start" }} className={buttonClass("primary")}>
            Start sharing
          </RouteLink>
          <RouteLink to={{ screen: "share", way: "join" }} className={buttonClass("secondary")}>
            Join with a code
          </RouteLink>
        </div>
      </>
    );
  }
  return (
    <>
      <dl className={styles.facts}>
        <dt>Shared workspace</dt>
        <dd dir="auto">{state.data.name}</dd>
        <dt>Folder</dt>
        <dd dir="auto">{state.data.folder ?? "Not known on this device"}</dd>
        <dt>Now</dt>
        <dd>{sharingWords(state.data)?.words}</dd>
      </dl>
      <div className={styles.actions}>
        <RouteLink to={{ screen: "share" }} className={buttonClass("secondary")}>
          Look after sharing
        </RouteLink>
        <RouteLink to={{ screen: "members" }} className={buttonClass("secondary")}>
          People and roles
        </RouteLink>
      </div>
    </>
  );
}
