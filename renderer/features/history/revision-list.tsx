/** The revisions, newest first. One press compares a revision with the one before it. */
import type { ReactElement } from "react";
import { didWords } from "#renderer/ui/revision-words.ts";
import { Time } from "#renderer/ui/time.tsx";
import { VirtualList } from "#renderer/ui/virtual-list.tsx";
import type { Revision } from "#shared/contract/record-shapes.ts";
import styles from "./history.module.css";

type Pair = { readonly from: number; readonly to: number };

type RevisionListProps = Pair & {
  readonly revisions: readonly Revision[];
  readonly type: string;
  readonly onChoose: (pair: Pair) => void;
};

/** The list. With Shift the other end of the comparison stays where it is. */
export function RevisionList(props: RevisionListProps): ReactElement {
  const { revisions, type, from, to, onChoose } = props;
  return (
    <VirtualList
      label="Revisions"
      className={styles.revisions ?? ""}
      count={revisions.length}
      estimateSize={72}
      rowKey={(index) => (revisions[index]?.number ?? index).toString()}
      renderRow={(index) => {
        const revision = revisions[index];
        if (revision === undefined) return null;
        const { number } = revision;
        return (
          <button
            type="button"
            className={styles.revision}
            aria-pressed={number === to}
            data-base={number === from && from !== to}
            onClick={(event) =>
              onChoose(
                event.shiftKey
                  ? { from: Math.min(from, number), to: Math.max(to, number) }
                  : { from: Math.max(1, number - 1), to: number },
              )
            }
          >
            <span className={styles.number}>{number}</span>
            <span className={styles.what}>
              <span className={styles.note} dir="auto">
                {revision.note ?? didWords(type, revision)}
              </span>
              <span className={styles.who}>
                {revision.by === null ? "" : `${revision.by.title}, `}
                <Time iso={revision.at} />
                {revision.note !== null && revision.changed.length > 0
                  ? ` · ${didWords(type, revision)}`
                  : ""}
              </span>
            </span>
          </button>
        );
      }}
    />
  );
}
