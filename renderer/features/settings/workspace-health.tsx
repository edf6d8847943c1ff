/** Whether what is stored is whole, how much it is, and mending what can be rebuilt. */
import { type ReactElement, useState } from "react";
import { checkReportSchema } from "#shared/contract/health.ts";
import { useAsk, useTell } from "#renderer/platform/api.ts";
import { fileSize } from "#renderer/ui/file-size.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { ProgressBar } from "#renderer/ui/progress-bar.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import styles from "./settings.module.css";

/** Sizes, check and rebuild. */
export function WorkspaceHealth(): ReactElement {
  const about = useAsk("health", "about", {});
  const check = useTell("health", "check");
  const rebuild = useTell("health", "rebuild");
  const cancel = useTell("jobs", "cancel");
  const toast = useToast();
  const [job, setJob] = useState<string | null>(null);
  const follow = {
    onSuccess: (started: { readonly job: string }) => setJob(started.job),
    onError: toast.fail,
  };
  const running = useAsk("jobs", "get", { id: job ?? "" }, { enabled: job !== null });
  const busy = running.data?.state === "running";
  return (
    <>
      {about.data === undefined ? (
        <Skeleton lines={4} />
      ) : (
        <dl className={styles.facts}>
          <dt>Records</dt>
          <dd>{about.data.records.toLocaleString()}</dd>
          <dt>Changes, all signed</dt>
          <dd>{about.data.changes.toLocaleString()}</dd>
          <dt>Database</dt>
          <dd>{fileSize(about.data.databaseBytes)}</dd>
          <dt>Attachments</dt>
          <dd>{fileSize(about.data.attachmentBytes)}</dd>
          <dt>Guildhall</dt>
          <dd>Version {about.data.version}</dd>
        </dl>
      )}
      <section className={styles.tasks}>
        <div>
          <h2 className={styles.label}>Check</h2>
          <p className={styles.faint}>
            Looks at every change that was ever saved: whether it is whole, in order and signed, and
            whether the records are what the changes say. It changes nothing.
          </p>
          <Button size="small" disabled={busy} onClick={() => check.mutate({}, follow)}>
            Check the workspace
          </Button>
        </div>
        <div>
          <h2 className={styles.label}>Rebuild</h2>
          <p className={styles.faint}>
            Makes records, links, tags and search anew from the saved changes. Nothing you wrote is
            touched. For when search or a list looks wrong.
          </p>
          <Button size="small" disabled={busy} onClick={() => rebuild.mutate({}, follow)}>
            Rebuild
          </Button>
        </div>
      </section>
      {busy && running.data !== undefined && (
        <div className={styles.running}>
          <ProgressBar
            done={running.data.done}
            total={running.data.total}
            label={`${running.data.label}: ${running.data.step}`}
          />
          <Button size="small" onClick={() => cancel.mutate({ id: running.data.id })}>
            Cancel
          </Button>
        </div>
      )}
      {job !== null && running.data !== undefined && !busy && (
        <Outcome job={job} state={running.data.state} failure={running.data.failure} />
      )}
    </>
  );
}

type OutcomeProps = {
  readonly job: string;
  readonly state: "running" | "done" | "failed" | "cancelled";
  readonly failure: string | null;
};

function Outcome({ job, state, failure }: OutcomeProps) {
  const result = useAsk("jobs", "result", { id: job });
  if (state === "failed") {
    return (
      <Notice tone="bad" live>
        {failure}
      </Notice>
    );
  }
  if (state === "cancelled") return <Notice live>Cancelled. Nothing was changed.</Notice>;
  const report = checkReportSchema.safeParse(result.data);
  if (!report.success) return <Notice tone="good" live title="Done" />;
  const { ok, changes, records, problems } = report.data;
  const counts = `${changes.toLocaleString()} changes and ${records.toLocaleString()} records were looked at.`;
  if (ok) {
    return (
      <Notice tone="good" live title="Everything is whole">
        {counts}
      </Notice>
    );
  }
  return (
    <Notice
      tone="bad"
      live
      title={`${problems.length.toLocaleString()} ${problems.length === 1 ? "problem" : "problems"}`}
    >
      <p>{counts}</p>
      <ul className={styles.problems}>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </Notice>
  );
}
