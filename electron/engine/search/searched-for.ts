/** What a finished search was about, and whether anything answers it. */
import { isFilter } from "./match/record-test.ts";
import type { Clause, Query } from "./query/query.ts";
import type { SearchIndex } from "./search-index.ts";

export type SearchedFor = {
  /** The text without its filters. */
  readonly words: string;
  /** How many records have every word; that somebody asks for it too is no answer. */
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
  return { words, whole: query.clauses.length === 0 ? 0 : index.match(answersOf(query)).whole };
}

const noAnswers: Clause = {
  negated: true,
  terms: [
    {
      kind: "values",
      operator: "type",
      values: ["request", "vocabulary_term"],
      open: false,
      span: { start: 0, end: 0 },
    },
  ],
};

/** Matches are kept by the query's text, so this one has a text of its own. */
function answersOf({ text, clauses }: Query): Query {
  return { text: `answers ${text}`, clauses: [...clauses, noAnswers] };
}
