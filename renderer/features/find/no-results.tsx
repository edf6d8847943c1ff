/** Nothing found is a beginning: nearest words, fewer filters, or asking those who know. */
import { SearchX } from "lucide-react";
import type { ReactElement } from "react";
import type { Output } from "#renderer/platform/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { AskForIt } from "./ask-for-it.tsx";
import { withoutFilters } from "./query-text.ts";
import styles from "./find.module.css";

type NoResultsProps = {
  readonly text: string;
  readonly answer: Output<"search", "query">;
  readonly onChange: (text: string) => void;
};

/** What to do when nothing was found. */
export function NoResults({ text, answer, onChange }: NoResultsProps): ReactElement {
  const { suggestion, chips } = answer;
  const words = withoutFilters(text, chips);
  return (
    <section className={styles.nothing} aria-labelledby="nothing-found">
      <SearchX className={styles.nothingIcon} aria-hidden="true" />
      <h2 id="nothing-found" className={styles.nothingTitle}>
        Nothing found for <q dir="auto">{text.trim()}</q>
      </h2>
      <div className={styles.ways}>
        {suggestion !== null && <DidYouMean suggestion={suggestion} onChange={onChange} />}
        {chips.length > 0 && words !== "" && (
          <p>
            The filters may be too narrow.{" "}
            <Button size="small" onClick={() => onChange(words)}>
              Search everything for “{words}”
            </Button>
          </p>
        )}
        <AskForIt words={words === "" ? text.trim() : words} />
      </div>
    </section>
  );
}

/** Over results that hold the nearest words, because nobody wrote the ones that were typed. */
export function NearestWords({ text, answer, onChange }: NoResultsProps): ReactElement | null {
  const { suggestion, chips } = answer;
  if (suggestion === null) return null;
  const words = withoutFilters(text, chips);
  return (
    <div className={styles.nearest}>
      <DidYouMean suggestion={suggestion} onChange={onChange} />
      <AskForIt words={words === "" ? text.trim() : words} quiet />
    </div>
  );
}

type DidYouMeanProps = {
  readonly suggestion: string;
  readonly onChange: (text: string) => void;
};

function DidYouMean({ suggestion, onChange }: DidYouMeanProps): ReactElement {
  return (
    <p>
      Did you mean{" "}
      <button
        type="button"
        className={styles.suggestion}
        dir="auto"
        onClick={() => onChange(suggestion)}
      >
        {suggestion}
      </button>
      ?
    </p>
  );
}
