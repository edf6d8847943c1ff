/** The export while it runs, and what it came to. */
import { ExternalLink } from "lucide-react";
import type { ReactElement } from "react";
import { host } from "#renderer/platform/host.ts";
import { JobProgress } from "#renderer/platform/job-progress.tsx";
import { useJob } from "#renderer/platform/use-job.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Reasons } from "#renderer/ui/reasons.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import { type HandbookReport, handbookReportSchema } from "#shared/contract/handbook.ts";
import { leavePublish, type PublishSession } from "./publish-session.ts";

type Props = { readonly session: NonNullable<PublishSession> };

/** One export from its start to its report. */
export function PublishProgress({ session }: Props): ReactElement {
  const followed = useJob(session.job, handbookReportSchema());
  const again = (
    <Button size="small" onClick={leavePublish}>
      Close
    </Button>
  );
  switch (followed.state) {
    case "running":
      return (
        <JobProgress
          id={session.job}
          job={followed.job}
          label={followed.job?.step ?? "Reading pages"}
        />
      );
    case "failed":
      return (
        <Notice tone="bad" title="The handbook was not exported" live actions={again}>
          {followed.failure}
        </Notice>
      );
    case "cancelled":
      return (
        <Notice tone="warn" title="The export was cancelled" live actions={again}>
          The folder is as it was before.
        </Notice>
      );
    case "done":
      return <Done session={session} report={followed.report} again={again} />;
  }
}

type DoneProps = Props & { readonly report: HandbookReport; readonly again: ReactElement };

function Done({ session, report, again }: DoneProps): ReactElement {
  const toast = useToast();
  const { folder } = session;
  const opens = folder !== null && host.kind === "electron";

  async function open(selection: string): Promise<void> {
    try {
      if (await host.openHandbook(selection)) return;
      toast.show({ message: "No browser opened it. Open index.html in the folder yourself." });
    } catch (error) {
      toast.fail(error);
    }
  }

  return (
    <>
      <Notice
        tone={report.skipped.length > 0 ? "warn" : "good"}
        title={`${report.pages.toLocaleString()} ${report.pages === 1 ? "page" : "pages"}${folder === null ? "" : ` in ${folder.name}`}`}
        live
        actions={
          <>
            {opens && (
              <Button
                variant="primary"
                size="small"
                icon={ExternalLink}
                onClick={() => void open(folder.id)}
              >
                Open it
              </Button>
            )}
            {again}
          </>
        }
      >
        {sentence(report)} Its first page is index.html.
      </Notice>
      {report.skipped.length > 0 && <Reasons rows={report.skipped} />}
    </>
  );
}

function sentence({ written, unchanged, removed }: HandbookReport): string {
  if (written === 0 && removed === 0) return "Nothing had changed since the last export.";
  const files = (count: number) => `${count.toLocaleString()} ${count === 1 ? "file" : "files"}`;
  const rest = [
    unchanged > 0 && `${unchanged.toLocaleString()} were up to date`,
    removed > 0 && `${removed.toLocaleString()} removed`,
  ].filter((part) => part !== false);
  return `${files(written)} written${rest.length === 0 ? "" : `, ${rest.join(", ")}`}.`;
}
