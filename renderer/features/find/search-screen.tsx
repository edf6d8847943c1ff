/**
 * The search screen: one line of text is the whole question, and the route holds it, so that Back,
 * a copied address and a saved search lead to the same place. Answers appear while one types; the
 * last answer stays until the next one is here, and an answer to an older question is dropped.
 */
import { SlidersHorizontal } from "lucide-react";
import {
  type ReactElement,
  type RefObject,
  useDeferredValue,
  useEffect,
  useRef,
  useState,
} from "react";
import { type Output, useAsk } from "#renderer/platform/api.ts";
import { useCommands } from "#renderer/platform/commands.ts";
import { navigate } from "#renderer/platform/navigation.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Page } from "#renderer/ui/page.tsx";
import { Popover } from "#renderer/ui/popover.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import type { Route } from "#shared/navigation/route.ts";
import { FacetPanel } from "./facet-panel.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { NearestWords, NoResults } from "./no-results.tsx";
import { pageSize, ResultList } from "./result-list.tsx";
import { SearchField } from "./search-field.tsx";
import { SearchStart } from "./search-start.tsx";
import styles from "./find.module.css";

export type SearchScreenProps = { readonly route: Extract<Route, { readonly screen: "search" }> };

type Answer = Output<"search", "query">;

/** Search. */
export function SearchScreen({ route }: SearchScreenProps): ReactElement {
  const { query, sort = "relevance" } = route;
  const field = useRef<HTMLInputElement>(null);
  const { answer, failure, asked } = useAnswer(query, sort);
  const { active, focusResult } = useResultFocus(field, query, answer?.total ?? 0);

  useEffect(() => {
    const input = field.current;
    input?.focus();
    input?.setSelectionRange(input.value.length, input.value.length);
  }, []);

  function change(next: string): void {
    navigate({ screen: "search", query: next, ...(route.sort && { sort }) }, { replace: true });
  }
  function edit(next: string): void {
    change(next);
    field.current?.focus();
  }
  const empty = query.trim() === "";
  return (
    <Page title={empty ? "Search" : query.trim()} width="full" fill>
      <h1 className="visually-hidden">Search</h1>
      <SearchField field={field} text={query} onChange={change} onLeave={() => focusResult(0)} />
      {empty ? (
        <SearchStart onPick={edit} />
      ) : (
        <>
          <FilterBar
            field={field}
            text={query}
            sort={sort}
            answer={answer}
            onChange={edit}
            onSort={(next) => navigate({ screen: "search", query, sort: next }, { replace: true })}
            filters={
              answer !== undefined &&
              answer.total > 0 && <NarrowFacets answer={answer} text={query} onChange={change} />
            }
          />
          {failure !== null && (
            <Notice tone="bad" title="The search did not come through" live>
              {failure}
            </Notice>
          )}
          <Answers
            answer={answer}
            asked={asked}
            text={query}
            sort={sort}
            active={active}
            onFocusResult={focusResult}
            onChange={change}
          />
        </>
      )}
    </Page>
  );
}

/** Which result the keyboard is on; -1 is the field. A new question leads back to the field. */
function useResultFocus(
  field: RefObject<HTMLInputElement | null>,
  query: string,
  total: number,
): { readonly active: number; readonly focusResult: (index: number) => void } {
  const [focused, setFocused] = useState<{ readonly query: string; readonly index: number }>();
  const active = focused?.query === query ? focused.index : -1;
  function focusResult(index: number): void {
    if (index < 0 || total === 0) {
      setFocused(undefined);
      field.current?.focus();
    } else {
      setFocused({ query, index: Math.min(index, total - 1) });
    }
  }
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

/** The newest answer there is, and the question it answers. */
function useAnswer(query: string, sort: "relevance" | "date") {
  // Typing stays ahead of drawing: results follow when the field has been painted.
  const text = useDeferredValue(query);
  const head = useAsk(
    "search",
    "query",
    { text, sort, offset: 0, limit: pageSize, facets: true },
    { enabled: text.trim() !== "", keepPrevious: true },
  );
  const [asked, setAsked] = useState(text);
  const fresh = head.data !== undefined && !head.isPlaceholderData;
  if (fresh && asked !== text) setAsked(text);
  return {
    answer: head.data,
    failure: head.isError ? head.error.message : null,
    asked: fresh ? text : asked,
  };
}

type AnswersProps = {
  readonly answer: Answer | undefined;
  readonly asked: string;
  readonly text: string;
  readonly sort: "relevance" | "date";
  readonly active: number;
  readonly onFocusResult: (index: number) => void;
  readonly onChange: (text: string) => void;
};

function Answers(props: AnswersProps): ReactElement {
  const { answer, asked, text, sort, active, onFocusResult, onChange } = props;
  if (answer === undefined) return <Skeleton lines={6} label="Searching" />;
  return (
    // Names the question that is answered here: measuring and testing wait for it.
    <div className={styles.columns} data-answers={asked}>
      {answer.total === 0 ? (
        <NoResults key={asked} text={asked} answer={answer} onChange={onChange} />
      ) : (
        <div className={styles.found}>
          <NearestWords text={asked} answer={answer} onChange={onChange} />
          <ResultList
            key={`${sort} ${asked}`}
            first={answer}
            text={asked}
            sort={sort}
            active={active}
            onFocusResult={onFocusResult}
          />
        </div>
      )}
      {answer.total > 0 && (
        <aside className={styles.facetColumn} aria-label="Filters">
          <FacetPanel facets={answer.facets} chips={answer.chips} text={text} onChange={onChange} />
        </aside>
      )}
    </div>
  );
}

type NarrowFacetsProps = {
  readonly answer: Answer;
  readonly text: string;
  readonly onChange: (text: string) => void;
};

/** The same filters behind a button, where there is no room beside the results. */
function NarrowFacets({ answer, text, onChange }: NarrowFacetsProps): ReactElement {
  return (
    <div className={styles.narrowOnly}>
      <Popover
        title="Filters"
        trigger={
          <Button size="small" variant="quiet" icon={SlidersHorizontal}>
            Filters
          </Button>
        }
      >
        <FacetPanel facets={answer.facets} chips={answer.chips} text={text} onChange={onChange} />
      </Popover>
    </div>
  );
}
