/** Two revisions of a record, compared word by word and field by field. */
import { Columns2, RotateCcw, Rows2 } from "lucide-react";
import type { ReactElement } from "react";
import { useAsk, useTell } from "#renderer/platform/api.ts";
import { navigate, RouteLink } from "#renderer/platform/navigation.tsx";
import { showDone } from "#renderer/platform/undo.ts";
import { Button, buttonClass } from "#renderer/ui/button.tsx";
import { FieldChanges } from "#renderer/ui/field-changes.tsx";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { TextChanges } from "#renderer/ui/text-changes.tsx";
import { showFailure } from "#renderer/ui/toast.tsx";
import type { RecordId } from "#shared/domain/ids.ts";
import styles from "./history.module.css";

type ComparisonProps = {
  readonly id: RecordId;
  readonly type: string;
  readonly from: number;
  readonly to: number;
  /** The number of the newest revision. */
  readonly last: number;
  readonly sideBySide: boolean;
  readonly onSideBySide: (sideBySide: boolean) => void;
};

/** What changed between `from` and `to`. */
export function Comparison(props: ComparisonProps): ReactElement {
  const { id, from, to, sideBySide } = props;
  const diff = useAsk("records", "diff", { id, from, to }, { enabled: from !== to });
  const names = useAsk("records", "get", { id }).data?.references ?? [];
  return (
    // A long comparison scrolls in its own frame, also by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles.comparison} aria-label="What changed" tabIndex={0}>
      {props.last > 1 && <Choice {...props} />}
      {from === to && <p className={styles.nothing}>{firstWords(props)}</p>}
      {diff.isError && <Notice tone="bad">{diff.error.message}</Notice>}
      {diff.isLoading && <Skeleton lines={6} label="Comparing" />}
      {from === to && <FirstText id={id} revision={to} />}
      {diff.data !== undefined && (
        <>
          <FieldChanges type={props.type} changes={diff.data.fields} references={names} />
          <TextChanges runs={diff.data.body} sideBySide={sideBySide} />
        </>
      )}
    </section>
  );
}

function firstWords({ last }: ComparisonProps): string {
  return last > 1
    ? "This is how it was first written."
    : "This is how it was first written. Every time it is saved from now on, a revision is kept here to compare with and to restore.";
}

function FirstText({ id, revision }: { readonly id: RecordId; readonly revision: number }) {
  const first = useAsk("records", "get", { id, revision });
  if (first.data === undefined) return null;
  return (
    <p className={styles.firstText} dir="auto">
      {first.data.body}
    </p>
  );
}

function Choice(props: ComparisonProps): ReactElement {
  const { id, from, to, last, sideBySide, onSideBySide } = props;
  const go = (pair: { readonly from: number; readonly to: number }) =>
    navigate({ screen: "history", id, ...pair }, { replace: true });
  return (
    <header className={styles.choice}>
      <Select
        label="Compare revision"
        size="small"
        value={from.toString()}
        options={numbers(1, to)}
        onChange={(value) => go({ from: Number(value), to })}
      />
      <Select
        label="with revision"
        size="small"
        value={to.toString()}
        options={numbers(from, last)}
        onChange={(value) => go({ from, to: Number(value) })}
      />
      <span className={styles.spring} />
      <IconButton
        icon={sideBySide ? Rows2 : Columns2}
        label="Side by side"
        pressed={sideBySide}
        size="small"
        onClick={() => onSideBySide(!sideBySide)}
      />
      <RouteLink
        to={{ screen: "record", id, ...(to === last ? {} : { revision: to }) }}
        className={buttonClass("secondary", "small")}
      >
        Read revision {to}
      </RouteLink>
      {to !== last && <Restore id={id} revision={to} />}
    </header>
  );
}

/** Long histories are chosen from in the list; the menu offers the nearest hundred. */
const mostOffered = 100;

function numbers(first: number, last: number) {
  const start = Math.max(first, last - mostOffered);
  return Array.from({ length: last - start + 1 }, (_, index) => {
    const number = (last - index).toString();
    return { value: number, label: number };
  });
}

function Restore({ id, revision }: { readonly id: RecordId; readonly revision: number }) {
  const restore = useTell("records", "restoreRevision");
  async function bringBack(): Promise<void> {
    try {
      const done = await restore.mutateAsync({ id, revision });
      showDone(
        `Revision ${revision.toString()} is the newest again, as revision ${done.revision.toString()}.`,
        done.action,
      );
      navigate({ screen: "history", id }, { replace: true });
    } catch (error) {
      showFailure(error);
    }
  }
  return (
    <Button size="small" icon={RotateCcw} busy={restore.isPending} onClick={() => void bringBack()}>
      Restore it
    </Button>
  );
}
