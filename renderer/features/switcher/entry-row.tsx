/** One line of the switcher. */
import { CornerDownLeft, Plus, Search, Tag } from "lucide-react";
import type { ReactElement } from "react";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { Kbd } from "#renderer/ui/kbd.tsx";
import { Runs } from "#renderer/ui/runs.tsx";
import { TypeIcon } from "#renderer/ui/type-icon.tsx";
import type { Entry } from "./switcher-entries.ts";
import styles from "./switcher.module.css";

/** The icon, the title with what fits marked, and a word that tells namesakes apart. */
export function EntryRow({ entry }: { readonly entry: Entry }): ReactElement {
  switch (entry.kind) {
    case "record":
      return (
        <>
          <TypeIcon type={entry.type} />
          <span className={styles.title} dir="auto">
            <Runs runs={entry.runs} />
          </span>
          <span className={styles.aside}>
            {[recordTypeOf(entry.type)?.label ?? entry.type, entry.department]
              .filter((word) => word !== null)
              .join(" · ")}
          </span>
        </>
      );
    case "tag":
      return (
        <>
          <Tag className={styles.icon} aria-hidden="true" />
          <span className={styles.title} dir="auto">
            <Runs runs={entry.runs} />
          </span>
        </>
      );
    case "command":
      return (
        <>
          <CornerDownLeft className={styles.icon} aria-hidden="true" />
          <span className={styles.title}>{entry.title}</span>
          {entry.command.bound !== null && <Kbd keys={entry.command.bound} />}
        </>
      );
    case "search":
      return (
        <>
          <Search className={styles.icon} aria-hidden="true" />
          <span
            className={styles.title}
            dir="auto"
          >{`Search everything for “${entry.title}”`}</span>
        </>
      );
    case "create": {
      const label = (recordTypeOf(entry.type)?.label ?? entry.type).toLowerCase();
      return (
        <>
          <Plus className={styles.icon} aria-hidden="true" />
          <span className={styles.title} dir="auto">{`New ${label} “${entry.title}”`}</span>
        </>
      );
    }
  }
}
