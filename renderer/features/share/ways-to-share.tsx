/** A workspace that nobody else sees yet, and the two ways to colleagues. */
import type { ReactElement } from "react";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { buttonClass } from "#renderer/ui/button.tsx";
import { Choice, Choices } from "#renderer/ui/choices.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";

/** Start one, or join one; and the way back for a steward. */
export function WaysToShare(): ReactElement {
  return (
    <Page title="Sharing" width="wide">
      <PageHeader
        title="Sharing"
        meta="Nothing is shared. What you write stays on this computer."
      />
      <Choices>
        <Choice
          title="Share this workspace"
          action={
            <RouteLink to={{ screen: "share", way: "start" }} className={buttonClass("primary")}>
              Start sharing
            </RouteLink>
          }
        >
          Choose an empty folder that your company already shares, and invite colleagues with a
          code. You become the first steward.
        </Choice>
        <Choice
          title="Join colleagues"
          action={
            <RouteLink to={{ screen: "share", way: "join" }} className={buttonClass("secondary")}>
              Join with a code
            </RouteLink>
          }
        >
          A steward gave you a code, and you can open the shared folder. What is in this workspace
          comes along.
        </Choice>
        <Choice
          title="Come back as a steward"
          action={
            <RouteLink
              to={{ screen: "share", way: "recover" }}
              className={buttonClass("secondary")}
            >
              Use the recovery sheet
            </RouteLink>
          }
        >
          No steward&rsquo;s device works any more, and you hold the printed recovery sheet.
        </Choice>
      </Choices>
    </Page>
  );
}
