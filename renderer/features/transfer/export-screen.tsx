/**
 * The export screen: everything, or one type, as the Markdown files it came from. In a window the
 * files go into a folder or a ZIP file; in a browser tab into a ZIP file.
 */
import { Download, FolderOutput } from "lucide-react";
import { type ReactElement, useState } from "react";
import { useAsk } from "#renderer/platform/api.ts";
import { host } from "#renderer/platform/host.ts";
import { JobProgress } from "#renderer/platform/job-progress.tsx";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { useJob } from "#renderer/platform/use-job.ts";
import { Actions } from "#renderer/ui/actions.tsx";
import { Button, buttonClass } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import { RadioGroup } from "#renderer/ui/radio-group.tsx";
import { Reasons } from "#renderer/ui/reasons.tsx";
import { Section } from "#renderer/ui/section.tsx";
import { Stack } from "#renderer/ui/stack.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import { type ExportReport, exportReportSchema } from "#shared/contract/transfers.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { type ExportSession, leaveExport, runExport, useExportSession } from "./export-session.ts";
import { count, duration } from "./report-words.ts";

/** Export. */
export function ExportScreen(): ReactElement {
  const session = useExportSession();
  return (
    <Page title="Export" width="wide">
      <PageHeader
        title="Export Markdown"
        meta="One Markdown file for each record, in the folders it came from; texts to the letter, images beside them."
        actions={
          <RouteLink to={{ screen: "import" }} className={buttonClass("quiet")}>
            Import instead
          </RouteLink>
        }
      />
      <Stack>{session === null ? <ChooseExport /> : <FollowExport session={session} />}</Stack>
    </Page>
  );
}

function ChooseExport(): ReactElement {
  const toast = useToast();
  const counts = useAsk("records", "counts", {});
  const [type, setType] = useState("");
  const types = counts.data?.types.filter((one) => one.count > 0) ?? [];
  const all = types.reduce((sum, one) => sum + one.count, 0);

  async function start(into: "folder" | "zip"): Promise<void> {
    try {
      const folder = into === "folder" ? await host.chooseExportFolder() : null;
      if (into === "zip" || folder !== null) await runExport(folder, type);
    } catch (error) {
      toast.fail(error);
    }
  }

  return (
    <>
      <RadioGroup
        label="What to export"
        layout="columns"
        value={type}
        onChange={setType}
        options={[
          { value: "", label: `Everything (${all.toLocaleString()})` },
          ...types.map((one) => ({
            value: one.type,
            label: `${recordTypeOf(one.type)?.plural ?? one.type} (${one.count.toLocaleString()})`,
          })),
        ]}
      />
      <Actions>
        {host.kind === "electron" && (
          <Button variant="primary" icon={FolderOutput} onClick={() => void start("folder")}>
            Export into a folder
          </Button>
        )}
        <Button
          variant={host.kind === "electron" ? "secondary" : "primary"}
          icon={Download}
          disabled={all === 0}
          onClick={() => void start("zip")}
        >
          Export as a ZIP file
        </Button>
      </Actions>
    </>
  );
}

function FollowExport({ session }: { readonly session: NonNullable<ExportSession> }): ReactElement {
  const followed = useJob(session.job, exportReportSchema());
  switch (followed.state) {
    case "running":
      return (
        <JobProgress
          id={session.job}
          job={followed.job}
          label={
            session.folder === null ? "Writing the ZIP file" : `Writing into ${session.folder}`
          }
        />
      );
    case "failed":
      return (
        <>
          <Notice tone="bad" title="The export stopped" live>
            {followed.failure}
          </Notice>
          <Again />
        </>
      );
    case "cancelled":
      return (
        <>
          <Notice tone="warn" title="The export was cancelled" live>
            {session.folder === null
              ? "No ZIP file was made."
              : "The files written by then are still in the folder."}
          </Notice>
          <Again />
        </>
      );
    case "done":
      return <ExportResult folder={session.folder} report={followed.report} />;
  }
}

type ExportResultProps = { readonly folder: string | null; readonly report: ExportReport };

function ExportResult({ folder, report }: ExportResultProps): ReactElement {
  const toast = useToast();
  const { download } = report;
  const written = [
    count(report.files, "file", "files"),
    report.attachments > 0 &&
      count(report.attachments, "image or attachment", "images and attachments"),
  ]
    .filter(Boolean)
    .join(" and ");
  return (
    <>
      <Notice
        tone={report.skipped.length > 0 ? "warn" : "good"}
        title={folder === null ? "The ZIP file is ready" : `Written into ${folder}`}
        live
        actions={
          download !== null && (
            <Button
              variant="primary"
              size="small"
              icon={Download}
              onClick={() => void host.saveDownload(download).catch(toast.fail)}
            >
              Save the ZIP file
            </Button>
          )
        }
      >
        {written}, in {duration(report.ms)}.
      </Notice>
      {report.skipped.length > 0 && (
        <Section title="Left out">
          <Reasons rows={report.skipped} />
        </Section>
      )}
      {report.notes.length > 0 && (
        <Section title="Written under another name">
          <Reasons rows={report.notes} />
        </Section>
      )}
      <Again />
    </>
  );
}

function Again(): ReactElement {
  return (
    <Actions>
      <Button onClick={leaveExport}>Export something else</Button>
    </Actions>
  );
}
