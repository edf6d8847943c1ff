/** Asked to join, and waiting: what has happened, what happens next, and how to take it back. */
import { RefreshCw } from "lucide-react";
import type { ReactElement } from "react";
import { useFreshSharing, useLook } from "#renderer/platform/look.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Explanation } from "#renderer/ui/explanation.tsx";
import { Facts } from "#renderer/ui/facts.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import { Stack } from "#renderer/ui/stack.tsx";
import { formatTime, Time } from "#renderer/ui/time.tsx";
import type { SharingState } from "#shared/contract/sharing.ts";
import { Leave } from "./leave.tsx";
import { MovedFolder } from "./moved-folder.tsx";
import { Fingerprint } from "./fingerprint.tsx";

/** The page. It turns by itself once somebody answered. */
export function Asking({ state }: { readonly state: SharingState }): ReactElement {
  const { name, folder, fingerprint, asked, lastLooked, problem } = state;
  const { busy, look } = useLook();
  useFreshSharing();
  return (
    <Page title="Sharing" width="reading">
      <PageHeader title={`Joining “${name ?? ""}”`} />
      <Stack gap="wide">
        <Notice
          title={asked === null ? "You have asked to join" : `Asked ${spokenTime(asked)}`}
          actions={
            <Button size="small" icon={RefreshCw} busy={busy || state.busy} onClick={() => look()}>
              Look now
            </Button>
          }
        >
          A steward's app admits you when it is next open; nobody has to press anything. Until then
          you can read what is here and write: it waits on this computer, and goes out once you are
          in.
        </Notice>
        {problem !== null && problem.reason !== "not_admitted" && (
          <Notice tone="warn" live title="The shared folder">
            {problem.sentence}
          </Notice>
        )}
        <Facts
          facts={[
            ["Folder", folder ?? "Not known on this device"],
            ["Last looked", lastLooked === null ? "Not yet" : <Time iso={lastLooked} />],
            ["Fingerprint", <Fingerprint key="fingerprint" of={fingerprint} />],
          ]}
        />
        <Explanation>
          Taking long? Ask a steward to open Guildhall. A code can be used once and for seven days:
          if it has expired meanwhile, stop here and ask for another.
        </Explanation>
        {problem !== null && problem.reason !== "not_admitted" && <MovedFolder />}
        <Leave asking />
      </Stack>
    </Page>
  );
}

/** "at 14:03" today, else with the day. */
function spokenTime(iso: string): string {
  const today = new Date(iso).toDateString() === new Date().toDateString();
  const at = new Intl.DateTimeFormat(undefined, { timeStyle: "short" }).format(new Date(iso));
  return today ? `at ${at}` : `on ${formatTime(iso, "full")}`;
}
