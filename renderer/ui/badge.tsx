/** One or two words about a thing's state. */
import type { ReactElement, ReactNode } from "react";
import styles from "./badge.module.css";
import { classNames } from "./class-names.ts";
import type { Tone } from "./notice.tsx";
import tones from "./tones.module.css";

export type BadgeProps = {
  readonly tone?: Tone | "plain";
  readonly children: ReactNode;
};

/** A small label. */
export function Badge({ tone = "plain", children }: BadgeProps): ReactElement {
  return (
    <span className={classNames(styles.badge, tone === "plain" ? styles.plain : tones[tone])}>
      {children}
    </span>
  );
}
