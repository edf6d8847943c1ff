/** One record in a list: its title as a link, a sentence, where it belongs, how far to rely on it. */
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useRef,
} from "react";
import type { RecordSummary } from "#shared/contract/record-shapes.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { classNames } from "#renderer/ui/class-names.ts";
import { Standing } from "#renderer/ui/standing.tsx";
import { Time } from "#renderer/ui/time.tsx";
import styles from "./record-row.module.css";

export type RecordRowProps = {
  /** Undefined while it is on its way. */
  readonly record: RecordSummary | undefined;
  /** The one row of the list that Tab reaches. */
  readonly active: boolean;
  readonly ticked: boolean;
  /** Some row is ticked, so the boxes show. */
  readonly ticking: boolean;
  readonly renderAside: ((record: RecordSummary) => ReactNode) | undefined;
  /** The keyboard has just come to this row. */
  readonly wantsFocus: boolean;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** `range`: from the row ticked last to this one. */
  readonly onTick: (range: boolean) => void;
};

/** A row. */
export function RecordRow(props: RecordRowProps): ReactElement {
  const { record, active, ticked, ticking, wantsFocus, renderAside } = props;
  const link = useRef<HTMLAnchorElement>(null);
  const here = record !== undefined;
  useEffect(() => {
    if (wantsFocus && here) link.current?.focus({ preventScroll: true });
  }, [wantsFocus, here]);
  if (record === undefined) {
    return (
      <div className={styles.row} aria-busy="true">
        <span className={styles.bar} />
      </div>
    );
  }
  return (
    <div
      className={classNames(
        styles.row,
        ticked && styles.ticked,
        renderAside !== undefined && styles.wideAside,
      )}
    >
      <span
        className={classNames(styles.tick, (ticking || ticked) && styles.shown)}
        onClickCapture={(event: MouseEvent) => {
          if (!event.shiftKey) return;
          event.preventDefault();
          event.stopPropagation();
          props.onTick(true);
        }}
      >
        <Checkbox
          label={`Tick ${record.title}`}
          hideLabel
          checked={ticked}
          onChange={() => props.onTick(false)}
        />
      </span>
      <div className={styles.text}>
        <RouteLink
          to={{ screen: "record", id: record.id }}
          ref={link}
          className={styles.title}
          dir="auto"
          tabIndex={active ? 0 : -1}
          onFocus={props.onFocus}
          onKeyDown={props.onKeyDown}
        >
          {record.title}
        </RouteLink>
        {record.summary !== "" && (
          <span className={styles.summary} dir="auto">
            {record.summary}
          </span>
        )}
      </div>
      <span className={styles.department} dir="auto">
        {record.department?.title}
      </span>
      <span className={styles.status}>
        <Standing status={record.status} trust={record.trust} />
      </span>
      <span className={styles.aside}>
        {renderAside === undefined ? <Time iso={record.updatedAt} /> : renderAside(record)}
      </span>
    </div>
  );
}
