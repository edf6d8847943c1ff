/** Over the results while an update makes the index anew: they are a part of what there is. */
import type { ReactElement } from "react";
import type { Output } from "#renderer/platform/api.ts";
import { ProgressBar } from "#renderer/ui/progress-bar.tsx";
import styles from "./find.module.css";

type PartialIndexProps = {
  readonly rebuilding: NonNullable<Output<"search", "query">["rebuilding"]>;
};

/** How far it is; the answers grow with it. */
export function PartialIndex({ rebuilding }: PartialIndexProps): ReactElement {
  return (
    <div className={styles.partial}>
      <ProgressBar
        done={rebuilding.done}
        total={rebuilding.total}
        label="Search is being made anew after an update, the newest records first. Older ones may be missing here until then."
      />
    </div>
  );
}
