/** Stands before the frame while an update makes lists and search anew: how far it is, or why it stopped. */
import type { ReactElement } from "react";
import { useAsk, useTell } from "#renderer/platform/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { ProgressBar } from "#renderer/ui/progress-bar.tsx";
import styles from "./rebuilding.module.css";

/** The newest rebuild, or a way to start one. */
export function Rebuilding(): ReactElement {
  const jobs = useAsk("jobs", "list", {});
  const rebuild = useTell("health", "rebuild");
  const job = jobs.data?.find(({ kind }) => kind === "rebuild");
  const running = job?.state === "running";
  return (
    <main className={styles.page}>
      <title>Updating – Guildhall</title>
      <EmptyState
        title="Bringing your workspace up to date"
        purpose={
          running || jobs.data === undefined
            ? "This version keeps lists and search in another way, so they are made anew from what was written. Nothing is lost."
            : (job?.failure ?? "It was stopped before its end. Nothing is lost.")
        }
        action={
          running ? (
            <ProgressBar done={job.done} total={job.total} label={job.step} />
          ) : (
            <Button variant="primary" busy={rebuild.isPending} onClick={() => rebuild.mutate({})}>
              Try again
            </Button>
          )
        }
      />
    </main>
  );
}
