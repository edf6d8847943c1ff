/** Folder health: whether everything that colleagues wrote is here, and what somebody should do if not. */
import { LifeBuoy, RefreshCw } from "lucide-react";
import { type ReactElement, useState } from "react";
import { type Output, useAsk, useTell } from "#renderer/platform/api.ts";
import { host } from "#renderer/platform/host.ts";
import { BackLink } from "#renderer/platform/back-link.tsx";
import { useFreshSharing, useLook } from "#renderer/platform/look.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Button, buttonClass } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { Explanation } from "#renderer/ui/explanation.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import { Section } from "#renderer/ui/section.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { Stack } from "#renderer/ui/stack.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import { Devices } from "./devices.tsx";
import { Events, Missing, Refused, SetAside } from "./findings.tsx";

/** The screen. */
export function FolderScreen(): ReactElement {
  const state = useAsk("sharing", "state", {});
  return (
    <Page title="Folder health" width="wide">
      {state.data === undefined || state.data.state === "alone" ? (
        <>
          <PageHeader title="Folder health" />
          {state.error !== null && <Notice tone="bad">{state.error.message}</Notice>}
          {state.data === undefined && state.error === null && <Skeleton lines={5} />}
          {state.data !== undefined && <NothingShared />}
        </>
      ) : (
        <Health state={state.data} />
      )}
    </Page>
  );
}

function NothingShared() {
  return (
    <EmptyState
      title="Nothing is shared"
      purpose="Once this workspace is shared through a folder, this page says whether everything arrives."
      action={
        <RouteLink to={{ screen: "share" }} className={buttonClass("primary")}>
          Share this workspace
        </RouteLink>
      }
    />
  );
}

type State = Output<"sharing", "state">;

function Health({ state }: { readonly state: State }) {
  const health = useAsk("sharing", "folderHealth", {});
  return (
    <>
      <PageHeader
        title="Folder health"
        eyebrow={<BackLink to={{ screen: "share" }}>{state.name ?? "Sharing"}</BackLink>}
        actions={<LookAtAll busy={state.busy} />}
      />
      <Stack gap="wide">
        {state.problem !== null && (
          <Notice tone="warn" live title="The shared folder">
            {state.problem.sentence}
          </Notice>
        )}
        {health.error !== null && <Notice tone="bad">{health.error.message}</Notice>}
        {health.data === undefined && health.error === null && <Skeleton lines={6} />}
        {health.data !== undefined && <Findings health={health.data} state={state} />}
        {state.state === "sharing" && <Devices />}
        {health.data !== undefined && <Events events={health.data.events} />}
        <Support />
      </Stack>
    </>
  );
}

type FindingsProps = {
  readonly health: Output<"sharing", "folderHealth">;
  readonly state: State;
};

function Findings({ health, state }: FindingsProps) {
  const { setAside, missing, refused } = health;
  const nothing = setAside.length === 0 && missing.length === 0 && refused.length === 0;
  if (nothing) {
    return state.problem === null ? (
      <Notice tone="good" title="Everything is in order">
        Every file in the folder was read, everything that colleagues are known to have written is
        here, and nothing was refused.
      </Notice>
    ) : null;
  }
  return (
    <>
      {setAside.length > 0 && <SetAside files={setAside} />}
      {missing.length > 0 && <Missing parts={missing} />}
      {refused.length > 0 && <Refused changes={refused} />}
    </>
  );
}

/** Looks at every file, not at new ones alone. */
function LookAtAll({ busy }: { readonly busy: boolean }) {
  const { busy: looking, look } = useLook();
  useFreshSharing();
  const toast = useToast();
  return (
    <Button
      icon={RefreshCw}
      busy={looking || busy}
      onClick={() =>
        look({ full: true }, ({ sent, received }) =>
          toast.show({
            message: `Looked at every file: ${sent.toLocaleString()} sent, ${received.toLocaleString()} received.`,
          }),
        )
      }
    >
      Look at every file
    </Button>
  );
}

function Support() {
  const bundle = useTell("sharing", "supportBundle");
  const toast = useToast();
  const [saved, setSaved] = useState(false);
  async function save(): Promise<void> {
    const { download } = await bundle.mutateAsync({});
    setSaved(await host.saveDownload(download));
  }
  return (
    <Section title="For whoever helps you">
      <Explanation>
        A ZIP file with states, counts and reasons. It holds no one&rsquo;s words, names or keys.
      </Explanation>
      <Button icon={LifeBuoy} busy={bundle.isPending} onClick={() => void save().catch(toast.fail)}>
        Save a support bundle…
      </Button>
      {saved && (
        <Notice tone="good" live>
          The support bundle is saved.
        </Notice>
      )}
    </Section>
  );
}
