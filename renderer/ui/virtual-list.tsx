/**
 * A list of any length of which only the rows in sight exist. It scrolls by itself and fills the
 * height it is given. Screen readers are told each row's place and the true length.
 */
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type ReactElement,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from "react";
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
  /** What the rows are about: another subject begins at the first row again. */
  readonly subject?: string;
  readonly className?: string;
};

/**
 * A long list. Its rows stand one below the other as high as they are, and are measured only when
 * somebody scrolls or goes through them by keys: nothing hangs on it before, and measuring costs more
 * than drawing. For another subject unmeasured rows are changed in place, measured ones made anew.
 */
export function VirtualList(props: VirtualListProps): ReactElement {
  const { subject } = props;
  const [life, setLife] = useState({ subject, number: 0, measured: false });
  if (life.subject !== subject) {
    setLife({ subject, number: life.number + (life.measured ? 1 : 0), measured: false });
  }
  return (
    <Rows
      key={life.number}
      {...props}
      measured={life.measured}
      onMeasure={() => setLife({ ...life, measured: true })}
    />
  );
}

type RowsProps = VirtualListProps & {
  readonly measured: boolean;
  readonly onMeasure: () => void;
};

function Rows(props: RowsProps): ReactElement {
  const { label, count, estimateSize, renderRow, rowKey, onVisible, subject, measured } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- This component hands none of the virtualizer's functions to memoized children.
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimateSize,
    // A list that changes at every key draws all its rows anew: few are kept ready out of sight.
    overscan: measured || subject === undefined ? 3 : 1,
    ...(rowKey === undefined ? {} : { getItemKey: rowKey }),
  });
  const rows = virtualizer.getVirtualItems();
  const first = rows[0]?.index ?? 0;
  const last = rows.at(-1)?.index ?? 0;
  const { active = -1 } = props;

  // Hears of scrolling before the virtualizer does, so that nothing moves under the pointer.
  const measure = useEffectEvent(() => {
    if (measured) return;
    for (const row of list.current?.children ?? []) virtualizer.measureElement(row);
    props.onMeasure();
  });

  useEffect(() => {
    if (count > 0) onVisible?.(first, last);
  }, [onVisible, first, last, count]);

  useEffect(() => {
    if (active < 0 || active >= count) return;
    measure();
    virtualizer.scrollToIndex(active, { align: "auto" });
  }, [active, count, virtualizer]);

  useEffect(() => {
    // Rows may turn out so low that there is room for more.
    if (!measured && last < count - 1 && endsInside(list.current, scroller.current)) measure();
  });

  return (
    <div ref={scroller} className={classNames(styles.scroller, props.className)} onScroll={measure}>
      <ul
        ref={list}
        aria-label={label}
        className={styles.content}
        style={{
          paddingBlockStart: rows[0]?.start ?? 0,
          paddingBlockEnd: virtualizer.getTotalSize() - (rows.at(-1)?.end ?? 0),
        }}
      >
        {rows.map((row) => (
          <li
            key={row.key}
            ref={measured ? virtualizer.measureElement : null}
            data-index={row.index}
            aria-setsize={count}
            aria-posinset={row.index + 1}
            className={styles.row}
          >
            {renderRow(row.index)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Whether the last row that is drawn ends above the end of what is in sight. */
function endsInside(list: Element | null, scroller: Element | null): boolean {
  const row = list?.lastElementChild?.getBoundingClientRect();
  const frame = scroller?.getBoundingClientRect();
  return row !== undefined && frame !== undefined && row.bottom < frame.bottom;
}
