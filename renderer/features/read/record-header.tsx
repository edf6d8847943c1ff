/** The head of the reading page: what this is, how far to rely on it, and what can be done with it. */
import { Ellipsis, History, Link2, Lock, Pencil, Printer, Trash2 } from "lucide-react";
import type { ReactElement } from "react";
import { useTell } from "#renderer/platform/api.ts";
import { host } from "#renderer/platform/host.ts";
import { navigate, RouteLink } from "#renderer/platform/navigation.tsx";
import { useCommands } from "#renderer/platform/commands.ts";
import { showDone } from "#renderer/platform/undo.ts";
import { Badge } from "#renderer/ui/badge.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Menu } from "#renderer/ui/menu.tsx";
import { Popover } from "#renderer/ui/popover.tsx";
import { PageHeader } from "#renderer/ui/page.tsx";
import { Standing } from "#renderer/ui/standing.tsx";
import { statusLabel } from "#renderer/ui/status-badge.tsx";
import { formatTime, Time } from "#renderer/ui/time.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import { TypeIcon } from "#renderer/ui/type-icon.tsx";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { trustOf } from "#shared/domain/trust.ts";
import { formatRoute } from "#shared/navigation/route.ts";
import { lines, text } from "./parts.ts";
import { trustWords } from "./trust-words.ts";
import styles from "./record-header.module.css";

type RecordHeaderProps = {
  readonly record: RecordView;
  readonly revision: number | undefined;
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
};

/** Title, state and actions. E edits, H opens the history, Mod+Shift+C copies a link. */
export function RecordHeader({ record, revision, now }: RecordHeaderProps): ReactElement {
  const actions = useActions(record);
  useCommands([
    { id: "record.edit", title: "Edit", group: "This page", keys: "E", run: actions.edit },
    { id: "record.history", title: "History", group: "This page", keys: "H", run: actions.history },
    {
      id: "record.copyLink",
      title: "Copy a link to this page",
      group: "This page",
      keys: "Mod+Shift+C",
      run: actions.copyLink,
    },
    { id: "record.trash", title: "Move to trash", group: "This page", run: actions.remove },
  ]);
  const editable = revision === undefined && record.removedAt === null;
  return (
    <>
      <PageHeader
        reading
        eyebrow={<Eyebrow record={record} />}
        title={record.title}
        meta={<Meta record={record} now={now} />}
        actions={
          <>
            {editable &&
              (record.may.edit ? (
                <Button icon={Pencil} onClick={actions.edit} aria-keyshortcuts="E">
                  Edit
                </Button>
              ) : (
                <NotYours record={record} />
              ))}
            <IconButton icon={History} label="History" keys="H" onClick={actions.history} />
            <IconButton
              icon={Link2}
              label="Copy link"
              keys="Mod+Shift+C"
              onClick={actions.copyLink}
            />
            <Menu
              trigger={<IconButton icon={Ellipsis} label="More actions" />}
              items={[
                { label: "Print…", icon: Printer, keys: "Mod+P", onSelect: () => window.print() },
                "separator",
                {
                  label: "Move to trash",
                  icon: record.may.remove ? Trash2 : Lock,
                  danger: record.may.remove,
                  disabled: record.removedAt !== null,
                  onSelect: actions.remove,
                },
              ]}
            />
          </>
        }
      />
      <PrintHeader record={record} now={now} />
    </>
  );
}

function useActions(record: RecordView) {
  const toast = useToast();
  const remove = useTell("records", "remove");

  async function moveToTrash(): Promise<void> {
    if (record.removedAt !== null) return;
    if (!record.may.remove) {
      toast.show({ message: record.may.why?.remove ?? notPermitted });
      return;
    }
    const { action } = await remove.mutateAsync({ ids: [record.id] });
    showDone(`“${record.title}” is in the trash.`, action);
  }
  async function copyLink(): Promise<void> {
    const link = `guildhall:/${formatRoute({ screen: "record", id: record.id })}`;
    await host.copyText(`${record.title}\n${link}`);
    toast.show({ message: "The title and the link are on the clipboard." });
  }
  return {
    edit: () => {
      if (record.removedAt !== null) return;
      if (record.may.edit) navigate({ screen: "edit", id: record.id });
      else toast.show({ message: record.may.why?.edit ?? notPermitted });
    },
    history: () => navigate({ screen: "history", id: record.id }),
    copyLink: () => void copyLink().catch(toast.fail),
    remove: () => void moveToTrash().catch(toast.fail),
  };
}

/** Where one may not edit, the button says why, and what one can do instead. */
function NotYours({ record }: { readonly record: RecordView }): ReactElement {
  const { type, owner } = record;
  const label = recordTypeOf(type)?.label.toLowerCase() ?? "record";
  return (
    <Popover
      title="You cannot edit this"
      trigger={
        <Button icon={Lock} aria-label="Edit: why not?">
          Edit
        </Button>
      }
    >
      <p>{record.may.why?.edit ?? notPermitted}</p>
      <ul className={styles.instead}>
        {owner !== null && (
          <li>
            <RouteLink
              to={{ screen: "record", id: owner.id }}
            >{`See who ${owner.title} is`}</RouteLink>
          </li>
        )}
        <li>
          <RouteLink to={{ screen: "new", type }}>Write a {label} of your own</RouteLink>
        </li>
      </ul>
    </Popover>
  );
}

const notPermitted = "Your role does not allow it. Ask a steward.";

function Eyebrow({ record }: { readonly record: RecordView }): ReactElement {
  const label = recordTypeOf(record.type)?.label ?? record.type;
  return (
    <span className={styles.eyebrow}>
      <TypeIcon type={record.type} />
      <RouteLink to={{ screen: "list", type: record.type }}>{label}</RouteLink>
      {record.department !== null && (
        <>
          <span aria-hidden="true">·</span>
          <RouteLink to={{ screen: "record", id: record.department.id }}>
            {record.department.title}
          </RouteLink>
        </>
      )}
    </span>
  );
}

type MetaProps = Pick<RecordHeaderProps, "record" | "now">;

function Meta({ record, now }: MetaProps): ReactElement {
  const kind = record.type === "lesson" ? text(record, "kind") : "";
  const tags = lines(record, "tags");
  return (
    <>
      <Standing status={record.status} trust={trustStateOf(record, now)} />
      {kind !== "" && <Badge>{statusLabel(kind)}</Badge>}
      <span>
        Revision {record.revision}, <Time iso={record.updatedAt} />
        {record.updatedBy !== null && ` by ${record.updatedBy.title}`}
      </span>
      {tags.length > 0 && (
        <ul className={styles.tags} aria-label="Tags">
          {tags.map((tag) => (
            <li key={tag}>
              <RouteLink to={{ screen: "search", query: `tag:${quoted(tag)}` }}>#{tag}</RouteLink>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Null where nobody has ever verified it: the panel beside the text says so. */
function trustStateOf(record: RecordView, now: number) {
  const { verification = null } = record.fields;
  return verification === null ? null : trustOf(verification, now).state;
}

function quoted(value: string): string {
  return /\s/u.test(value) ? `"${value}"` : value;
}

/** What a sheet of paper has to say about itself. */
function PrintHeader({ record, now }: Omit<RecordHeaderProps, "revision">): ReactElement {
  const trust = trustOf(record.fields.verification, now);
  const version = text(record, "version_label") || `revision ${record.revision.toString()}`;
  const words = [
    `Status: ${record.status?.replaceAll("_", " ") ?? "none"}`,
    trustWords(trust).short,
    `Version: ${version}`,
    `Changed ${formatTime(record.updatedAt, "full")}`,
    `Printed ${formatTime(new Date(now).toISOString(), "full")}`,
  ];
  return (
    <p className={styles.printHeader} aria-hidden="true">
      {words.join(" · ")}
      <br />
      Uncontrolled copy when printed.
    </p>
  );
}
