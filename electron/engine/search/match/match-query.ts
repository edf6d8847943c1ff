/**
 * Which records a query means, with a first score each: postings added up in typed arrays, then
 * the demands that look at facts. The order of the first screen is rank-matches' business.
 */
import type { Catalogue } from "../catalogue.ts";
import { isOfTheAsking, isStopWord, isWeakInQueries } from "../analysis/stop-words.ts";
import { numberIn, type Postings } from "../index/postings.ts";
import type { Clause, Query } from "../query/query.ts";
import { topPositions } from "../rank/top.ts";
import { type Allowed, type Best, bestOf, gather, type Gathered, mostBest } from "./gather.ts";
import {
  anyOf,
  filterTest,
  isFilter,
  isFilterClause,
  type RecordTest,
  testsOf,
} from "./record-test.ts";
import type { Scoreboard } from "./scoreboard.ts";
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
  let latest: { readonly query: Query; readonly laid: Laid } | undefined;

  function lay(query: Query): Laid {
    parts.scoreboard.reset(parts.catalogue.bound());
    const tests = [...testsOf(parts.catalogue, query)];
    for (const clause of query.clauses) tests.push(...demandOf(parts, clause));
    const passes: RecordTest | null =
      tests.length === 0 ? null : (number) => tests.every((test) => test(number));
    const groups = scoreGroups(parts, query);
    if (passes !== null) parts.scoreboard.strike(passes);
    const laid = { groups, passes, byWords: groups.some(({ required }) => required) };
    latest = { query, laid };
    return laid;
  }

  return (query) => {
    const { groups, ...laid } = lay(query);
    const scored = groups.length > 0;
    const again = () => (latest?.query === query ? latest.laid : lay(query));
    if (laid.byWords) {
      const found = bestOf(parts.scoreboard, allowed(parts));
      const all = () => {
        again();
        return gather(parts.scoreboard.sums(), allowed(parts), found);
      };
      return { ...found, groups, scored, all };
    }
    const all = () => filtered(parts, again());
    return { ...bestAmong(all(), scored), groups, scored, all };
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

type Laid = {
  readonly groups: readonly ScoredGroup[];
  readonly passes: RecordTest | null;
  /** Whether the words decide what is meant; otherwise the filters alone do. */
  readonly byWords: boolean;
};

function allowed({ catalogue }: MatcherParts): Allowed {
  return { standings: catalogue.standings(), bound: catalogue.bound() };
}

/** Every record that passes, where no word has to be there. */
function filtered({ catalogue, scoreboard }: MatcherParts, { passes }: Laid): Gathered {
  const { scores: sums } = scoreboard.sums();
  const numbers: number[] = [];
  for (const number of catalogue.numbers()) if (passes?.(number) !== false) numbers.push(number);
  const scores = numbers.map((number) => sums[number] ?? 0);
  return { numbers: Int32Array.from(numbers), scores: Float32Array.from(scores) };
}

/** Clauses that decide alone: what is excluded, quoted phrases, and words OR-ed with filters. */
function demandOf(parts: MatcherParts, clause: Clause): readonly RecordTest[] {
  if (isFilterClause(clause)) return [];
  const quoted = clause.terms.some((term) => term.kind === "phrase" && term.quoted);
  const mixed = clause.terms.some(isFilter);
  if (!clause.negated && !quoted && !mixed) return [];
  // A word that is excluded or must be there is taken as it stands, even while it is typed.
  const terms = clause.terms.map((term) =>
    clause.negated && "prefix" in term ? { ...term, prefix: false } : term,
  );
  const { variants, corrections } = groupOf(parts, terms, { required: true });
  const meant = clause.negated && corrections.length > 0 ? [] : variants;
  const inWords = new Set<number>();
  for (const variant of meant) {
    for (const packed of postingsOf(parts, variant)) inWords.add(numberIn(packed));
  }
  const filters = terms.filter(isFilter).map((term) => filterTest(parts.catalogue, term));
  const any = anyOf([(number) => inWords.has(number), ...filters]);
  return [clause.negated ? (number) => !any(number) : any];
}

function postingsOf(parts: MatcherParts, { stems }: Variant): Postings {
  const [only] = stems;
  return stems.length === 1 && only !== undefined && !isStopWord(only)
    ? parts.reader.postings(only)
    : parts.reader.phrase(stems);
}

function scoreGroups(parts: MatcherParts, query: Query): readonly ScoredGroup[] {
  const clauses = query.clauses.filter((clause) => !clause.negated && !isFilterClause(clause));
  const strong = clauses.some((clause) => !isWeak(clause));
  const synonyms = synonymVariants(parts.synonyms, clauses);
  const asking = clauses.filter((clause) => !isWeak(clause) && !speaksOfAsking(clause)).length >= 2;
  const groups = clauses.flatMap((clause, at) => {
    const more = [
      ...joinedVariants(parts, clauses[at - 1], clause),
      ...joinedVariants(parts, clause, clauses[at + 1]),
      ...(synonyms[at] ?? []),
    ];
    if (asking && speaksOfAsking(clause)) return [askingGroup(parts, clause)];
    return groupsOf(parts, clause, strong).map((group) => withVariants(group, more));
  });
  const size = parts.catalogue.size();
  const scored = new Map<string, ScoredGroup>();
  for (const group of groups) {
    const sources = group.variants.map((variant) => ({
      postings: postingsOf(parts, variant),
      weight: variant.weight,
      counted: !isSynonym(variant),
    }));
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

function groupsOf(parts: MatcherParts, clause: Clause, strong: boolean): readonly WordGroup[] {
  if (strong && isWeak(clause)) {
    // The start of a longer word may look like one of them ("the" for theory).
    const typing = clause.terms.some((term) => term.kind === "word" && term.prefix);
    return typing ? [groupOf(parts, clause.terms, { required: false })] : [];
  }
  // Where a filter will do instead, the words only add to the score.
  const group = groupOf(parts, clause.terms, { required: !clause.terms.some(isFilter) });
  const run = clause.terms.length === 1 ? clause.terms[0] : undefined;
  if (run?.kind !== "phrase") return [group];
  const words = run.tokens.map((token, at) => {
    const span = run.spans[at] ?? { start: 0, end: 0 };
    const word = { kind: "word" as const, token, prefix: false, span };
    return groupOf(parts, [word], { required: false, marked: false });
  });
  if (run.quoted) return [group, ...words];
  // Nobody wrote the whole run: its characters are searched as words.
  const nowhere = group.variants.every((variant) => postingsOf(parts, variant).length === 0);
  return nowhere
    ? words.map((one) => Object.assign({}, one, { required: true, marked: true }))
    : [group, ...words];
}
