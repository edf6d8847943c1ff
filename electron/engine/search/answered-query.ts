/** Which query is answered: the typed one, or the corrected one where the typed one finds nothing. */
import type { Match } from "./match/match-query.ts";
import type { Query } from "./query/query.ts";
import { type Folded, foldDuplicates } from "./rank/fold-duplicates.ts";
import type { Ranked } from "./rank/top.ts";
import type { SearchIndex } from "./search-index.ts";
import { suggestionFor } from "./suggestion.ts";

export type AnsweredQuery = {
  readonly query: Query;
  readonly match: Match;
  /** The text whose matches these are, where other words stand in for typed ones; see the contract. */
  readonly corrected: string | null;
  /** A text to offer instead. */
  readonly suggestion: string | null;
};

const noMatch: Match = {
  best: [],
  total: 0,
  whole: 0,
  groups: [],
  scored: false,
  more: false,
  all: () => ({ numbers: new Int32Array(0), scores: new Float32Array(0) }),
};

/** Reads a text and finds what it means; the index has to be up to date. */
export function answeredQuery(index: SearchIndex, text: string): AnsweredQuery {
  const query = index.parse(text);
  if (query.clauses.length === 0 && !isBlank(text)) {
    return { query, match: noMatch, corrected: null, suggestion: null };
  }
  const match = index.match(query);
  const suggestion = suggestionFor(index, query, match);
  if (suggestion === null) return { query, match, corrected: null, suggestion };
  if (match.total > 0) {
    const isCorrected = match.groups.some(({ corrections }) => corrections.length > 0);
    return isCorrected
      ? { query, match, corrected: suggestion, suggestion: null }
      : { query, match, corrected: null, suggestion };
  }
  const better = index.parse(suggestion);
  const found = index.match(better);
  return found.total > 0
    ? { query: better, match: found, corrected: suggestion, suggestion: null }
    : { query, match, corrected: null, suggestion };
}

/** Whether nothing has been asked yet: the signs of the query language alone ask for nothing. */
function isBlank(text: string): boolean {
  return /^(?:[\s"“”„\-|:]|OR\b)*$/u.test(text) || /^\s*-?[a-z]+:"?$/iu.test(text);
}

/** The best matches, among which near duplicates are folded; those that follow are listed one by one. */
export const foldedAmong = 40;

export type ListOrder = { readonly sort: "relevance" | "date"; readonly limit: number };

/** The first matches in order, near duplicates under the first of them, and how many there are to list. */
export function listMatches(
  index: SearchIndex,
  { query, match }: AnsweredQuery,
  { sort, limit }: ListOrder,
): { readonly listed: readonly Folded<Ranked>[]; readonly total: number } {
  const total = match.total;
  // A list by date, or of everything that passes a filter, is one to go through.
  if (sort === "date" || !match.scored) {
    const ranked = index.rank(query, { match, sort, limit });
    return { listed: ranked.map(alone), total };
  }
  const ranked = index.rank(query, { match, sort, limit: limit + foldedAmong });
  const folded = foldDuplicates(ranked.slice(0, foldedAmong), ({ number }) => {
    const words = index.records.words.of({ number, stamp: index.catalogue.stamp(number) });
    return words && { type: index.catalogue.typeMark(number), words };
  });
  const hidden = folded.reduce((sum, { alike }) => sum + alike.length, 0);
  const listed = [...folded, ...ranked.slice(foldedAmong).map(alone)].slice(0, limit);
  return { listed, total: total - hidden };
}

function alone(item: Ranked): Folded<Ranked> {
  return { item, alike: [] };
}
