/**
 * Which records a query means, with a first score each: postings added up in typed arrays, then
 * the demands that look at facts. The order of the first screen is rank-matches' business.
 */
import type { Catalogue } from "../catalogue.ts";
import { isOfTheAsking, isStopWord, isWeakInQueries } from "../analysis/stop-words.ts";
import type { Postings } from "../index/postings.ts";
import type { Clause, Query } from "../query/query.ts";
import { topPositions } from "../rank/top.ts";
import { type Allowed, type Best, bestOf, gather, type Gathered, mostBest } from "./gather.ts";
import { among, inAll, inAny, notIn, type RecordSet, recordsOf } from "./record-set.ts";
import { filterSets, isFilter, isFilterClause, passing } from "./record-test.ts";
import type { Scoreboard, WeightedPostings } from "./scoreboard.ts";
import { isSynonym, synonymVariants } from "./synonym-variants.ts";
import {
  groupOf,
  joinedVariants,
  type Lexicon,
  type Variant,
  type WordGroup,
} from "./word-group.ts";

export type ScoredGroup = WordGroup & { readonly idf: number; readonly documents: number };

export type Match = Best & {
  readonly groups: readonly ScoredGroup[];
  /** Whether there are words to score by; without any, nothing is among the best. */
  readonly scored: boolean;
  /** Whether there may be more of them than were found. */
  readonly more: boolean;
  /** All of them, those with every word first; gathered at each call. */
  readonly all: () => Gathered;
};

export type Matcher = (query: Query) => Match;

export type MatcherParts = Lexicon & {
  readonly catalogue: Catalogue;
  readonly scoreboard: Scoreboard;
};

/** What a word counts that speaks of the asking, beside two that say what the question is about. */
const askingWeight = 0.3;
/** Builds the matcher. */
export function createMatcher(parts: MatcherParts): Matcher {
  /** What is on the board; here alone, since a match that is kept must not hold what was only tested. */
  let latest: Latest | undefined;

  function lay(query: Query): Latest {
    parts.scoreboard.reset(parts.catalogue.bound());
    const sets = [...filterSets(parts.catalogue, query)];
    for (const clause of query.clauses) sets.push(...demandOf(parts, query, clause));
    const passes = sets.length === 0 ? null : inAll(sets);
    const groups = scoreGroups(parts, query);
    if (passes !== null) parts.scoreboard.strike((number) => passes[number] === 1);
    const byWords = groups.some(({ required }) => required);
    latest = { query, groups, passes, byWords, filtered: undefined };
    return latest;
  }

  return (query) => {
    const { groups, byWords } = lay(query);
    const scored = groups.length > 0;
    const more = groups.some(({ variants }) => variants.some(({ found }) => found?.more));
    const again = () => (latest?.query === query ? latest : lay(query));
    if (byWords) {
      const found = bestOf(parts.scoreboard, allowed(parts));
      const all = () => {
        again();
        return gather(parts.scoreboard.sums(), allowed(parts), found);
      };
      return { ...found, groups, scored, more, all };
    }
    // The list, the facets and the count ask for it one after another.
    const all = () => {
      const laid = again();
      return (laid.filtered ??= filtered(parts, laid.passes));
    };
    return { ...bestAmong(all(), scored), groups, scored, more, all };
  };
}

function bestAmong({ numbers, scores }: Gathered, scored: boolean): Best {
  const positions = scored ? topPositions(scores, mostBest) : [];
  const best = positions.map((position) => ({
    number: numbers[position] ?? 0,
    score: scores[position] ?? 0,
  }));
  return { best, total: numbers.length, whole: numbers.length };
}

type Latest = {
  readonly query: Query;
  readonly groups: readonly ScoredGroup[];
  readonly passes: RecordSet | null;
  /** Whether the words decide what is meant; otherwise the filters alone do. */
  readonly byWords: boolean;
  filtered: Gathered | undefined;
};

function allowed({ catalogue }: MatcherParts): Allowed {
  return { standings: catalogue.standings(), bound: catalogue.bound() };
}

/** Every record that passes, where no word has to be there. */
function filtered({ catalogue, scoreboard }: MatcherParts, passes: RecordSet | null): Gathered {
  const { scores: sums } = scoreboard.sums();
  const every = catalogue.numbers();
  const numbers = passes === null ? every : among(every, passes);
  const scores = new Float32Array(numbers.length);
  for (let index = 0; index < numbers.length; index += 1) {
    scores[index] = sums[numbers[index] ?? 0] ?? 0;
  }
  return { numbers, scores };
}

/** Clauses that decide alone: what is excluded, quoted phrases, and words OR-ed with filters. */
function demandOf(parts: MatcherParts, query: Query, clause: Clause): readonly RecordSet[] {
  if (isFilterClause(clause)) return [];
  const quoted = clause.terms.some((term) => term.kind === "phrase" && term.quoted);
  const mixed = clause.terms.some(isFilter);
  if (!clause.negated && !quoted && !mixed) return [];
  // Where nothing else is asked for, what is scored is what there is.
  const alone = query.clauses.every(
    (other) => other === clause || other.negated || isFilterClause(other),
  );
  if (!clause.negated && !mixed && alone) return [];
  // A word that is excluded or must be there is taken as it stands, even while it is typed.
  const terms = clause.terms.map((term) =>
    clause.negated && "prefix" in term ? { ...term, prefix: false } : term,
  );
  const { variants, corrections } = groupOf(parts, terms, { required: true });
  const meant = clause.negated && corrections.length > 0 ? [] : variants;
  const postings = sourcesOf(parts, meant).map((source) => source.postings);
  const filters = terms.filter(isFilter).map((term) => passing(parts.catalogue, term));
  const any = inAny([recordsOf(postings, parts.catalogue.bound()), ...filters]);
  return [clause.negated ? notIn(any) : any];
}

/** What the variants are found in; the completions of a phrase are one source. */
function sourcesOf(parts: MatcherParts, variants: readonly Variant[]): WeightedPostings[] {
  return variants
    .filter(({ found }, at) => found === undefined || found !== variants[at - 1]?.found)
    .map((variant) => {
      const postings = variant.found?.postings ?? postingsOf(parts, variant);
      return { postings, weight: variant.weight, counted: !isSynonym(variant) };
    });
}

function postingsOf(parts: MatcherParts, { stems }: Variant): Postings {
  const [only] = stems;
  return stems.length === 1 && only !== undefined && !isStopWord(only)
    ? parts.reader.postings(only)
    : parts.reader.phrase(stems);
}

function scoreGroups(parts: MatcherParts, query: Query): readonly ScoredGroup[] {
  const clauses = query.clauses.filter((clause) => !clause.negated && !isFilterClause(clause));
  const beside = { strong: clauses.some((clause) => !isWeak(clause)), alone: clauses.length === 1 };
  const synonyms = synonymVariants(parts.synonyms, clauses);
  const asking = clauses.filter((clause) => !isWeak(clause) && !speaksOfAsking(clause)).length >= 2;
  const groups = clauses.flatMap((clause, at) => {
    const more = [
      ...joinedVariants(parts, clauses[at - 1], clause),
      ...joinedVariants(parts, clause, clauses[at + 1]),
      ...(synonyms[at] ?? []),
    ];
    if (asking && speaksOfAsking(clause)) return [askingGroup(parts, clause)];
    return groupsOf(parts, clause, beside).map((group) => withVariants(group, more));
  });
  const size = parts.catalogue.size();
  const scored = new Map<string, ScoredGroup>();
  for (const group of groups) {
    const sources = sourcesOf(parts, group.variants);
    // A word that is asked twice weighs twice and is still one demand.
    const key = keyOf(group);
    const before = scored.get(key);
    const required = group.required && before === undefined;
    const { weight } = group;
    const { idf, documents } = parts.scoreboard.add(sources, { size, required, weight });
    scored.set(key, { ...(before ?? group), idf: (before?.idf ?? 0) + idf, documents });
  }
  return [...scored.values()];
}

/** The same for groups that stand for the same. */
function keyOf({ variants, required }: WordGroup): string {
  return `${required} ${variants.map(({ stems }) => stems.join(" ")).join("|")}`;
}

/** Finished words that speak of the asking. */
function speaksOfAsking({ terms }: Clause): boolean {
  return terms.every(
    (term) => term.kind === "word" && !term.prefix && isOfTheAsking(term.token.word),
  );
}

function askingGroup(parts: MatcherParts, { terms }: Clause): WordGroup {
  return groupOf(parts, terms, { required: false, weight: askingWeight });
}

function withVariants(group: WordGroup, more: readonly Variant[]): WordGroup {
  return more.length === 0 ? group : { ...group, variants: [...group.variants, ...more] };
}

/** Words that say nothing beside others are not asked for. */
function isWeak({ terms }: Clause): boolean {
  return terms.every((term) => term.kind === "word" && isWeakInQueries(term.token.word));
}

/** What a clause stands beside: whether any says something, and whether there is none. */
type Beside = { readonly strong: boolean; readonly alone: boolean };

function groupsOf(
  parts: MatcherParts,
  clause: Clause,
  { strong, alone }: Beside,
): readonly WordGroup[] {
  if (strong && isWeak(clause)) {
    // The start of a longer word may look like one of them ("the" for theory).
    const typing = clause.terms.some((term) => term.kind === "word" && term.prefix);
    return typing ? [groupOf(parts, clause.terms, { required: false })] : [];
  }
  // Where a filter will do instead, the words only add to the score.
  const group = groupOf(parts, clause.terms, { required: !clause.terms.some(isFilter), alone });
  const run = clause.terms.length === 1 ? clause.terms[0] : undefined;
  if (run?.kind !== "phrase") return [group];
  const words = run.tokens.map((token, at) => {
    const span = run.spans[at] ?? { start: 0, end: 0 };
    const word = { kind: "word" as const, token, prefix: false, span };
    return groupOf(parts, [word], { required: false, marked: false });
  });
  if (run.quoted) return [group, ...words];
  // Nobody wrote the whole run: its characters are searched as words.
  const nowhere = sourcesOf(parts, group.variants).every(({ postings }) => postings.length === 0);
  return nowhere
    ? words.map((one) => Object.assign({}, one, { required: true, marked: true }))
    : [group, ...words];
}
