/** Everything that is being written on this device and is not a revision yet. */
import { FilePen, Trash2 } from "lucide-react";
import type { ReactElement } from "react";
import { client, type Output, useAsk } from "#renderer/platform/api.ts";
import { RouteLink, type RouteOf } from "#renderer/platform/navigation.tsx";
import { TitleLink } from "#renderer/platform/title-link.tsx";
import { Badge } from "#renderer/ui/badge.tsx";
import { buttonClass } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import { Rows } from "#renderer/ui/rows.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { Time } from "#renderer/ui/time.tsx";
import { showFailure, showToast } from "#renderer/ui/toast.tsx";
import { TypeIcon } from "#renderer/ui/type-icon.tsx";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import type { Route } from "#shared/navigation/route.ts";
import styles from "./drafts.module.css";

type DraftEntry = Output<"drafts", "list">[number];

/** The drafts, the latest first. */
export function DraftsScreen({ route }: { readonly route: RouteOf<"drafts"> }): ReactElement {
  const drafts = useAsk("drafts", "list", {});
  return (
    <Page key={route.screen} title="Drafts" width="reading">
      <PageHeader
        title="Drafts"
        meta="Kept on this device only, from the first pause in typing. Colleagues see nothing of them."
      />
      {drafts.isError && <Notice tone="bad">{drafts.error.message}</Notice>}
      {drafts.isLoading && <Skeleton lines={4} label="Reading the drafts" />}
      {drafts.data !== undefined && <DraftList drafts={drafts.data} />}
    </Page>
  );
}

function DraftList({ drafts }: { readonly drafts: readonly DraftEntry[] }): ReactElement {
  if (drafts.length === 0) {
    return (
      <EmptyState
        icon={FilePen}
        title="No drafts"
        purpose="What you write is kept here until you save it as a revision, even if the power goes out in between."
        action={
          <RouteLink to={{ screen: "new", type: "lesson" }} className={buttonClass("primary")}>
            Write a lesson
          </RouteLink>
        }
      />
    );
  }
  const latest = drafts.toSorted((a, b) => (a.savedAt < b.savedAt ? 1 : -1));
  return (
    <Rows>
      {latest.map((draft) => (
        <li key={draft.key} className={styles.draft}>
          <TypeIcon type={draft.type} label={recordTypeOf(draft.type)?.label ?? draft.type} />
          <div className={styles.what}>
            <TitleLink to={continueAt(draft)}>
              {draft.title === "" ? "Without a title" : draft.title}
            </TitleLink>
            <span className={styles.meta}>
              {draft.record === undefined ? <Badge>New</Badge> : <Badge>Edit</Badge>}
              Saved <Time iso={draft.savedAt} />
            </span>
          </div>
          <IconButton
            icon={Trash2}
            label={`Discard the draft ${draft.title}`}
            onClick={() => void discard(draft.key)}
          />
        </li>
      ))}
    </Rows>
  );
}

function continueAt({ key, record, type }: DraftEntry): Route {
  return record === undefined
    ? { screen: "new", type, draft: key }
    : { screen: "edit", id: record, draft: key === record ? undefined : key };
}

async function discard(key: string): Promise<void> {
  try {
    const draft = await client.drafts.get({ key });
    await client.drafts.discard({ key });
    if (draft === null) return;
    const { title: _title, savedAt: _savedAt, ...content } = draft;
    showToast({
      message:
        draft.title === "" ? "The draft is discarded." : `The draft “${draft.title}” is discarded.`,
      action: {
        label: "Undo",
        onPress: () => void client.drafts.save(content).catch(showFailure),
      },
    });
  } catch (error) {
    showFailure(error);
  }
}
