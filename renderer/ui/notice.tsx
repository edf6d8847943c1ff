/** A sentence that matters for what is on the screen, with what to do about it. */
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import styles from "./notice.module.css";
import tones from "./tones.module.css";

export type Tone = "info" | "good" | "warn" | "bad";

const icons = { info: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleAlert };

export type NoticeProps = {
  readonly tone?: Tone;
  readonly title?: string;
  readonly children?: ReactNode;
  /** Buttons after the text. */
  readonly actions?: ReactNode;
  /** Announces it when it appears; for what happens while the person looks on. */
  readonly live?: boolean;
};

/** A notice in one of four tones; the icon and the words say the tone, not the colour alone. */
export function Notice(props: NoticeProps): ReactElement {
  const { tone = "info", title, children, actions, live = false } = props;
  const Icon = icons[tone];
  return (
    <div
      className={classNames(styles.notice, tones[tone])}
      role={live ? (tone === "bad" ? "alert" : "status") : undefined}
    >
      <Icon className={styles.icon} aria-hidden="true" />
      <div className={styles.text}>
        {title !== undefined && <strong className={styles.title}>{title}</strong>}
        {children !== undefined && <div>{children}</div>}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
