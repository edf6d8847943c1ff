/**
 * A list of any length of which only the rows in sight exist. It scrolls by itself and fills the
 * height it is given. Screen readers are told each row's place and the true length.
 */
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactElement, type ReactNode, useEffect, useRef } from "react";
import { classNames } from "./class-names.ts";
import styles from "./virtual-list.module.css";

export type VirtualListProps = {
  /** Names the list. */
  readonly label: string;
  readonly count: number;
  /** Pixels of a row at the present text size, before it is measured. */
  readonly estimateSize: number;
  readonly renderRow: (index: number) => ReactNode;
  /** The row's identity; its place when left out. */
  readonly rowKey?: (index: number) => string;
  /** Told which rows are in sight (and a little more), to fetch them. */
  readonly onVisible?: (first: number, last: number) => void;
  /** The row that must be in sight: the one the keyboard is on. */
  readonly active?: number;
  readonly className?: string;
};

/** A long list. */
export function VirtualList(props: VirtualListProps): ReactElement {
  const { label, count, estimateSize, renderRow, rowKey, onVisible, active } = props;
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- This component hands none of the virtualizer's functions to memoized children.
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimateSize,
    // A list that changes at every key makes all its rows anew: few are kept ready out of sight.
    overscan: 3,
    ...(rowKey === undefined ? {} : { getItemKey: rowKey }),
  });
  const rows = virtualizer.getVirtualItems();
  const first = rows[0]?.index ?? 0;
  const last = rows.at(-1)?.index ?? 0;

  useEffect(() => {
    if (count > 0) onVisible?.(first, last);
  }, [onVisible, first, last, count]);

  useEffect(() => {
    if (active !== undefined && active >= 0 && active < count) {
      virtualizer.scrollToIndex(active, { align: "auto" });
    }
  }, [active, count, virtualizer]);

  return (
    <div ref={scroller} className={classNames(styles.scroller, props.className)}>
      <ul
        aria-label={label}
        className={styles.content}
        style={{ blockSize: virtualizer.getTotalSize() }}
      >
        {rows.map((row) => (
          <li
            key={row.key}
            ref={virtualizer.measureElement}
            data-index={row.index}
            aria-setsize={count}
            aria-posinset={row.index + 1}
            className={styles.row}
            style={{ transform: `translateY(${row.start.toString()}px)` }}
          >
            {renderRow(row.index)}
          </li>
        ))}
      </ul>
    </div>
  );
}
