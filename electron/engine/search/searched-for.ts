/** What a finished search was about, and whether anything answers it. */
import { isFilter } from "./match/record-test.ts";
import type { SearchIndex } from "./search-index.ts";

export type SearchedFor = {
  /** The text without its filters. */
  readonly words: string;
  /** How many records have every word. */
  readonly whole: number;
};

/** Reads a search as it stands once nobody types any more. */
export function searchedFor(index: SearchIndex, text: string): SearchedFor {
  index.refresh();
  const query = index.parse(`${text.trim()} `);
  const filters = query.clauses.flatMap(({ terms }) => terms.filter(isFilter));
  let words = "";
  let at = 0;
  for (const { span } of filters) {
    words += query.text.slice(at, span.start);
    at = span.end;
  }
  words = (words + query.text.slice(at)).replaceAll(/\s+/gu, " ").trim();
  return { words, whole: query.clauses.length === 0 ? 0 : index.match(query).whole };
}
