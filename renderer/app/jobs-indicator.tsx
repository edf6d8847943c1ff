/** Long work in the corner of every screen: what runs, how far it is, and a way to stop it. */
import { LoaderCircle } from "lucide-react";
import { type ReactElement, useState } from "react";
import type { Job } from "#shared/contract/jobs.ts";
import { useAsk, useTell } from "#renderer/platform/api.ts";
import { useEvent } from "#renderer/platform/events.ts";
import { currentRoute } from "#renderer/platform/navigation.tsx";
import { announce } from "#renderer/ui/announce.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Popover } from "#renderer/ui/popover.tsx";
import { ProgressBar } from "#renderer/ui/progress-bar.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import styles from "./jobs-indicator.module.css";

/** Nothing while nothing runs. */
export function JobsIndicator(): ReactElement | null {
  const jobs = useAsk("jobs", "list", {});
  const [open, setOpen] = useState(false);
  useTellWhenFinished();
  const running = (jobs.data ?? []).filter((job) => job.state === "running");
  const [first] = running;
  if (first === undefined) return null;
  const percent = percentOf(running);
  return (
    <Popover
      title="Running now"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="quiet" icon={LoaderCircle} className={styles.indicator ?? ""}>
          <span className={styles.label}>
            {running.length === 1 ? first.label : `${running.length.toString()} jobs`}
          </span>
          {percent !== null && <span className={styles.percent}>{percent} %</span>}
        </Button>
      }
    >
      <ul className={styles.list}>
        {running.map((job) => (
          <RunningJob key={job.id} job={job} />
        ))}
      </ul>
    </Popover>
  );
}

function RunningJob({ job }: { readonly job: Job }) {
  const latest = useAsk("jobs", "get", { id: job.id }).data ?? job;
  const cancel = useTell("jobs", "cancel");
  const toast = useToast();
  return (
    <li className={styles.job}>
      <ProgressBar
        done={latest.done}
        total={latest.total}
        label={`${latest.label}: ${latest.step}`}
      />
      <Button
        size="small"
        busy={cancel.isPending}
        aria-label={`Cancel ${latest.label}`}
        onClick={() => cancel.mutate({ id: job.id }, { onError: toast.fail })}
      >
        Cancel
      </Button>
    </li>
  );
}

function useTellWhenFinished(): void {
  const toast = useToast();
  useEvent("job.progress", (job) => {
    if (job.state === "running") return;
    const { screen } = currentRoute();
    // These screens show their job's outcome themselves.
    const shownThere = screen === "import" || screen === "export" || screen === "settings";
    if (job.kind === "dry_run" || shownThere) announce(outcome(job));
    else toast.show({ message: outcome(job), tone: job.state === "failed" ? "bad" : "plain" });
  });
}

function outcome(job: Job): string {
  switch (job.state) {
    case "running":
      return `${job.label} is running.`;
    case "done":
      return `${job.label}: done.`;
    case "cancelled":
      return `${job.label}: cancelled.`;
    case "failed":
      return job.failure ?? `${job.label}: failed.`;
  }
}

/** Of everything together; null while some amount is unknown. */
function percentOf(jobs: readonly Job[]): number | null {
  let done = 0;
  let total = 0;
  for (const job of jobs) {
    if (job.total === null) return null;
    done += job.done;
    total += job.total;
  }
  return total === 0 ? null : Math.floor((done / total) * 100);
}
