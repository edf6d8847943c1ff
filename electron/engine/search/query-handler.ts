/** Answers `search.query`: hits with their marks, and what the window shows around them. */
import type { z } from "zod";
import type { hitSchema, search } from "#shared/contract/search.ts";
import { type AnsweredQuery, answeredQuery, foldedAmong, listMatches } from "./answered-query.ts";
import type { Entry } from "./entry.ts";
import { facetsOf } from "./facets.ts";
import { chipsOf } from "./match/record-test.ts";
import { createHitFinder } from "./rank/hit-finder.ts";
import type { Ranked } from "./rank/top.ts";
import { wordsOf } from "./rank/rank-matches.ts";
import { markTitle, snippetOf } from "./rank/snippet.ts";
import type { Asked } from "./rank/exact-score.ts";
import type { SearchIndex } from "./search-index.ts";

type Input = z.output<(typeof search)["query"]["input"]>;
type AlikeInput = z.output<(typeof search)["alike"]["input"]>;
type Output = z.input<(typeof search)["query"]["output"]>;
type Hit = z.input<ReturnType<typeof hitSchema>>;

export type QueryParts = {
  readonly index: SearchIndex;
};

/** Carries out one search. */
export function answerQuery(parts: QueryParts, input: Input): Output {
  const started = performance.now();
  const { index } = parts;
  index.refresh();
  const answered = answeredQuery(index, input.text);
  const limit = input.offset + input.limit;
  const { listed, total } = listMatches(index, answered, { sort: input.sort, limit });
  const asked = askedOf(index, answered);
  const shown = listed.slice(input.offset);
  readAhead(
    index,
    shown.map(({ item }) => item.number),
  );
  const hits = shown.flatMap(({ item, alike }) => {
    const hit = hitAt(index, asked, item);
    return hit === undefined ? [] : [{ ...hit, similar: alike.length }];
  });
  return {
    total,
    more: answered.match.more,
    hits,
    corrected: answered.corrected,
    suggestion: answered.suggestion,
    chips: chipsOf(index.catalogue, index.parse(input.text)),
    facets: input.facets ? facetsOf(index.catalogue, answered.match.all().numbers) : [],
    ms: performance.now() - started,
  };
}

/** Lists the near duplicates that are folded under a hit. */
export function answerAlike({ index }: QueryParts, { text, id }: AlikeInput): Hit[] {
  index.refresh();
  const answered = answeredQuery(index, text);
  const { listed } = listMatches(index, answered, { sort: "relevance", limit: foldedAmong });
  const number = index.catalogue.byId(id)?.number;
  const leader = listed.find(({ item }) => item.number === number);
  const asked = askedOf(index, answered);
  return (leader?.alike ?? []).flatMap((item) => hitAt(index, asked, item) ?? []);
}

function readAhead({ catalogue, records }: SearchIndex, numbers: readonly number[]): void {
  catalogue.readEntries(numbers);
  records.texts.read(numbers.map((number) => ({ number, stamp: catalogue.stamp(number) })));
}

/** What a query asks, prepared for marking hits. */
function askedOf(index: SearchIndex, { query, match }: AnsweredQuery): Asked {
  const groups = match.groups.filter(({ marked }) => marked);
  return { groups, find: createHitFinder(groups, index.vocabulary), folded: wordsOf(query) };
}

function hitAt(index: SearchIndex, asked: Asked, { number, score }: Ranked): Hit | undefined {
  const entry = index.catalogue.entry(number);
  const hit = entry === undefined ? undefined : hitOf(index, asked, entry);
  return hit === undefined ? undefined : { ...hit, score };
}

function hitOf(index: SearchIndex, asked: Asked, entry: Entry): Omit<Hit, "score"> | undefined {
  const texts = index.records.texts.of(entry);
  const words = index.records.words.of(entry);
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
