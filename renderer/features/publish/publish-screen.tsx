/**
 * Publish: the handbook. It says what will be in it and what stays out before anything is written,
 * exports into a folder, and can keep that folder up to date.
 */
import { FolderOutput, RefreshCw } from "lucide-react";
import type { ReactElement } from "react";
import { useAsk, useTell } from "#renderer/platform/api.ts";
import { host } from "#renderer/platform/host.ts";
import { Actions } from "#renderer/ui/actions.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Explanation } from "#renderer/ui/explanation.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import { Section } from "#renderer/ui/section.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { Stack } from "#renderer/ui/stack.tsx";
import { Switch } from "#renderer/ui/switch.tsx";
import { Time } from "#renderer/ui/time.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import { LeftOutList } from "./left-out-list.tsx";
import { PublishProgress } from "./publish-progress.tsx";
import { runPublish, usePublishSession } from "./publish-session.ts";
import styles from "./publish.module.css";

/** Publish > Handbook. */
export function PublishScreen(): ReactElement {
  const session = usePublishSession();
  const overview = useAsk("handbook", "overview", {});
  return (
    <Page title="Publish" width="wide">
      <PageHeader
        title="Handbook"
        meta="What is published, as pages with their own search that any browser opens: from a shared folder, a disk or a web server, without Guildhall."
      />
      <Stack>
        {session !== null && <PublishProgress session={session} />}
        {overview.data === undefined ? (
          <Skeleton lines={4} />
        ) : (
          <>
            <Contents playbooks={overview.data.playbooks} lessons={overview.data.lessons} />
            {session === null && (
              <WaysOut
                folder={overview.data.folder}
                isEmpty={overview.data.playbooks + overview.data.lessons === 0}
              />
            )}
            <UpToDate {...overview.data} />
            <LeftOutList rows={overview.data.leftOut} />
          </>
        )}
      </Stack>
    </Page>
  );
}

type ContentsProps = { readonly playbooks: number; readonly lessons: number };

function Contents({ playbooks, lessons }: ContentsProps): ReactElement {
  return (
    <p className={styles.figures}>
      <strong>{playbooks.toLocaleString()}</strong> {playbooks === 1 ? "playbook" : "playbooks"} and{" "}
      <strong>{lessons.toLocaleString()}</strong> {lessons === 1 ? "lesson" : "lessons"} will have a
      page.
    </p>
  );
}

type WaysOutProps = { readonly folder: string | null; readonly isEmpty: boolean };

function WaysOut({ folder, isEmpty }: WaysOutProps): ReactElement {
  const toast = useToast();

  async function intoChosen(): Promise<void> {
    try {
      const chosen = await host.chooseExportFolder();
      if (chosen !== null) await runPublish(chosen);
    } catch (error) {
      toast.fail(error);
    }
  }

  return (
    <>
      {isEmpty && (
        <Notice>
          Nothing is published yet, so the handbook would be empty. Give a playbook or a lesson the
          status Published, and it comes in.
        </Notice>
      )}
      {(host.kind === "electron" || folder !== null) && (
        <Actions>
          {host.kind === "electron" && (
            <Button variant="primary" icon={FolderOutput} onClick={() => void intoChosen()}>
              Export into a folder
            </Button>
          )}
          {folder !== null && (
            <Button
              variant={host.kind === "electron" ? "secondary" : "primary"}
              icon={RefreshCw}
              onClick={() => void runPublish(null).catch(toast.fail)}
            >
              {`Export into ${folder} again`}
            </Button>
          )}
        </Actions>
      )}
      {host.kind === "browser" && folder === null && (
        <Notice title="A browser tab cannot choose a folder">
          Export the handbook from the app&apos;s window, or on the command line:{" "}
          <code>guildhall export-handbook FOLDER</code>
        </Notice>
      )}
    </>
  );
}

type UpToDateProps = {
  readonly folder: string | null;
  readonly automatic: boolean;
  readonly refreshedAt: string | null;
  readonly problem: string | null;
};

function UpToDate({ folder, automatic, refreshedAt, problem }: UpToDateProps): ReactElement | null {
  const toast = useToast();
  const keep = useTell("handbook", "keepUpToDate");
  const refetch = useAsk("handbook", "overview", {}).refetch;
  if (folder === null) return null;
  return (
    <Section title={`The handbook in ${folder}`}>
      {refreshedAt !== null && (
        <Explanation>
          Up to date from here as of <Time iso={refreshedAt} />.
        </Explanation>
      )}
      {problem !== null && (
        <Notice tone="warn" title="It could not be brought up to date">
          {problem}
        </Notice>
      )}
      <Switch
        label="Keep it up to date"
        checked={automatic}
        onChange={(wanted) =>
          keep.mutate(
            { automatic: wanted },
            { onSuccess: () => void refetch(), onError: toast.fail },
          )
        }
        help="While Guildhall is open here. Where several devices share the workspace, one of them does it, another one each day."
      />
    </Section>
  );
}
