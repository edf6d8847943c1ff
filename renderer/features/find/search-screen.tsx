/**
 * The search screen: one line of text is the whole question, and the route holds it, so that Back,
 * a copied address and a saved search lead to the same place. Answers appear while one types; the
 * last answer stays until the next one is here, and an answer to an older question is dropped.
 */
import {
  type ReactElement,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useCommands } from "#renderer/platform/commands.ts";
import { Page } from "#renderer/ui/page.tsx";
import { useSettled } from "#renderer/ui/use-settled.ts";
import type { Route } from "#shared/navigation/route.ts";
import { Results } from "./results.tsx";
import { SearchField } from "./search-field.tsx";
import { changeQuery } from "./search-question.ts";
import { SearchStart } from "./search-start.tsx";
import { useAnswer } from "./use-answer.ts";
import { useSearchEnded } from "./use-search-ended.ts";
import styles from "./find.module.css";

export type SearchScreenProps = { readonly route: Extract<Route, { readonly screen: "search" }> };

/** Milliseconds without a key before the window's title follows: a browser does much for each new one. */
const rest = 300;

/** Keeps its place and is neither seen, read out nor reached. */
const behind = { visibility: "hidden" } as const;

/**
 * Search. What stands under an empty field and what stands under a question lie one behind the other
 * and both stay once they were shown: to make and lay out the other anew would be most of the work of a
 * first letter.
 */
export function SearchScreen({ route }: SearchScreenProps): ReactElement {
  const { query, sort = "relevance" } = route;
  const field = useRef<HTMLInputElement>(null);
  const title = useSettled(query.trim(), rest);
  const { text, answer, aside, failure, begins } = useAnswer(query, sort);
  const current = aside ? undefined : answer;
  useSearchEnded(query, { answer: current, asked: text });
  const { active, focusResult } = useResultFocus(field, query, current?.total ?? 0);
  const edit = useCallback((next: string) => {
    changeQuery(next);
    field.current?.focus();
  }, []);

  useEffect(() => {
    const input = field.current;
    input?.focus();
    input?.setSelectionRange(input.value.length, input.value.length);
  }, []);

  const started = useEver(begins);
  // Behind the beginning the last answer is left as it is: the next one changes its rows.
  const shown = failure === null && (begins || !aside) ? answer : undefined;
  return (
    <Page title={title || "Search"} width="full" fill>
      <h1 className="visually-hidden">Search</h1>
      <SearchField field={field} text={query} onChange={changeQuery} onLeave={focusResult} />
      <div className={styles.layers}>
        {started && (
          <div className={styles.layer} style={begins ? undefined : behind}>
            <SearchStart shown={begins} onPick={edit} />
          </div>
        )}
        {/* Names the question that is answered here: measuring and testing wait for it. */}
        {(!begins || shown !== undefined) && (
          <div
            className={styles.layer}
            style={begins ? behind : undefined}
            data-answers={current && text}
          >
            <Results
              field={field}
              text={shown === undefined ? query : text}
              sort={sort}
              answer={shown}
              current={!begins}
              failure={failure}
              active={active}
              onFocusResult={focusResult}
              onEdit={edit}
            />
          </div>
        )}
      </div>
    </Page>
  );
}

/** Whether it has been true since the component is shown. */
function useEver(now: boolean): boolean {
  const [ever, setEver] = useState(now);
  if (now && !ever) setEver(true);
  return ever || now;
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
  const now = useRef({ query, total });
  useLayoutEffect(() => {
    now.current = { query, total };
  }, [query, total]);
  // The same for all texts: the rows are not drawn again because it is another one.
  const focusResult = useCallback(
    (index = 0) => {
      const { query, total } = now.current;
      if (index < 0 || total === 0) {
        setFocused(undefined);
        field.current?.focus();
      } else {
        setFocused({ query, index: Math.min(index, total - 1) });
      }
    },
    [field],
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
