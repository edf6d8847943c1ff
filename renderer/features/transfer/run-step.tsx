/** The running import and its result, which stays until the person goes on. */
import type { ReactElement } from "react";
import { useAsk } from "#renderer/platform/api.ts";
import { JobProgress } from "#renderer/platform/job-progress.tsx";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { useJob } from "#renderer/platform/use-job.ts";
import { Actions } from "#renderer/ui/actions.tsx";
import { Button, buttonClass } from "#renderer/ui/button.tsx";
import { Explanation } from "#renderer/ui/explanation.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { importReportSchema, type ImportReport } from "#shared/contract/transfers.ts";
import { leaveImport } from "./import-session.ts";
import { importSentence, keptSentence } from "./report-words.ts";
import { ReportView } from "./report-view.tsx";
import { UndoImport } from "./undo-import.tsx";

type RunStepProps = { readonly name: string; readonly job: string };

/** Progress with a way out, then the report with a way back. */
export function RunStep({ name, job }: RunStepProps): ReactElement {
  const followed = useJob(job, importReportSchema());
  switch (followed.state) {
    case "running":
      return (
        <>
          <JobProgress
            id={job}
            job={followed.job}
            label={[`Importing ${name}`, followed.job?.step].filter(Boolean).join(": ")}
          />
          <Explanation>You can go elsewhere meanwhile; the import goes on.</Explanation>
        </>
      );
    case "failed":
      return (
        <>
          <Notice tone="bad" title="The import stopped" live>
            {followed.failure}
          </Notice>
          <Onwards />
        </>
      );
    case "cancelled":
    case "done":
      return followed.report === null ? (
        <>
          <Notice tone="warn" title="The import was cancelled before anything was written." live />
          <Onwards />
        </>
      ) : (
        <Result name={name} report={followed.report} />
      );
  }
}

function Result({
  name,
  report,
}: {
  readonly name: string;
  readonly report: ImportReport;
}): ReactElement {
  const imports = useAsk("transfers", "imports", {});
  const entry = imports.data?.find((one) => one.report.action === report.action);
  const undone = report.action !== null && entry?.undone === true;
  const kept = entry?.kept ?? 0;
  const title = undone ? `${name}: taken back` : `${name}: ${importSentence(report)}`;
  return (
    <>
      <Notice
        tone={undone ? "info" : report.cancelled || report.failed.length > 0 ? "warn" : "good"}
        title={title}
        live
        actions={<UndoImport action={report.action} undone={undone} kept={kept} />}
      >
        {report.cancelled && "It was cancelled; what had been written by then is kept. "}
        {undone && "What it created is in the trash, and what it changed is as it was before. "}
        {kept > 0 && keptSentence(kept)}
      </Notice>
      <ReportView report={report} />
      <Onwards />
    </>
  );
}

function Onwards(): ReactElement {
  return (
    <Actions>
      <Button onClick={() => void leaveImport()}>Import something else</Button>
      <RouteLink to={{ screen: "list", type: "playbook" }} className={buttonClass("secondary")}>
        See the playbooks
      </RouteLink>
    </Actions>
  );
}
