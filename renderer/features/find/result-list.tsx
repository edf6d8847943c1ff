/** The hits, as many as there are: rows exist while they are in sight and fetch their page then. */
import {
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
  useLayoutEffect,
  useRef,
} from "react";
import { type Output, useAsk } from "#renderer/platform/api.ts";
import { VirtualList } from "#renderer/ui/virtual-list.tsx";
import { ResultRow } from "./result-row.tsx";
import { pageSize, type Sort } from "./search-question.ts";
import styles from "./find.module.css";

type ResultListProps = {
  /** The first page of the answer. */
  readonly first: Output<"search", "query">;
  readonly text: string;
  readonly sort: Sort;
  /** The row the keyboard is on; -1 while it is in the field. */
  readonly active: number;
  readonly onFocusResult: (index: number) => void;
};

/** Pixels, before a row is measured. */
const rowHeight = 104;

/** The results in order. Arrow keys move, Escape leads back to the field. */
export function ResultList(props: ResultListProps): ReactElement {
  const { first, text, sort, active, onFocusResult } = props;
  const question = useRef(text);
  useLayoutEffect(() => {
    question.current = text;
  }, [text]);

  function press(event: KeyboardEvent): void {
    const step = steps[event.key];
    if (step === undefined || active === -1 || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onFocusResult(step(active));
  }

  return (
    // The keys are for the links inside, which have the focus.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- The list's links take the focus, this only hears their keys.
    <div className={styles.results} onKeyDown={press}>
      <VirtualList
        label="Results"
        count={first.total}
        estimateSize={rowHeight}
        subject={`${sort} ${text}`}
        active={active}
        renderRow={(index) => (
          <Row
            first={first}
            text={text}
            question={question}
            sort={sort}
            index={index}
            active={index === active}
            onFocus={onFocusResult}
          />
        )}
      />
    </div>
  );
}

const steps: Readonly<Record<string, (from: number) => number>> = {
  ArrowDown: (from) => from + 1,
  ArrowUp: (from) => from - 1,
  PageDown: (from) => from + 8,
  PageUp: (from) => Math.max(from - 8, 0),
  Home: () => 0,
  End: () => Number.MAX_SAFE_INTEGER,
  Escape: () => -1,
};

type RowProps = {
  readonly first: Output<"search", "query">;
  readonly text: string;
  /** The same text, for rows that are not to be drawn again when it changes. */
  readonly question: RefObject<string>;
  readonly sort: Sort;
  readonly index: number;
  readonly active: boolean;
  readonly onFocus: (index: number) => void;
};

/** The first page is in hand: its rows ask for nothing, since each of them changes at every key. */
function Row(props: RowProps): ReactElement {
  const { first, index } = props;
  if (index >= pageSize) return <LaterRow {...props} />;
  return <Hit {...props} hit={first.hits[index]} />;
}

function LaterRow(props: RowProps): ReactElement {
  const { text, sort, index } = props;
  const offset = Math.floor(index / pageSize) * pageSize;
  const page = useAsk("search", "query", { text, sort, offset, limit: pageSize, facets: false });
  return <Hit {...props} hit={page.data?.hits[index - offset]} />;
}

type HitProps = Pick<RowProps, "question" | "active" | "index" | "onFocus"> & {
  /** Undefined while its page is on the way. */
  readonly hit: Output<"search", "query">["hits"][number] | undefined;
};

function Hit({ hit, question, index, active, onFocus }: HitProps): ReactElement {
  if (hit === undefined) return <div className={styles.waiting} aria-hidden="true" />;
  const row = { hit, question, index, active, onFocus };
  return <ResultRow {...row} />;
}
