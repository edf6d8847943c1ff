/** What one should know while writing: a draft continued, another draft waiting, a change meanwhile. */
import type { ReactElement } from "react";
import { useAsk } from "#renderer/platform/api.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Button, buttonClass } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { formatTime } from "#renderer/ui/time.tsx";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { ChangedMeanwhile } from "./changed-meanwhile.tsx";
import type { Opening } from "./opening.ts";
import styles from "./write.module.css";

type WritingNoticesProps = {
  readonly opening: Opening;
  /** The record as it is now. */
  readonly latest: RecordView | undefined;
  /** Another window writes the same page. */
  readonly elsewhere: boolean;
  readonly onDiscard: () => void;
};

/** The notices that apply. */
export function WritingNotices(props: WritingNoticesProps): ReactElement {
  const { opening, latest, elsewhere, onDiscard } = props;
  const { record, draft } = opening;
  const removed = latest !== undefined && latest.removedAt !== null;
  const moved = latest !== undefined && latest.version !== record?.version && !removed;
  return (
    <div className={styles.notices}>
      {draft !== null && (
        <Notice
          title="You are continuing a draft"
          actions={
            <Button size="small" onClick={onDiscard}>
              Discard it
            </Button>
          }
        >
          Last saved {formatTime(draft.savedAt, "full")}.
        </Notice>
      )}
      {removed && (
        <Notice
          tone="warn"
          live
          title="This record is in the trash"
          actions={
            <RouteLink
              to={{ screen: "record", id: latest.id }}
              className={buttonClass("secondary", "small")}
            >
              Go there to put it back
            </RouteLink>
          }
        >
          What you write is kept as a draft. Nobody finds the record until it is put back.
        </Notice>
      )}
      {moved && record !== undefined && (
        <Notice
          tone="warn"
          live
          title="This record has changed since you started"
          actions={<ChangedMeanwhile start={record} latest={latest} />}
        >
          {latest.updatedBy === null ? "Somebody" : latest.updatedBy.title} saved a revision. Saving
          yours merges both, word by word; where both changed the same words, both stay until
          somebody chooses.
        </Notice>
      )}
      {record !== undefined && record.may.why?.edit !== undefined && (
        <Notice tone="warn" title="What you write here cannot be saved as a revision">
          {record.may.why.edit} It is kept as your draft.
        </Notice>
      )}
      {elsewhere && (
        <Notice tone="warn" live title="This page is being written in another window, too">
          Each window keeps a draft of its own, and both stand among your drafts. When both are
          saved, they are merged word by word.
        </Notice>
      )}
      {!moved && record !== undefined && record.conflicts.length > 0 && (
        <Notice
          tone="warn"
          title="This record holds different answers that nobody has chosen from"
          actions={
            <RouteLink
              to={{ screen: "record", id: record.id }}
              className={buttonClass("secondary", "small")}
            >
              Choose on the reading page
            </RouteLink>
          }
        >
          What stands here are the latest ones. Whatever you change here replaces the others.
        </Notice>
      )}
      {record === undefined && draft === null && <OtherDrafts opening={opening} />}
    </div>
  );
}

const mostShown = 3;

function OtherDrafts({ opening }: { readonly opening: Opening }): ReactElement | null {
  const drafts = useAsk("drafts", "list", {});
  const others = (drafts.data ?? []).filter(
    (draft) =>
      draft.record === undefined && draft.type === opening.type && draft.key !== opening.key,
  );
  if (others.length === 0) return null;
  return (
    <Notice title={others.length === 1 ? "A draft is waiting" : "Drafts are waiting"}>
      <ul className={styles.waiting}>
        {others.slice(0, mostShown).map((draft) => (
          <li key={draft.key}>
            <RouteLink to={{ screen: "new", type: draft.type, draft: draft.key }} dir="auto">
              {draft.title === "" ? "Without a title" : draft.title}
            </RouteLink>{" "}
            <span>{formatTime(draft.savedAt)}</span>
          </li>
        ))}
      </ul>
      {others.length > mostShown && <RouteLink to={{ screen: "drafts" }}>See all drafts</RouteLink>}
    </Notice>
  );
}
