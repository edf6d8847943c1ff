/** What an empty place says: what it is for, and the one thing to do. */
import type { LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import styles from "./empty-state.module.css";

export type EmptyStateProps = {
  readonly icon?: LucideIcon;
  readonly title: string;
  /** One sentence: what such things are for. */
  readonly purpose: ReactNode;
  /** One Button or link. */
  readonly action?: ReactNode;
};

/** An empty list, honestly. */
export function EmptyState({ icon: Icon, title, purpose, action }: EmptyStateProps): ReactElement {
  return (
    <div className={styles.empty}>
      {Icon !== undefined && <Icon className={styles.icon} aria-hidden="true" />}
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.purpose}>{purpose}</p>
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  );
}
