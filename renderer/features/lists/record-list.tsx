/**
 * Records one below the other, however many, with keyboard and ticks. What can be done with the
 * ticked ones, and what an empty list says, is the screen's business.
 */
import { type KeyboardEvent, type ReactElement, type ReactNode, useState } from "react";
import type { RecordSummary } from "#shared/contract/record-shapes.ts";
import { useCommands } from "#renderer/platform/commands.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { VirtualList } from "#renderer/ui/virtual-list.tsx";
import { RecordRow } from "./record-row.tsx";
import styles from "./lists.module.css";
import type { RecordPages } from "./use-record-pages.ts";
import type { Selection } from "./use-selection.ts";

export type RecordListProps = {
  readonly label: string;
  /** Names the list for going back to the same row. */
  readonly memory: string;
  readonly pages: RecordPages;
  readonly selection: Selection;
  /** Shown in place of an empty list. */
  readonly empty: ReactNode;
  /** What stands at the end of a row; the time of the last change unless said. */
  readonly renderAside?: (record: RecordSummary) => ReactNode;
};

/** Where the keyboard was in each list, for coming back to it. */
const places = new Map<string, number>();

/** The list. */
export function RecordList(props: RecordListProps): ReactElement {
  const { label, memory, pages, selection, empty, renderAside } = props;
  const { total } = pages;
  const [active, setActive] = useState(places.get(memory) ?? -1);
  const [focusAt, setFocusAt] = useState(-1);
  const [anchor, setAnchor] = useState(0);

  function place(index: number): void {
    places.set(memory, index);
    setActive(index);
  }
  function move(index: number): void {
    if (total === undefined || total === 0) return;
    const next = Math.max(0, Math.min(total - 1, index));
    setFocusAt(next);
    place(next);
  }
  function tick(index: number, range = false): void {
    const from = range ? Math.min(anchor, index) : index;
    const to = range ? Math.max(anchor, index) : index;
    const rows = Array.from({ length: to - from + 1 }, (_, at) => pages.rowAt(from + at));
    const here = pages.rowAt(index);
    if (here === undefined) return;
    setAnchor(index);
    const ids = rows.flatMap((row) => (row === undefined ? [] : [row.id]));
    selection.toggle(ids, !selection.ids.has(here.id));
  }
  function walk(event: KeyboardEvent, index: number): void {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + 10,
      PageUp: index - 10,
      Home: 0,
      End: (total ?? 0) - 1,
    };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (event.shiftKey) tick(index);
    move(step);
  }
  useCommands([
    key("list.next", "Next in the list", "J", () => move(active + 1)),
    key("list.previous", "Previous in the list", "K", () => move(active - 1)),
    key("list.select", "Tick or untick", "X", () => tick(active)),
    key("list.clear", "Untick all", "Escape", selection.clear),
  ]);

  if (pages.error !== null) return <Notice tone="bad">{pages.error.message}</Notice>;
  if (total === undefined) return <Skeleton lines={8} />;
  if (total === 0) return <>{empty}</>;
  return (
    <VirtualList
      className={styles.list ?? ""}
      label={label}
      count={total}
      estimateSize={56}
      active={active}
      onVisible={pages.onVisible}
      renderRow={(index) => (
        <RecordRow
          record={pages.rowAt(index)}
          active={index === active || (active < 0 && index === 0)}
          ticked={isTicked(selection, pages.rowAt(index))}
          ticking={selection.ids.size > 0}
          renderAside={renderAside}
          wantsFocus={index === focusAt}
          onFocus={() => place(index)}
          onKeyDown={(event) => walk(event, index)}
          onTick={(range) => tick(index, range)}
        />
      )}
    />
  );
}

function isTicked(selection: Selection, record: RecordSummary | undefined): boolean {
  return record !== undefined && selection.ids.has(record.id);
}

function key(id: string, title: string, ...[keys, run]: [keys: string, run: () => void]) {
  return { id, title, group: "List", keys, keysOnly: true, run } as const;
}
