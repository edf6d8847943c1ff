/**
 * The index as the rest of search sees it: a query in, matches and their order out. Whatever the
 * postings lie in is behind this.
 */
import type { Readable } from "../db/database.ts";
import { type Catalogue, type CatalogueChange, createCatalogue } from "./catalogue.ts";
import { createPostingReader } from "./index/posting-reader.ts";
import { createVocabulary, type Vocabulary } from "./index/vocabulary.ts";
import { createMatcher, type Match } from "./match/match-query.ts";
import { createTypedPhrases } from "./match/typed-phrase.ts";
import { createScoreboard } from "./match/scoreboard.ts";
import { parseQuery } from "./query/parse-query.ts";
import type { Query } from "./query/query.ts";
import { createBoundedCache } from "./bounded-cache.ts";
import type { Ranked } from "./rank/top.ts";
import { rankByDate, rankByRelevance } from "./rank/rank-matches.ts";
import { createStoredRecords, type StoredRecords } from "./rank/stored-records.ts";
import { createSynonyms, type Synonyms } from "./synonyms/synonyms.ts";

export type SearchIndex = {
  readonly catalogue: Catalogue;
  readonly vocabulary: Vocabulary;
  readonly records: StoredRecords;
  readonly synonyms: Synonyms;
  /** Reads what the database has now; call it before each question. */
  readonly refresh: () => void;
  /** Reads some of it, so that the first question need not read all; false once nothing is left. */
  readonly warm: () => boolean;
  readonly parse: (text: string) => Query;
  readonly match: (query: Query) => Match;
  /** The first `limit` matches in order. */
  readonly rank: (query: Query, order: RankOrder) => readonly Ranked[];
};

export type RankOrder = {
  readonly match: Match;
  readonly sort: "relevance" | "date";
  readonly limit: number;
};

/** A millisecond or two of reading. */
const rowsAtOnce = 200;

/** Opens the index of one database; `now` in milliseconds since 1970, UTC. */
export function createSearchIndex(db: Readable, now: () => number): SearchIndex {
  const catalogue = createCatalogue(db, now);
  const vocabulary = createVocabulary(db);
  const reader = createPostingReader(db);
  const scoreboard = createScoreboard();
  const records = createStoredRecords(db);
  const synonyms = createSynonyms(db);
  const typedPhrases = createTypedPhrases({ catalogue, vocabulary, reader, records });
  const lexicon = { vocabulary, reader, synonyms, typedPhrases };
  const matcher = createMatcher({ ...lexicon, catalogue, scoreboard });
  // Paging, counting and ordering ask for the same matches again.
  const matched = createBoundedCache<string, Match>(500, () => 1);

  /** Forgets what a change made untrue; answers whether there was one. */
  function note(change: CatalogueChange): boolean {
    if (change === "same") return false;
    const at = { cleared: change === "cleared" };
    vocabulary.refresh(at);
    reader.refresh(at);
    synonyms.refresh();
    typedPhrases.clear();
    matched.clear();
    if (at.cleared) records.clear();
    return true;
  }

  return {
    catalogue,
    vocabulary,
    records,
    synonyms,
    refresh: () => void note(catalogue.refresh()),
    warm: () => note(catalogue.refreshSome(rowsAtOnce)) || vocabulary.warm(),
    parse: (text) => parseQuery(text, now()),
    match: (query) => {
      const known = matched.get(query.text);
      // A relative date moves on with the clock.
      if (known !== undefined && !query.clauses.some(hasDate)) return known;
      const match = matcher(query);
      matched.set(query.text, match);
      return match;
    },
    rank: (query, { match, sort, limit }) =>
      sort === "date"
        ? rankByDate({ catalogue }, match, limit)
        : rankByRelevance({ catalogue, vocabulary, records }, { query, match }, limit),
  };
}

function hasDate({ terms }: Query["clauses"][number]): boolean {
  return terms.some(({ kind }) => kind === "date");
}
