/** Whether what is stored is whole, how much it is, and mending what can be rebuilt. */
import { type ReactElement, useState } from "react";
import { checkReportSchema } from "#shared/contract/health.ts";
import { useAsk, useTell } from "#renderer/platform/api.ts";
import { JobProgress } from "#renderer/platform/job-progress.tsx";
import { fileSize } from "#renderer/ui/file-size.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Bullets } from "#renderer/ui/bullets.tsx";
import { Choice, Choices } from "#renderer/ui/choices.tsx";
import { Facts } from "#renderer/ui/facts.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { useToast } from "#renderer/ui/toast.tsx";

/** Sizes, check and rebuild. */
export function WorkspaceHealth(): ReactElement {
  const about = useAsk("health", "about", {});
  const check = useTell("health", "check");
  const rebuild = useTell("health", "rebuild");
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
        <Facts
          facts={[
            ["Records", about.data.records.toLocaleString()],
            ["Changes, all signed", about.data.changes.toLocaleString()],
            ["Database", fileSize(about.data.databaseBytes)],
            ["Attachments", fileSize(about.data.attachmentBytes)],
            ["Guildhall", `Version ${about.data.version}`],
          ]}
        />
      )}
      <Choices>
        <Choice
          title="Check"
          action={
            <Button disabled={busy} onClick={() => check.mutate({}, follow)}>
              Check the workspace
            </Button>
          }
        >
          Looks at every change that was ever saved: whether it is whole, in order and signed, and
          whether the records are what the changes say. It changes nothing.
        </Choice>
        <Choice
          title="Rebuild"
          action={
            <Button disabled={busy} onClick={() => rebuild.mutate({}, follow)}>
              Rebuild
            </Button>
          }
        >
          Makes records, links, tags and search anew from the saved changes. Nothing you wrote is
          touched. For when search or a list looks wrong.
        </Choice>
      </Choices>
      {busy && running.data !== undefined && (
        <JobProgress
          id={running.data.id}
          job={running.data}
          label={`${running.data.label}: ${running.data.step}`}
        />
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
  const report = checkReportSchema().safeParse(result.data);
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
      <Bullets>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </Bullets>
    </Notice>
  );
}
