/** Two honest choices. */
import { BookOpen, Sprout } from "lucide-react";
import type { ReactElement } from "react";
import { useTell } from "#renderer/platform/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import styles from "./welcome.module.css";

/** The sample, or one's own. */
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
      <div className={styles.choices}>
        <section className={styles.choice}>
          <Sprout className={styles.icon} aria-hidden="true" />
          <h2 className={styles.choiceTitle}>A workspace of your own</h2>
          <p className={styles.choiceText}>
            An empty workspace for you and your department. Import a folder of Markdown next, or
            write your first playbook.
          </p>
          <Button variant="primary" onClick={onOwn} disabled={start.isPending}>
            Start my own
          </Button>
        </section>
        <section className={styles.choice}>
          <BookOpen className={styles.icon} aria-hidden="true" />
          <h2 className={styles.choiceTitle}>A sample to look at</h2>
          <p className={styles.choiceText}>
            A workspace of an invented company, to click through and to break. Its people and
            figures are fiction. It fills this profile; your own work belongs in another one.
          </p>
          <Button
            busy={start.isPending}
            onClick={() => start.mutate({ name: "Visitor", department: "Visitors", sample: true })}
          >
            {start.isPending ? "Filling the sample" : "Open a sample workspace"}
          </Button>
        </section>
      </div>
    </>
  );
}
