/** Answers `search.query`: hits with their marks, and what the window shows around them. */
import type { z } from "zod";
import type { hitSchema, search } from "#shared/contract/search.ts";
import type { Entry } from "./entry.ts";
import { facetsOf } from "./facets.ts";
import { chipsOf } from "./match/record-test.ts";
import type { Match } from "./match/match-query.ts";
import { createHitFinder } from "./rank/hit-finder.ts";
import { wordsOf } from "./rank/rank-matches.ts";
import { markTitle, snippetOf } from "./rank/snippet.ts";
import type { Asked } from "./rank/exact-score.ts";
import type { SearchIndex } from "./search-index.ts";
import { suggestionFor } from "./suggestion.ts";

type Input = z.output<(typeof search)["query"]["input"]>;
type Output = z.input<(typeof search)["query"]["output"]>;
type Hit = z.input<typeof hitSchema>;

export type QueryParts = {
  readonly index: SearchIndex;
};

/** Carries out one search. */
export function answerQuery(parts: QueryParts, input: Input): Output {
  const started = performance.now();
  const { index } = parts;
  index.refresh();
  const query = index.parse(input.text);
  const nothing = query.clauses.length === 0 && !isBlank(input.text);
  const match: Match = nothing ? noMatch : index.match(query);
  const last = input.offset + input.limit;
  const ranked = index.rank(query, { match, sort: input.sort, limit: last }).slice(input.offset);
  const groups = match.groups.filter(({ marked }) => marked);
  const asked = { groups, find: createHitFinder(groups, index.vocabulary), folded: wordsOf(query) };
  const hits = ranked.flatMap(({ number, score }) => {
    const entry = index.catalogue.entry(number);
    const hit = entry === undefined ? undefined : hitOf(parts, asked, entry);
    return hit === undefined ? [] : [{ ...hit, score }];
  });
  return {
    total: match.numbers.length,
    hits,
    suggestion: suggestionFor(index, query, match),
    chips: chipsOf(index.catalogue, query),
    facets: input.facets ? facetsOf(index.catalogue, match.numbers) : [],
    ms: performance.now() - started,
  };
}

const noMatch: Match = { numbers: new Int32Array(0), scores: null, groups: [], whole: 0 };

/** Whether nothing has been asked yet: the signs of the query language alone ask for nothing. */
function isBlank(text: string): boolean {
  return /^(?:[\s"“”„\-|:]|OR\b)*$/u.test(text) || /^\s*-?[a-z]+:"?$/iu.test(text);
}

function hitOf({ index }: QueryParts, asked: Asked, entry: Entry): Omit<Hit, "score"> | undefined {
  const texts = index.records.texts(entry);
  const words = index.records.words(entry);
  if (texts === undefined || words === undefined) return undefined;
  const snippet = snippetOf(asked, { texts, words });
  const department =
    entry.departmentId === null ? undefined : index.catalogue.byId(entry.departmentId);
  return {
    id: entry.id,
    type: entry.type,
    title: entry.title,
    titleRuns: markTitle(asked, texts.title, words.title),
    department:
      department === undefined
        ? null
        : { id: department.id, type: department.type, title: department.title },
    status: entry.status,
    trust: index.catalogue.trustOf(entry),
    updatedAt: entry.updatedAt,
    field: snippet.field,
    snippet: snippet.runs,
  };
}
