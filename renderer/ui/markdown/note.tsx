/** What a text sets apart from itself: a tip, a warning. */
import { CircleAlert, Info, Lightbulb, TriangleAlert } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "../class-names.ts";
import tones from "../tones.module.css";
import styles from "./note.module.css";

const noteKinds = {
  note: { label: "Note", tone: "info", icon: Info },
  tip: { label: "Tip", tone: "good", icon: Lightbulb },
  important: { label: "Important", tone: "info", icon: CircleAlert },
  warning: { label: "Warning", tone: "warn", icon: TriangleAlert },
  danger: { label: "Danger", tone: "bad", icon: TriangleAlert },
} as const;

/** The many names under which handbooks write the same five notes. */
const synonyms: Readonly<Record<string, keyof typeof noteKinds>> = {
  info: "note",
  abstract: "note",
  summary: "note",
  quote: "note",
  example: "note",
  question: "note",
  hint: "tip",
  success: "tip",
  check: "tip",
  caution: "warning",
  attention: "warning",
  error: "danger",
  failure: "danger",
  bug: "danger",
};

type NoteProps = { readonly kind: string; readonly title: string; readonly children: ReactNode };

/** A note with its name: what the author called it, or its kind. */
export function Note({ kind, title, children }: NoteProps): ReactElement {
  const known = Object.entries(noteKinds).find(([name]) => name === (synonyms[kind] ?? kind))?.[1];
  const { label, tone, icon: Icon } = known ?? noteKinds.note;
  return (
    <div
      className={classNames(styles.note, tones[tone])}
      role="note"
      aria-label={title === "" ? label : title}
    >
      <p className={styles.title}>
        <Icon aria-hidden="true" />
        {title === "" ? label : title}
      </p>
      {children}
    </div>
  );
}
