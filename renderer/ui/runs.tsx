/** Text in which what was found is marked. */
import type { ReactElement } from "react";

export type RunsProps = {
  readonly runs: readonly { readonly text: string; readonly hit: boolean }[];
};

/** The runs one after the other, hits in `<mark>`. */
export function Runs({ runs }: RunsProps): ReactElement {
  return (
    <>
      {runs.map((run, index) => {
        // Runs are a sequence: their place is their identity.
        const key = index.toString();
        return run.hit ? <mark key={key}>{run.text}</mark> : <span key={key}>{run.text}</span>;
      })}
    </>
  );
}
