/** People and roles: who takes part in the shared workspace, who is invited, and what each may do. */
import { UserPlus } from "lucide-react";
import { type ReactElement, useState } from "react";
import { type Output, useAsk } from "#renderer/platform/api.ts";
import { BackLink } from "#renderer/platform/back-link.tsx";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Button, buttonClass } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import { Rows } from "#renderer/ui/rows.tsx";
import { Section } from "#renderer/ui/section.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { Stack } from "#renderer/ui/stack.tsx";
import type { Member } from "#shared/contract/sharing.ts";
import { Invitations } from "./invitations.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { MemberEntry } from "./member-entry.tsx";
import { standingOf } from "./standing.ts";
import { Waiting } from "./waiting.tsx";

/** The screen. */
export function MembersScreen(): ReactElement {
  const state = useAsk("sharing", "state", {});
  return (
    <Page title="People and roles" width="wide">
      {state.data === undefined ? (
        <>
          <PageHeader title="People and roles" />
          {state.error === null ? (
            <Skeleton lines={6} />
          ) : (
            <Notice tone="bad">{state.error.message}</Notice>
          )}
        </>
      ) : state.data.state === "sharing" ? (
        <People state={state.data} />
      ) : (
        <NobodyYet asking={state.data.state === "asking"} />
      )}
    </Page>
  );
}

function NobodyYet({ asking }: { readonly asking: boolean }) {
  return (
    <>
      <PageHeader title="People and roles" />
      <EmptyState
        title={asking ? "You are not in yet" : "Nobody shares this workspace"}
        purpose={
          asking
            ? "Once a steward's app has let you in, everybody who takes part stands here."
            : "Once it is shared, everybody who takes part stands here, with their roles and devices."
        }
        action={
          <RouteLink to={{ screen: "share" }} className={buttonClass("primary")}>
            {asking ? "See how it stands" : "Share this workspace"}
          </RouteLink>
        }
      />
    </>
  );
}

function People({ state }: { readonly state: Output<"sharing", "state"> }) {
  const members = useAsk("sharing", "members", {});
  const [inviting, setInviting] = useState(false);
  const all = members.data ?? [];
  const standing = standingOf(state.roles);
  return (
    <>
      <PageHeader
        title="People and roles"
        eyebrow={<BackLink to={{ screen: "share" }}>{state.name ?? "Sharing"}</BackLink>}
        actions={
          <Button variant="primary" icon={UserPlus} onClick={() => setInviting(true)}>
            {standing.invites ? "Invite" : "Add a device"}
          </Button>
        }
      />
      <Stack gap="wide">
        {members.error !== null && <Notice tone="bad">{members.error.message}</Notice>}
        {members.data === undefined && members.error === null && <Skeleton lines={6} />}
        <Group
          title="Taking part"
          members={all.filter((one) => one.state === "active")}
          {...{ standing }}
        />
        <Group
          title="Removed"
          members={all.filter((one) => one.state === "removed")}
          {...{ standing }}
        />
        {standing.invites && <Waiting />}
        <Invitations />
      </Stack>
      <InviteDialog
        open={inviting}
        onClose={() => setInviting(false)}
        standing={standing}
        own={all.find((one) => one.own)}
        folder={state.folder}
      />
    </>
  );
}

type GroupProps = {
  readonly title: string;
  readonly members: readonly Member[];
  readonly standing: ReturnType<typeof standingOf>;
};

function Group({ title, members, standing }: GroupProps) {
  if (members.length === 0) return null;
  return (
    <Section title={title} count={members.length.toLocaleString()}>
      <Rows>
        {members.map((member) => (
          <MemberEntry key={member.person} member={member} standing={standing} />
        ))}
      </Rows>
    </Section>
  );
}
