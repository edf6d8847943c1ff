/** How far long work has come, in a bar and in numbers. */
import { Progress } from "@base-ui/react/progress";
import type { ReactElement, ReactNode } from "react";
import styles from "./progress-bar.module.css";

export type ProgressBarProps = {
  readonly done: number;
  /** Null while the amount is not known: the bar then moves without saying how far. */
  readonly total: number | null;
  /** What is being done: "Importing handbook". */
  readonly label: string;
  /** A button beside it: the way to stop. */
  readonly action?: ReactNode;
};

/** A determinate bar with counts. */
export function ProgressBar({ done, total, label, action }: ProgressBarProps): ReactElement {
  const known = total !== null && total > 0;
  const bar = (
    <Progress.Root
      className={styles.progress}
      value={known ? Math.min(done, total) : null}
      max={known ? total : 100}
      getAriaValueText={() => counts(done, total)}
    >
      <Progress.Label className={styles.label}>{label}</Progress.Label>
      <span className={styles.counts} aria-hidden="true">
        {counts(done, total)}
      </span>
      <Progress.Track className={styles.track}>
        <Progress.Indicator className={styles.indicator} />
      </Progress.Track>
    </Progress.Root>
  );
  if (action === undefined) return bar;
  return (
    <div className={styles.withAction}>
      {bar}
      {action}
    </div>
  );
}

function counts(done: number, total: number | null): string {
  if (total === null) return done === 0 ? "" : done.toLocaleString();
  return `${done.toLocaleString()} of ${total.toLocaleString()}`;
}
