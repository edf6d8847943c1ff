/**
 * Sharing, at whatever point it is: not begun, asked for, or going on. The sheet that is shown once
 * stands before everything else until it is kept.
 */
import type { ReactElement, ReactNode } from "react";
import { useAsk } from "#renderer/platform/api.ts";
import { BackLink } from "#renderer/platform/back-link.tsx";
import type { RouteOf } from "#renderer/platform/navigation.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { Asking } from "./asking.tsx";
import { JoinLibrary } from "./join-library.tsx";
import { Overview } from "./overview.tsx";
import { RecoverLibrary } from "./recover-library.tsx";
import { RecoverySheet } from "./recovery-sheet.tsx";
import { useSheet } from "./recovery-store.ts";
import { StartSharing } from "./start-sharing.tsx";
import { WaysToShare } from "./ways-to-share.tsx";

/** The screen. */
export function ShareScreen({ route }: { readonly route: RouteOf<"share"> }): ReactElement {
  const sheet = useSheet();
  const state = useAsk("sharing", "state", {});
  if (sheet !== null) return <RecoverySheet sheet={sheet} />;
  if (state.error !== null) {
    return (
      <Frame title="Sharing">
        <Notice tone="bad">{state.error.message}</Notice>
      </Frame>
    );
  }
  if (state.data === undefined) {
    return (
      <Frame title="Sharing">
        <Skeleton lines={5} />
      </Frame>
    );
  }
  const { way } = route;
  // Somebody who was removed, or lost the other devices, may still come back by the sheet.
  if (way === "recover") {
    return (
      <Frame title="Use the recovery sheet" back>
        <RecoverLibrary newcomer={null} />
      </Frame>
    );
  }
  if (state.data.state === "asking") return <Asking state={state.data} />;
  if (state.data.state === "sharing") {
    return <Overview state={state.data} second={way === "start" || way === "join"} />;
  }
  if (way === "start") return <StartSharing />;
  if (way === "join") {
    return (
      <Frame title="Join a shared workspace" back>
        <JoinLibrary newcomer={null} />
      </Frame>
    );
  }
  return <WaysToShare />;
}

type FrameProps = {
  readonly title: string;
  readonly back?: boolean;
  readonly children: ReactNode;
};

function Frame({ title, back = false, children }: FrameProps) {
  return (
    <Page title={title} width="reading">
      <PageHeader
        title={title}
        {...(back && {
          eyebrow: <BackLink to={{ screen: "share" }}>Sharing</BackLink>,
        })}
      />
      {children}
    </Page>
  );
}
