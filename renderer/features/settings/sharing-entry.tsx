/** Where sharing begins for a workspace that exists, and where it is looked after later. */
import type { ReactElement } from "react";
import { useAsk } from "#renderer/platform/api.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Actions } from "#renderer/ui/actions.tsx";
import { buttonClass } from "#renderer/ui/button.tsx";
import { Facts } from "#renderer/ui/facts.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { sharingWords } from "#renderer/ui/sharing-words.ts";
import { Skeleton } from "#renderer/ui/skeleton.tsx";

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
        <Actions>
          <RouteLink to={{ screen: "share", way: "start" }} className={buttonClass("primary")}>
            Start sharing
          </RouteLink>
          <RouteLink to={{ screen: "share", way: "join" }} className={buttonClass("secondary")}>
            Join with a code
          </RouteLink>
        </Actions>
      </>
    );
  }
  return (
    <>
      <Facts
        facts={[
          ["Shared workspace", state.data.name],
          ["Folder", state.data.folder ?? "Not known on this device"],
          ["Now", sharingWords(state.data)?.words],
        ]}
      />
      <Actions>
        <RouteLink to={{ screen: "share" }} className={buttonClass("secondary")}>
          Look after sharing
        </RouteLink>
        <RouteLink to={{ screen: "members" }} className={buttonClass("secondary")}>
          People and roles
        </RouteLink>
      </Actions>
    </>
  );
}
