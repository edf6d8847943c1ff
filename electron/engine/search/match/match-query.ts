/**
 * Which records a query means, with a first score each: postings added up in typed arrays, then
 * the demands that look at facts. The order of the first screen is rank-matches' business.
 */
import type { Catalogue, Entry } from "../catalogue.ts";
import { isStopWord, isWeakInQueries } from "../analysis/stop-words.ts";
import type { Postings } from "../index/posting-block.ts";
import type { Clause, Query } from "../query/query.ts";
import { anyOf, filterTest, isFilter, isFilterClause, type RecordTest, testOf } from "./record-test.ts";
import type { Scoreboard } from "./scoreboard.ts";
import { groupOf, type Lexicon, type Variant, type WordGroup } from "./word-group.ts";

export type ScoredGroup = WordGroup & { readonly idf: number; readonly documents: number };

export type Match = {
  readonly numbers: readonly number[];
  /** The first score of each, in the same order; null where there are no words to score by. */
  readonly scores: readonly number[] | null;
  readonly groups: readonly ScoredGroup[];
  /** How many of the records have every word. */
  readonly whole: number;
};

export type Matcher = (query: Query) => Match;

export type MatcherParts = Lexicon & {
  readonly catalogue: Catalogue;
  readonly scoreboard: Scoreboard;
};

/** With fewer records that have every word, those that have the weightier half of them follow. */
const enough = 20;
/** The impact of a word that no postings are kept for. */
const plainImpact = 40;
const outdated = new Set(["superseded", "archived", "retired", "declined"]);
const outdatedFactor = 0.6;
const halfYear = 182 * 24 * 60 * 60 * 1000;

/** Builds the matcher; `now` dates what counts as fresh, in milliseconds since 1970. */
export function createMatcher(parts: MatcherParts, now: () => number): Matcher {
  const { catalogue, scoreboard } = parts;

  return (query) => {
    scoreboard.reset(catalogue.bound());
    const test = testOf(catalogue, query);
    const demands = query.clauses.flatMap((clause) => demandOf(parts, clause));
    const groups = scoreGroups(parts, query);
    const passes = (entry: Entry) => test(entry) && demands.every((demand) => demand(entry));
    if (groups.some(({ required }) => required)) return byWords(parts, { groups, passes }, now());
    const numbers = Array.from(catalogue.entries())
      .filter((entry) => passes(entry))
      .map(({ number }) => number);
    const scores =
      groups.length === 0 ? null : numbers.map((number) => scoreboard.score(number));
    return { numbers, scores, groups, whole: numbers.length };
  };
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
  const { variants, corrections } = groupOf(parts, terms, true);
  const meant = clause.negated && corrections.length > 0 ? [] : variants;
  const inWords = new Set<number>();
  for (const variant of meant) for (const number of numbersOf(parts, variant)) inWords.add(number);
  const filters = terms.filter(isFilter).map((term) => filterTest(parts.catalogue, term));
  const any = anyOf([({ number }) => inWords.has(number), ...filters]);
  return [clause.negated ? (entry) => !any(entry) : any];
}

function numbersOf(parts: MatcherParts, { stems }: Variant): Int32Array {
  const [only] = stems;
  return stems.length === 1 && only !== undefined && !isStopWord(only)
    ? parts.reader.postings(only).numbers
    : parts.reader.phrase(stems);
}

function scoreGroups(parts: MatcherParts, query: Query): readonly ScoredGroup[] {
  const clauses = query.clauses.filter((clause) => !clause.negated && !isFilterClause(clause));
  const strong = clauses.some((clause) => !isWeak(clause));
  return clauses.flatMap((clause) => groupsOf(parts, clause, strong)).map((group) => {
    const sources = group.variants.map((variant) => ({
      postings: postingsOf(parts, variant),
      weight: variant.weight,
    }));
    const { required } = group;
    const size = parts.catalogue.size();
    return { ...group, ...parts.scoreboard.add(sources, { size, required }) };
  });
}

/** Words that say nothing beside others are not asked for. */
function isWeak({ terms }: Clause): boolean {
  return terms.every((term) => term.kind === "word" && isWeakInQueries(term.token.word));
}

function groupsOf(parts: MatcherParts, clause: Clause, strong: boolean): readonly WordGroup[] {
  if (strong && isWeak(clause)) {
    // The start of a longer word may look like one of them ("the" for theory).
    const typing = clause.terms.some((term) => term.kind === "word" && term.prefix);
    return typing ? [groupOf(parts, clause.terms, false)] : [];
  }
  const decidesAlone = clause.terms.some(
    (term) => isFilter(term) || (term.kind === "phrase" && term.quoted),
  );
  const group = groupOf(parts, clause.terms, !decidesAlone);
  const run = clause.terms.length === 1 ? clause.terms[0] : undefined;
  if (run?.kind !== "phrase") return [group];
  const characters = run.tokens.map((token) =>
    groupOf(
      parts,
      [{ kind: "word", token, prefix: false, span: { start: 0, end: 0 } }],
      false,
    ),
  );
  if (run.quoted) return [group, ...characters];
  // Nobody wrote the whole run: its characters are searched as words.
  const nowhere = group.variants.every((variant) => numbersOf(parts, variant).length === 0);
  return nowhere
    ? characters.map((one) => ({ ...one, required: true }))
    : [group, ...characters];
}

function postingsOf(parts: MatcherParts, variant: Variant): Postings {
  const [only] = variant.stems;
  if (variant.stems.length === 1 && only !== undefined && !isStopWord(only)) {
    return parts.reader.postings(only);
  }
  const numbers = parts.reader.phrase(variant.stems);
  return { numbers, impacts: new Uint8Array(numbers.length).fill(plainImpact) };
}

function byWords(
  { catalogue, scoreboard }: MatcherParts,
  demand: { readonly groups: readonly ScoredGroup[]; readonly passes: RecordTest },
  now: number,
): Match {
  const { groups } = demand;
  const required = groups.filter((group) => group.required);
  const half = required.reduce((sum, { idf, documents }) => sum + (documents > 0 ? idf : 0), 0) / 2;
  const tiers: { numbers: number[]; scores: number[] }[] = [0, 1, 2].map(() => ({
    numbers: [],
    scores: [],
  }));
  for (const number of scoreboard.touched()) {
    const entry = catalogue.entry(number);
    if (entry === undefined || !demand.passes(entry)) continue;
    const whole = scoreboard.found(number) === required.length;
    const tier = tiers[whole ? 0 : scoreboard.mass(number) >= half ? 1 : 2];
    tier?.numbers.push(number);
    tier?.scores.push(scoreboard.score(number) * standing(entry, now));
  }
  const numbers: number[] = [];
  const scores: number[] = [];
  for (const tier of tiers) {
    if (numbers.length >= enough) break;
    for (const number of tier.numbers) numbers.push(number);
    for (const score of tier.scores) scores.push(score);
  }
  return { numbers, scores, groups, whole: tiers[0]?.numbers.length ?? 0 };
}

/** What has been replaced ranks lower; of two that fit alike, the fresher one comes first. */
export function standing(entry: Entry, now: number): number {
  const age = Math.max(0, now - entry.updated);
  const fresh = 1 + 0.03 * Math.exp(-age / halfYear);
  return entry.status !== null && outdated.has(entry.status) ? fresh * outdatedFactor : fresh;
}
