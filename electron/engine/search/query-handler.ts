/** Answers `search.query`: hits with their marks, and what the window shows around them. */
import type { z } from "zod";
import type { hitSchema, search } from "#shared/contract/search.ts";
import { trustOf } from "#shared/domain/trust.ts";
import type { Readable } from "../db/database.ts";
import type { Entry } from "./catalogue.ts";
import { facetsOf } from "./facets.ts";
import { verificationOf } from "./index/schema.ts";
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
  readonly db: Readable;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
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
  const asked = { groups, find: createHitFinder(groups), folded: wordsOf(query) };
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

function hitOf(
  { index, db, now }: QueryParts,
  asked: Asked,
  entry: Entry,
): Omit<Hit, "score"> | undefined {
  const record = index.records.of(entry);
  if (record === undefined) return undefined;
  const snippet = snippetOf(asked, record);
  const department =
    entry.departmentId === null ? undefined : index.catalogue.byId(entry.departmentId);
  return {
    id: entry.id,
    type: entry.type,
    title: entry.title,
    titleRuns: markTitle(asked, record.texts.title, record.fields.title),
    department:
      department === undefined
        ? null
        : { id: department.id, type: department.type, title: department.title },
    status: entry.status,
    trust: trustState(db, entry, now()),
    updatedAt: entry.updatedAt,
    field: snippet.field,
    snippet: snippet.runs,
  };
}

/** What the verification is worth today; null where the record carries none. */
function trustState(db: Readable, entry: Entry, now: number): Hit["trust"] {
  const stored = verificationOf(db).get(entry.number)?.verification ?? "null";
  const verification: unknown = JSON.parse(stored);
  return verification === null ? null : trustOf(verification, now).state;
}
