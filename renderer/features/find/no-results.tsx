/** Nothing found is a beginning: nearest words, fewer filters, or asking those who know. */
import { SearchX } from "lucide-react";
import type { ReactElement } from "react";
import type { Output } from "#renderer/platform/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { AskForIt, type Asking } from "./ask-for-it.tsx";
import { withoutFilters } from "./query-text.ts";
import styles from "./find.module.css";

type NoResultsProps = {
  readonly text: string;
  readonly asking: Asking;
  readonly answer: Output<"search", "query">;
  readonly onChange: (text: string) => void;
};

/** What to do when nothing was found. */
export function NoResults({ text, asking, answer, onChange }: NoResultsProps): ReactElement {
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
        <AskForIt asking={asking} />
      </div>
    </section>
  );
}

/** Over results for nearer words than the typed ones: what was taken for what, and a way on. */
export function NearestWords({
  text,
  asking,
  answer,
  onChange,
}: NoResultsProps): ReactElement | null {
  const { corrected, suggestion, chips } = answer;
  if (corrected === null && suggestion === null) return null;
  return (
    <div className={styles.nearest}>
      {corrected !== null && (
        <output>
          Nothing has <q dir="auto">{withoutFilters(text, chips)}</q>. These are the results for{" "}
          <Taken text={corrected} onChange={onChange} />.
        </output>
      )}
      {suggestion !== null && <DidYouMean suggestion={suggestion} onChange={onChange} />}
      <AskForIt asking={asking} quiet />
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
      Did you mean <Taken text={suggestion} onChange={onChange} />?
    </p>
  );
}

type TakenProps = { readonly text: string; readonly onChange: (text: string) => void };

/** A query that one click takes for one's own. */
function Taken({ text, onChange }: TakenProps): ReactElement {
  return (
    <button type="button" className={styles.suggestion} dir="auto" onClick={() => onChange(text)}>
      {text}
    </button>
  );
}
