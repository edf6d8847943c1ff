/** What a reader must know before reading: trash, an old revision, a merge, a conflict, an expiry. */
import { type ReactElement, useState } from "react";
import { useTell } from "#renderer/platform/api.ts";
import { navigate, RouteLink } from "#renderer/platform/navigation.tsx";
import { showDone } from "#renderer/platform/undo.ts";
import { Button, buttonClass } from "#renderer/ui/button.tsx";
import { fieldLabel, valueText } from "#renderer/ui/field-text.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { formatTime, Time } from "#renderer/ui/time.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import type { Field } from "#shared/domain/field.ts";
import { isObject, type Json } from "#shared/domain/json.ts";
import { readPath } from "#shared/domain/path.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { trustOf } from "#shared/domain/trust.ts";
import styles from "./read.module.css";

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
  const putBack = useTell("records", "putBack");
  const toast = useToast();
  return (
    <Notice
      tone="warn"
      title="This record is in the trash"
      actions={
        <Button
          size="small"
          busy={putBack.isPending}
          onClick={() =>
            putBack.mutate(
              { ids: [record.id] },
              {
                onSuccess: () => toast.show({ message: `“${record.title}” is back.` }),
                onError: toast.fail,
              },
            )
          }
        >
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

function Merged({ record }: { readonly record: RecordView }): ReactElement {
  return (
    <Notice
      title="This text was merged by machine"
      actions={
        <RouteLink
          to={{ screen: "edit", id: record.id }}
          className={buttonClass("secondary", "small")}
        >
          Look it over
        </RouteLink>
      }
    >
      {record.mergedFrom.map(({ title }) => title).join(" and ")} wrote at the same time, and nobody
      has read the result yet. Saving it once settles it.
    </Notice>
  );
}

function Conflicts({ record }: { readonly record: RecordView }): ReactElement {
  const [open, setOpen] = useState(false);
  const count = record.conflicts.length;
  return (
    <Notice
      tone="warn"
      title={
        count === 1 ? "Two answers for one field" : `Several answers for ${count.toString()} fields`
      }
      actions={
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Hide" : "Compare"}
        </Button>
      }
    >
      People wrote at the same time. The latest one is shown; the others are kept until you choose.
      {open &&
        record.conflicts.map((conflict) => (
          <Conflict key={conflict.path} record={record} path={conflict.path} />
        ))}
    </Notice>
  );
}

function Conflict({ record, path }: { readonly record: RecordView; readonly path: string }) {
  const edit = useTell("records", "edit");
  const toast = useToast();
  const conflict = record.conflicts.find((one) => one.path === path);
  if (conflict === undefined) return null;
  const fields = recordTypeOf(record.type)?.fields ?? {};
  const names = new Map(record.references.map(({ id, title }) => [String(id), title]));
  const place = readPath(path);
  const { label, field } = conflictField(fields[place.field], place);
  return (
    <fieldset className={styles.conflict}>
      <legend>{label ?? fieldLabel(fields, place.field)}</legend>
      {conflict.values.map(({ change, value, by, at }, index) => (
        <div key={change} className={styles.conflictValue}>
          <span dir="auto">{valueText(field, value, names) || "(nothing)"}</span>
          <span className={styles.quiet}>
            {by === null ? "" : `${by.title}, `}
            <Time iso={at} />
            {index === 0 && ", shown now"}
          </span>
          {place.kind !== "element" && (
            <Button
              size="small"
              onClick={() =>
                edit.mutate(
                  {
                    id: record.id,
                    base: record.version,
                    fields: settledBy(record, place, value),
                    note: "Settled a conflict",
                  },
                  { onError: toast.fail },
                )
              }
            >
              Keep this
            </Button>
          )}
        </div>
      ))}
    </fieldset>
  );
}

type Place = ReturnType<typeof readPath>;

/** The declaration of what is in conflict, and for a part of a group the names of both. */
function conflictField(
  whole: Field | undefined,
  place: Place,
): { readonly label?: string; readonly field: Field | undefined } {
  if (place.kind !== "part" || whole === undefined || !("fields" in whole)) return { field: whole };
  const field = whole.fields[place.part];
  return { label: `${whole.label}: ${field?.label ?? place.part}`, field };
}

/** The edit that keeps one of the values; of a group the other parts stay as they are. */
function settledBy(record: RecordView, place: Place, value: Json): Record<string, Json> {
  if (place.kind !== "part") return { [place.field]: value };
  const group = record.fields[place.field];
  const parts = isObject(group) ? group : {};
  return { [place.field]: { ...parts, [place.part]: value } };
}
