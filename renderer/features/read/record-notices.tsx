/** What a reader must know before reading: trash, an old revision, a merge, a conflict, an expiry. */
import type { ReactElement } from "react";
import { useAct } from "#renderer/platform/act.ts";
import { useTell } from "#renderer/platform/api.ts";
import { navigate, RouteLink } from "#renderer/platform/navigation.tsx";
import { showDone } from "#renderer/platform/undo.ts";
import { Button, buttonClass } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { formatTime, Time } from "#renderer/ui/time.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { trustOf } from "#shared/domain/trust.ts";
import { Conflicts } from "./conflicts.tsx";
import styles from "./record-notices.module.css";

type NoticesProps = {
  readonly record: RecordView;
  readonly revision: number | undefined;
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
};

/** The notices that apply, the gravest first. */
export function RecordNotices({ record, revision, now }: NoticesProps): ReactElement | null {
  const notices = [
    record.removedAt !== null && <Removed key="removed" record={record} />,
    revision !== undefined && <Older key="older" record={record} revision={revision} />,
    revision === undefined && <Expired key="expired" record={record} now={now} />,
    record.conflicts.length > 0 && <Conflicts key="conflicts" record={record} />,
    record.mergedFrom.length > 0 && <Merged key="merged" record={record} />,
  ].filter(Boolean);
  return notices.length === 0 ? null : <div className={styles.notices}>{notices}</div>;
}

function Removed({ record }: { readonly record: RecordView }): ReactElement {
  const toast = useToast();
  const putBack = useAct(useTell("records", "putBack"), () =>
    toast.show({ message: `“${record.title}” is back.` }),
  );
  return (
    <Notice
      tone="warn"
      title="This record is in the trash"
      actions={
        <Button size="small" busy={putBack.busy} onClick={() => putBack.act({ ids: [record.id] })}>
          Put it back
        </Button>
      }
    >
      It was removed <Time iso={record.removedAt ?? record.updatedAt} /> and is found in no list and
      no search.
    </Notice>
  );
}

function Older({ record, revision }: { readonly record: RecordView; readonly revision: number }) {
  const restore = useTell("records", "restoreRevision");
  const toast = useToast();
  const current = { screen: "record", id: record.id } as const;
  async function bringBack(): Promise<void> {
    const { action, revision: made } = await restore.mutateAsync({ id: record.id, revision });
    showDone(
      `Revision ${revision.toString()} is the newest again, as revision ${made.toString()}.`,
      action,
    );
    navigate(current);
  }
  return (
    <Notice
      tone="warn"
      title={`You are reading revision ${revision.toString()}`}
      actions={
        <>
          <Button
            size="small"
            busy={restore.isPending}
            onClick={() => void bringBack().catch(toast.fail)}
          >
            Restore it
          </Button>
          <RouteLink to={current} className={buttonClass("secondary", "small")}>
            Go to the newest
          </RouteLink>
        </>
      }
    >
      Written {formatTime(record.updatedAt, "full")}
      {record.updatedBy === null ? "" : ` by ${record.updatedBy.title}`}. The record may say
      something else today.
    </Notice>
  );
}

function Expired({ record, now }: Omit<NoticesProps, "revision">): ReactElement | null {
  const trust = trustOf(record.fields.verification, now);
  if (trust.state !== "expired" || trust.until === null) return null;
  return (
    <Notice tone="bad" title={`This expired on ${formatTime(trust.until, "date")}`}>
      Nobody has checked it since.{" "}
      {record.owner === null
        ? "It has no owner to ask."
        : `Ask ${record.owner.title}, who owns it, before relying on it.`}
    </Notice>
  );
}

/** Nobody has read what the machine made of several texts: whoever has can say so here. */
function Merged({ record }: { readonly record: RecordView }): ReactElement {
  const edit = useAct(useTell("records", "edit"), ({ action }) =>
    showDone("The merged text stands.", action),
  );
  return (
    <Notice
      tone="warn"
      title="This text was merged by machine"
      actions={
        record.may.edit && (
          <>
            <Button
              size="small"
              busy={edit.busy}
              onClick={() => edit.act({ ...asShown(record), note: "Read over after a merge" })}
            >
              It reads well
            </Button>
            <RouteLink
              to={{ screen: "edit", id: record.id }}
              className={buttonClass("secondary", "small")}
            >
              Edit it
            </RouteLink>
          </>
        )
      }
    >
      {mergedBy(record)} wrote at the same time, and nobody has read the result yet. It holds the
      words of everybody; read it over once.
    </Notice>
  );
}

function mergedBy({ mergedFrom }: RecordView): string {
  if (mergedFrom.length < 2) return mergedFrom[0]?.title ?? "Several people";
  return new Intl.ListFormat("en").format(mergedFrom.map(({ title }) => title));
}

/** Writing the texts exactly as they are shown makes them versions of their own. */
function asShown({ id, type, version: base, fields, body }: RecordView) {
  const declared = recordTypeOf(type)?.fields ?? {};
  const texts = Object.entries(fields).filter(
    ([name]) => Object.hasOwn(declared, name) && declared[name]?.kind === "markdown",
  );
  return { id, base, body, fields: Object.fromEntries(texts) };
}
