/** Honest choices: with colleagues, or alone, or only to look. */
import { BookOpen, KeyRound, Sprout, Users } from "lucide-react";
import type { ReactElement } from "react";
import { useTell } from "#renderer/platform/api.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Button, buttonClass } from "#renderer/ui/button.tsx";
import { Choice, Choices } from "#renderer/ui/choices.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import styles from "./welcome.module.css";

/** A shared workspace, one's own, or the sample. */
export function FirstChoice({ onOwn }: { readonly onOwn: () => void }): ReactElement {
  const start = useTell("workspace", "start");
  return (
    <>
      <h1 className={styles.title}>
        Where your departments keep what they learn about working with AI
      </h1>
      <p className={styles.lead}>
        Playbooks for the tasks you do with AI, lessons from what happened, and the people who know.
      </p>
      {start.error !== null && (
        <Notice tone="bad" live>
          {start.error.message}
        </Notice>
      )}
      <Choices>
        <Choice
          icon={Users}
          title="Start a shared workspace"
          action={
            <RouteLink to={{ screen: "share", way: "start" }} className={buttonClass("primary")}>
              Start one
            </RouteLink>
          }
        >
          Choose a folder that your company shares already and invite colleagues with a code. No
          server, no administrator.
        </Choice>
        <Choice
          icon={KeyRound}
          title="Join one"
          action={
            <RouteLink to={{ screen: "share", way: "join" }} className={buttonClass("secondary")}>
              Join with a code
            </RouteLink>
          }
        >
          A steward gave you an invitation code, and you can open the shared folder on this
          computer.
        </Choice>
        <Choice
          icon={Sprout}
          title="Just me"
          action={
            <Button onClick={onOwn} disabled={start.isPending}>
              Start my own
            </Button>
          }
        >
          An empty workspace on this computer only. Import a folder of Markdown, or write your first
          playbook; share it later if you like.
        </Choice>
        <Choice
          icon={BookOpen}
          title="A sample to look at"
          action={
            <Button
              busy={start.isPending}
              onClick={() =>
                start.mutate({ name: "Visitor", department: "Visitors", sample: true })
              }
            >
              {start.isPending ? "Filling the sample" : "Open a sample workspace"}
            </Button>
          }
        >
          An invented company, to click through and to break; its people and figures are fiction. It
          fills this profile: your own work belongs in another one.
        </Choice>
      </Choices>
      <p className={styles.note}>
        You hold a steward&rsquo;s printed recovery sheet?{" "}
        <RouteLink to={{ screen: "share", way: "recover" }}>Come back with it</RouteLink>
      </p>
    </>
  );
}
