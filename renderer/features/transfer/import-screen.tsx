/**
 * The import screen: choose, see what it would become, import, and what came of it. Nothing is
 * written before the person has seen the counts, and everything written can be taken back at once.
 */
import type { ReactElement } from "react";
import { useAsk } from "#renderer/platform/api.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Button, buttonClass } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import { ProgressBar } from "#renderer/ui/progress-bar.tsx";
import { Stack } from "#renderer/ui/stack.tsx";
import { ChooseStep } from "./choose-step.tsx";
import { EarlierImports } from "./earlier-imports.tsx";
import {
  followImport,
  type ImportSession,
  leaveImport,
  useImportSession,
} from "./import-session.ts";
import { PlanStep } from "./plan-step.tsx";
import { RunStep } from "./run-step.tsx";

/** Import. */
export function ImportScreen(): ReactElement {
  const session = useImportSession();
  return (
    <Page title="Import" width="wide">
      <PageHeader
        title="Import Markdown"
        meta={metaOf(session.step)}
        actions={
          <RouteLink to={{ screen: "export" }} className={buttonClass("quiet")}>
            Export instead
          </RouteLink>
        }
      />
      <Stack>
        {session.step === "choose" && (
          <>
            <RunningImport />
            {session.failure !== null && (
              <Notice tone="bad" title="The files did not arrive" live>
                {session.failure}
              </Notice>
            )}
            <ChooseStep />
            <EarlierImports />
          </>
        )}
        {session.step === "bring" && (
          <ProgressBar
            label={`Reading ${session.name}`}
            done={session.done}
            total={session.total}
            action={<Button onClick={() => void leaveImport()}>Cancel</Button>}
          />
        )}
        {session.step === "plan" && <PlanStep session={session} />}
        {session.step === "run" && <RunStep name={session.name} job={session.job} />}
      </Stack>
    </Page>
  );
}

/** The plan says that nothing is written, as long as it is so. */
function metaOf(step: ImportSession["step"]): string {
  return step === "plan"
    ? "This is what it would become. Nothing has been written yet."
    : "A folder, single files or a ZIP file. Nothing is written before you have seen what it becomes.";
}

/** An import that runs although this window knows nothing of it: after a reload, or in two tabs. */
function RunningImport(): ReactElement | null {
  const jobs = useAsk("jobs", "list", {});
  const running = jobs.data?.find((job) => job.kind === "import" && job.state === "running");
  if (running === undefined) return null;
  return (
    <Notice
      tone="info"
      title="An import is running"
      actions={
        <Button size="small" onClick={() => followImport(running.label, running.id)}>
          Show it
        </Button>
      }
    >
      {running.label}
    </Notice>
  );
}
