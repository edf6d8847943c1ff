/** The frame of a screen: its title (also the window's), what is said about it, what can be done. */
import type { ReactElement, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import styles from "./page.module.css";

export type PageProps = {
  /** The window's title: "Refund disputes" becomes "Refund disputes – Guildhall". */
  readonly title: string;
  /** `reading`: one column; `wide`: a column and panels; `full`: all there is. */
  readonly width?: "reading" | "wide" | "full";
  /** Fills the height instead of scrolling: for screens whose parts scroll by themselves. */
  readonly fill?: boolean;
  readonly children: ReactNode;
};

/** A screen. */
export function Page({ title, width = "wide", fill = false, children }: PageProps): ReactElement {
  return (
    <div className={classNames(styles.page, styles[width], fill && styles.fill)}>
      <title>{`${title} – Guildhall`}</title>
      {children}
    </div>
  );
}

export type PageHeaderProps = {
  readonly title: ReactNode;
  /** A line above the title: where this belongs. */
  readonly eyebrow?: ReactNode;
  /** A line under the title: badges, owner, time. */
  readonly meta?: ReactNode;
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
  /** Sets the title in the reading typeface: for pages that are read. */
  readonly reading?: boolean;
};

/** The head of a screen. Its h1 takes the focus after navigation, so that reading starts there. */
export function PageHeader(props: PageHeaderProps): ReactElement {
  const { title, eyebrow, meta, actions, reading = false } = props;
  return (
    <header className={classNames(styles.header, eyebrow !== undefined && styles.under)}>
      <div className={styles.titles}>
        {eyebrow !== undefined && <div className={styles.eyebrow}>{eyebrow}</div>}
        <h1
          className={classNames(styles.title, reading && styles.readingTitle)}
          tabIndex={-1}
          data-page-title
          dir="auto"
        >
          {title}
        </h1>
        {meta !== undefined && <div className={styles.meta}>{meta}</div>}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
