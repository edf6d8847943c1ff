/** What stands under a question: its filters, what came of it, and what else can be done about it. */
import { memo, type ReactElement, type RefObject } from "react";
import { Notice } from "#renderer/ui/notice.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { Asked, useRequest } from "./ask-for-it.tsx";
import { FacetPanel } from "./facet-panel.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { NearestWords, NoResults } from "./no-results.tsx";
import { PartialIndex } from "./partial-index.tsx";
import { withoutFilters } from "./query-text.ts";
import { ResultList } from "./result-list.tsx";
import { changeQuery, changeSort, type Sort } from "./search-question.ts";
import type { Answer } from "./use-answer.ts";
import styles from "./find.module.css";

type ResultsProps = {
  readonly field: RefObject<HTMLElement | null>;
  /** The question that was answered, or the one that waits for its answer. */
  readonly text: string;
  readonly sort: Sort;
  /** Undefined while the first one is on its way. */
  readonly answer: Answer | undefined;
  /** Whether it is on show, and not left behind an empty field. */
  readonly current: boolean;
  /** Why there is none. */
  readonly failure: string | null;
  /** The row the keyboard is on; -1 while it is in the field. */
  readonly active: number;
  readonly onFocusResult: (index: number) => void;
  /** Writes another question and goes back to the field. */
  readonly onEdit: (text: string) => void;
};

/** The results and all that stands around them. It is drawn with each answer, and not with each key besides. */
export const Results = memo(function Results(props: ResultsProps): ReactElement {
  const { field, text, sort, answer, current, failure, active, onFocusResult, onEdit } = props;
  return (
    <>
      <FilterBar
        field={field}
        text={text}
        sort={sort}
        answer={answer}
        onChange={onEdit}
        onNarrow={changeQuery}
        onSort={changeSort}
      />
      {failure !== null && (
        <Notice tone="bad" title="The search did not come through" live>
          {failure}
        </Notice>
      )}
      {answer !== undefined && answer.rebuilding !== null && (
        <PartialIndex rebuilding={answer.rebuilding} />
      )}
      {answer === undefined ? (
        <Skeleton lines={6} label="Searching" />
      ) : (
        <Found {...{ answer, current, text, sort, active, onFocusResult }} />
      )}
    </>
  );
});

type FoundProps = Omit<ResultsProps, "field" | "failure" | "onEdit"> & {
  readonly answer: Answer;
};

function Found({ answer, current, text, sort, active, onFocusResult }: FoundProps): ReactElement {
  const asking = useRequest(withoutFilters(text, answer.chips) || text.trim());
  const about = { text, asking, answer, onChange: changeQuery };
  return (
    <div className={styles.columns}>
      <div className={styles.found}>
        {asking.made !== undefined && <Asked made={asking.made} />}
        {answer.total === 0 ? (
          <NoResults {...about} />
        ) : (
          <>
            <NearestWords {...about} />
            <ResultList
              first={answer}
              text={text}
              sort={sort}
              active={active}
              onFocusResult={onFocusResult}
            />
          </>
        )}
      </div>
      {answer.total > 0 && (
        <aside className={styles.facetColumn} aria-label="Filters">
          <FacetPanel counts={current} chips={answer.chips} text={text} onChange={changeQuery} />
        </aside>
      )}
    </div>
  );
}
