/**
 * The search screen: one line of text is the whole question, and the route holds it, so that Back,
 * a copied address and a saved search lead to the same place. Answers appear while one types; the
 * last answer stays until the next one is here, and an answer to an older question is dropped.
 */
import {
  memo,
  type ReactElement,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import { type Output, useAsk } from "#renderer/platform/api.ts";
import { useCommands } from "#renderer/platform/commands.ts";
import { currentRoute, navigate } from "#renderer/platform/navigation.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Page } from "#renderer/ui/page.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import type { Route } from "#shared/navigation/route.ts";
import { Asked, useRequest } from "./ask-for-it.tsx";
import { FacetPanel } from "./facet-panel.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { NearestWords, NoResults } from "./no-results.tsx";
import { PartialIndex } from "./partial-index.tsx";
import { withoutFilters } from "./query-text.ts";
import { pageSize, ResultList } from "./result-list.tsx";
import { SearchField } from "./search-field.tsx";
import { SearchStart } from "./search-start.tsx";
import { useSearchEnded } from "./use-search-ended.ts";
import styles from "./find.module.css";

export type SearchScreenProps = { readonly route: Extract<Route, { readonly screen: "search" }> };

type Answer = Output<"search", "query">;

/** This window's field: each of its questions overtakes those before it that still wait. */
const asker = `search ${crypto.randomUUID()}`;

/** Search. */
export function SearchScreen({ route }: SearchScreenProps): ReactElement {
  const { query, sort = "relevance" } = route;
  const field = useRef<HTMLInputElement>(null);
  const { answer, failure, asked } = useAnswer(query, sort);
  useSearchEnded(query, { answer, asked });
  const { active, focusResult } = useResultFocus(field, query, answer?.total ?? 0);
  const edit = useCallback((next: string) => {
    change(next);
    field.current?.focus();
  }, []);

  useEffect(() => {
    const input = field.current;
    input?.focus();
    input?.setSelectionRange(input.value.length, input.value.length);
  }, []);

  if (query.trim() === "") {
    return (
      <Page title="Search" width="full" fill>
        <h1 className="visually-hidden">Search</h1>
        <SearchField field={field} text={query} onChange={change} onLeave={focusResult} />
        <SearchStart onPick={edit} />
      </Page>
    );
  }
  // What stands under the field is about the question that was answered: it is drawn with each
  // answer, and not with each key besides.
  const text = failure === null && answer !== undefined ? asked : query;
  return (
    <Page title={text.trim()} width="full" fill>
      <h1 className="visually-hidden">Search</h1>
      <SearchField field={field} text={query} onChange={change} onLeave={focusResult} />
      <FilterBar
        field={field}
        text={text}
        sort={sort}
        answer={answer}
        onChange={edit}
        onNarrow={change}
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
      <Answers
        answer={answer}
        text={asked}
        sort={sort}
        active={active}
        onFocusResult={focusResult}
        onChange={change}
      />
    </Page>
  );
}

function change(query: string): void {
  const route = currentRoute();
  const sort = route.screen === "search" ? route.sort : undefined;
  navigate({ screen: "search", query, ...(sort && { sort }) }, { replace: true, typing: true });
}

function changeSort(sort: "relevance" | "date"): void {
  const route = currentRoute();
  if (route.screen === "search") navigate({ ...route, sort }, { replace: true });
}

/**
 * Which result the keyboard is on; -1 is the field. Typing on leads back to the field; an answer that
 * was still on its way does not.
 */
function useResultFocus(
  field: RefObject<HTMLInputElement | null>,
  query: string,
  total: number,
): { readonly active: number; readonly focusResult: (index?: number) => void } {
  const [focused, setFocused] = useState<{ readonly query: string; readonly index: number }>();
  const active = focused?.query === query ? focused.index : -1;
  const focusResult = useCallback(
    (index = 0) => {
      if (index < 0 || total === 0) {
        setFocused(undefined);
        field.current?.focus();
      } else {
        setFocused({ query, index: Math.min(index, total - 1) });
      }
    },
    [field, query, total],
  );
  const shared = { group: "List", keysOnly: true } as const;
  useCommands([
    {
      ...shared,
      id: "search.next",
      title: "Next result",
      keys: "J",
      run: () => focusResult(active + 1),
    },
    {
      ...shared,
      id: "search.previous",
      title: "Previous result",
      keys: "K",
      run: () => focusResult(active - 1),
    },
  ]);
  return { active, focusResult };
}

/** The newest answer there is, and the question it answers; an emptied field forgets both. */
function useAnswer(text: string, sort: "relevance" | "date") {
  const empty = text.trim() === "";
  const head = useAsk(
    "search",
    "query",
    { asker, text, sort, offset: 0, limit: pageSize, facets: false },
    { enabled: !empty, keepPrevious: true, dropped: true },
  );
  const [asked, setAsked] = useState(text);
  const fresh = empty || (head.data !== undefined && !head.isPlaceholderData);
  if (fresh && asked !== text) setAsked(text);
  return {
    answer: fresh || asked.trim() !== "" ? head.data : undefined,
    failure: head.isError ? head.error.message : null,
    asked: fresh ? text : asked,
  };
}

type AnswersProps = {
  readonly answer: Answer | undefined;
  /** The question that is answered. */
  readonly text: string;
  readonly sort: "relevance" | "date";
  readonly active: number;
  readonly onFocusResult: (index: number) => void;
  readonly onChange: (text: string) => void;
};

const Answers = memo(function Answers(props: AnswersProps): ReactElement {
  const { answer, text, sort, active, onFocusResult, onChange } = props;
  const asking = useRequest(withoutFilters(text, answer?.chips ?? []) || text.trim());
  if (answer === undefined) return <Skeleton lines={6} label="Searching" />;
  const about = { text, asking, answer, onChange };
  return (
    // Names the question that is answered here: measuring and testing wait for it.
    <div className={styles.columns} data-answers={text}>
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
          <FacetPanel chips={answer.chips} text={text} onChange={onChange} />
        </aside>
      )}
    </div>
  );
});
