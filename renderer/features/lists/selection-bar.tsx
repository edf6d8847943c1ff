/** What can be done with the ticked records; it takes the place of the filters. */
import { X } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { Button } from "#renderer/ui/button.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import styles from "./lists.module.css";
import type { RecordFilter } from "./use-record-pages.ts";
import { matchingIds, type Selection, selectionLimit } from "./use-selection.ts";

export type SelectionBarProps = {
  readonly selection: Selection;
  readonly filter: RecordFilter;
  readonly total: number;
  /** The buttons that act on the ticked records. */
  readonly children: ReactNode;
};

/** How many are ticked, all or none, and the actions. */
export function SelectionBar(props: SelectionBarProps): ReactElement {
  const { selection, filter, total, children } = props;
  const toast = useToast();
  const all = Math.min(total, selectionLimit);
  async function tickAll(): Promise<void> {
    try {
      selection.toggle(await matchingIds(filter), true);
    } catch (error) {
      toast.fail(error);
    }
  }
  return (
    <div className={styles.bar} role="toolbar" aria-label="Ticked records">
      <span className={styles.count} aria-live="polite">
        {selection.ids.size.toLocaleString()} ticked
      </span>
      {children}
      {selection.ids.size < all && (
        <Button variant="quiet" size="small" onClick={() => void tickAll()}>
          {total > selectionLimit
            ? `Tick the first ${all.toLocaleString()}`
            : `Tick all ${total.toLocaleString()}`}
        </Button>
      )}
      <Button variant="quiet" size="small" icon={X} onClick={selection.clear}>
        Untick
      </Button>
    </div>
  );
}
