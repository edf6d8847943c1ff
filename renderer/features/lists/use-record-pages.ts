/** The rows of a list of any length: only the pages in sight are fetched and kept fresh. */
import { useQueries } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { RecordSummary } from "#shared/contract/record-shapes.ts";
import { askOptions, type Input, useAsk } from "#renderer/platform/api.ts";

/** Which records, in which order. */
export type RecordFilter = Omit<Input<"records", "list">, "offset" | "limit">;

export type RecordPages = {
  /** All that match; undefined until the first answer. */
  readonly total: number | undefined;
  /** The row at a place; undefined while it is on its way. */
  readonly rowAt: (index: number) => RecordSummary | undefined;
  readonly error: Error | null;
  /** To be told which rows are in sight. */
  readonly onVisible: (first: number, last: number) => void;
};

/** Rows in one page. */
export const pageSize = 100;

/** Fetches the pages in sight of the records that match. */
export function useRecordPages(filter: RecordFilter): RecordPages {
  const [pages, setPages] = useState({ first: 0, last: 0 });
  // The first page also says how many there are; while a filter changes, the old answer stays.
  const start = useAsk("records", "list", pageInput(filter, 0), { keepPrevious: true });
  const shown = Array.from({ length: pages.last - pages.first + 1 }, (_, at) => pages.first + at);
  const answers = useQueries({
    queries: shown.map((page) => askOptions("records", "list", pageInput(filter, page))),
  });
  const onVisible = useCallback((first: number, last: number) => {
    const next = { first: Math.floor(first / pageSize), last: Math.floor(last / pageSize) };
    setPages((now) => (now.first === next.first && now.last === next.last ? now : next));
  }, []);
  const rows = new Map(shown.map((page, at) => [page, answers[at]?.data?.records]));
  return {
    total: start.data?.total,
    rowAt: (index) => {
      const page = Math.floor(index / pageSize);
      const known = rows.get(page) ?? (page === 0 ? start.data?.records : undefined);
      return known?.[index % pageSize];
    },
    error: start.error ?? answers.find((answer) => answer.error !== null)?.error ?? null,
    onVisible,
  };
}

function pageInput(filter: RecordFilter, page: number): Input<"records", "list"> {
  return { ...filter, offset: page * pageSize, limit: pageSize };
}
