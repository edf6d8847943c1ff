/** A shared workspace: how it is doing, where its people, its folder and its conflicts are, and its place. */
import { ChevronRight, RefreshCw } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { useFreshSharing, useLook } from "#renderer/platform/look.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Badge } from "#renderer/ui/badge.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Facts } from "#renderer/ui/facts.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import { Stack } from "#renderer/ui/stack.tsx";
import { Time } from "#renderer/ui/time.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import { roleNames } from "#renderer/ui/role-names.ts";
import type { HeldRole, SharingState } from "#shared/contract/sharing.ts";
import type { Route } from "#shared/navigation/route.ts";
import { Fingerprint } from "./fingerprint.tsx";
import { Leave } from "./leave.tsx";
import { MovedFolder } from "./moved-folder.tsx";
import styles from "./share.module.css";

type StateProps = { readonly state: SharingState };

type OverviewProps = StateProps & {
  /** Somebody came here to share it a second time. */
  readonly second: boolean;
};

/** The page. */
export function Overview({ state, second }: OverviewProps): ReactElement {
  const { busy, look } = useLook();
  useFreshSharing();
  return (
    <Page title="Sharing" width="reading">
      <PageHeader
        title={state.name ?? "Sharing"}
        eyebrow="Shared workspace"
        meta={<Roles roles={state.roles} />}
        actions={
          <Button icon={RefreshCw} busy={busy || state.busy} onClick={() => look()}>
            Look now
          </Button>
        }
      />
      <Stack gap="wide">
        {second && (
          <Notice title="This workspace is shared already">
            One workspace belongs to one shared folder. For another one, start Guildhall with
            another profile, or stop sharing here first.
          </Notice>
        )}
        {state.problem !== null && <Problem state={state} />}
        <Facts
          facts={[
            ["Last received", moment(state.lastReceived, "Nothing yet")],
            ["Last sent", moment(state.lastSent, "Nothing yet")],
            ["Waiting to be sent", waiting(state.waiting)],
            ["Last looked", moment(state.lastLooked, "Not since the start")],
            ["Folder", state.folder ?? "Not known on this device"],
            ["Fingerprint", <Fingerprint key="fingerprint" of={state.fingerprint} />],
          ]}
        />
        <nav className={styles.places} aria-label="Sharing">
          <Place to={{ screen: "members" }} title="People and roles">
            Who takes part, invitations, roles, devices
          </Place>
          <Place
            to={{ screen: "folder" }}
            title="Folder health"
            count={state.setAside + state.missing}
          >
            Files that were set aside, what is missing, what happened in the folder
          </Place>
          <Place to={{ screen: "conflicts" }} title="Conflicts" count={state.conflicts}>
            Records of which somebody has to choose between two answers
          </Place>
        </nav>
        <MovedFolder />
        <Leave />
        <p className={styles.faint}>
          No steward&rsquo;s device works any more?{" "}
          <RouteLink to={{ screen: "share", way: "recover" }}>Use the recovery sheet</RouteLink>
        </p>
      </Stack>
    </Page>
  );
}

function waiting(changes: number): string {
  if (changes === 0) return "Nothing";
  return `${changes.toLocaleString()} ${changes === 1 ? "change" : "changes"}`;
}

function moment(iso: string | null, never: string): ReactNode {
  return iso === null ? never : <Time iso={iso} />;
}

function Roles({ roles }: { readonly roles: readonly HeldRole[] }) {
  return roleNames(roles).map((name) => <Badge key={name}>{name}</Badge>);
}

/** The emptied folder is the one problem that a person can mend from here. */
function Problem({ state: { problem } }: StateProps) {
  const { busy, look } = useLook();
  const toast = useToast();
  if (problem === null) return null;
  const putBack = problem.reason === "empty" || problem.reason === "damaged";
  return (
    <Notice
      tone={problem.reason === "removed" ? "bad" : "warn"}
      live
      title={problem.reason === "removed" ? "Removed" : "The shared folder"}
      actions={
        putBack && (
          <Button
            size="small"
            busy={busy}
            onClick={() =>
              look({ restore: true }, () =>
                toast.show({ message: "Everything is in the folder again." }),
              )
            }
          >
            Put everything back
          </Button>
        )
      }
    >
      {problem.sentence}
    </Notice>
  );
}

type PlaceProps = {
  readonly to: Route;
  readonly title: string;
  readonly count?: number;
  readonly children: ReactNode;
};

function Place({ to, title, count = 0, children }: PlaceProps) {
  return (
    <RouteLink to={to} className={styles.place}>
      <span className={styles.placeTitle}>{title}</span>
      <span className={styles.placeText}>{children}</span>
      <span className={styles.end}>
        {count > 0 && count.toLocaleString()}
        <ChevronRight aria-hidden="true" />
      </span>
    </RouteLink>
  );
}
