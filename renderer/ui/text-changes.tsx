/** The text with what was added and removed, in one column or in two. */
import { memo, type ReactElement, useState } from "react";
import type { DiffRun } from "#shared/contract/record-shapes.ts";
import { Button } from "./button.tsx";
import { type ChangedLine, hideUnchanged, linesOf, pairLines } from "./changed-lines.ts";
import styles from "./changes.module.css";

type TextChangesProps = {
  readonly runs: readonly DiffRun[];
  readonly sideBySide: boolean;
};

/** The comparison of the text; long stretches without a change are folded away. */
export function TextChanges({ runs, sideBySide }: TextChangesProps): ReactElement {
  const [all, setAll] = useState(false);
  const lines = linesOf(runs);
  const changed = runs.some((run) => run.kind !== "same");
  if (!changed) return <p className={styles.nothing}>The text is the same in both.</p>;
  const parts = all ? [{ hidden: 0, lines }] : hideUnchanged(lines);
  return (
    <section className={styles.text} aria-label="Changes in the text">
      {parts.map((part, index) => (
        // Parts are a sequence: their place is their identity.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index}>
          {part.hidden > 0 && (
            <p className={styles.folded}>
              {part.hidden === 1 ? "1 unchanged line" : `${part.hidden.toString()} unchanged lines`}
              <Button size="small" variant="quiet" onClick={() => setAll(true)}>
                Show all
              </Button>
            </p>
          )}
          {sideBySide ? <TwoColumns lines={part.lines} /> : <OneColumn lines={part.lines} />}
        </div>
      ))}
    </section>
  );
}

type LinesProps = { readonly lines: readonly ChangedLine[] };

const OneColumn = memo(function OneColumn({ lines }: LinesProps): ReactElement {
  return (
    <div className={styles.inline} dir="auto">
      {lines.map((line) => (
        <p key={line.number} className={styles.line} data-change={line.change}>
          <Runs runs={line.runs} />
        </p>
      ))}
    </div>
  );
});

const TwoColumns = memo(function TwoColumns({ lines }: LinesProps): ReactElement {
  return (
    <table className={styles.columns}>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {pairLines(lines).map(({ number, before, after }) => (
          <tr key={number}>
            <td dir="auto" data-change={before.some((run) => run.kind !== "same")}>
              <Runs runs={before} />
            </td>
            <td dir="auto" data-change={after.some((run) => run.kind !== "same")}>
              <Runs runs={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
});

/** Colour, a line and a word say the same: what was added, what was removed. */
export function Runs({ runs }: { readonly runs: readonly DiffRun[] }): ReactElement {
  return (
    <>
      {runs.map((run, index) => {
        // Runs are a sequence: their place is their identity.
        const key = index.toString();
        if (run.kind === "same") return <span key={key}>{run.text}</span>;
        if (run.text === "") return null;
        const Tag = run.kind === "added" ? "ins" : "del";
        return (
          <Tag key={key} className={styles[run.kind]}>
            <span className="visually-hidden">
              {run.kind === "added" ? " added: " : " removed: "}
            </span>
            {run.text}
            <span className="visually-hidden">
              {run.kind === "added" ? " end added " : " end removed "}
            </span>
          </Tag>
        );
      })}
    </>
  );
}
