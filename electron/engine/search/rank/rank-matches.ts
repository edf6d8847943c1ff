/** Puts matches in order: by date, or by score with the best few scored exactly. */
import type { Catalogue } from "../catalogue.ts";
import type { Vocabulary } from "../index/vocabulary.ts";
import type { Match } from "../match/match-query.ts";
import { isFilter } from "../match/record-test.ts";
import type { Query } from "../query/query.ts";
import { exactScore, usualLengths } from "./exact-score.ts";
import { createHitFinder } from "./hit-finder.ts";
import { liftAlike } from "./lift-alike.ts";
import type { StoredRecords } from "./stored-records.ts";
import { type Ranked, topPositions } from "./top.ts";

type RankParts = {
  readonly catalogue: Catalogue;
  readonly vocabulary: Vocabulary;
  readonly records: StoredRecords;
};

/** A pool of 40 ranked as well as one of 100 when it was measured. */
const pool = 40;
/**
 * A question of so many words is about something that its first answers say more of. A word that is
 * still being typed says nothing of it yet.
 */
const liftedFrom = 3;

/** The first `limit` matches by date, newest first; those that lack words come after the others. */
export function rankByDate(
  { catalogue }: Pick<RankParts, "catalogue">,
  match: Match,
  limit: number,
): Ranked[] {
  const { whole } = match;
  const { numbers, scores } = match.all();
  const updated = new Float64Array(numbers.length);
  for (let index = 0; index < numbers.length; index += 1) {
    updated[index] = catalogue.updated(numbers[index] ?? 0);
  }
  const positions = topPositions(updated.subarray(0, whole), limit);
  const more = topPositions(updated.subarray(whole), limit - positions.length);
  return [...positions, ...more.map((position) => whole + position)].map((position) => ({
    number: numbers[position] ?? 0,
    score: scores[position] ?? 0,
  }));
}

/** The first `limit` matches by relevance, best first */
export function rankByRelevance(
  parts: RankParts,
  asked: { readonly query: Query; readonly match: Match },
  limit: number,
): Ranked[] {
  const { match } = asked;
  if (!match.scored) return rankByDate(parts, match, limit);
  const first = firstOf(match, Math.max(pool, limit));
  const close = first.slice(0, pool).map(({ number }) => number);
  const exact = scoreClosely(parts, asked, close);
  return [...exact, ...below(exact.at(-1)?.score ?? 0, first.slice(pool))].slice(0, limit);
}

/** The first by their first score; a list that is gone far down asks for more than are kept. */
function firstOf(match: Match, limit: number): readonly Ranked[] {
  if (limit <= match.best.length || match.total <= match.best.length) {
    return match.best.slice(0, limit);
  }
  const { numbers, scores } = match.all();
  return topPositions(scores, limit).map((position) => ({
    number: numbers[position] ?? 0,
    score: scores[position] ?? 0,
  }));
}

function scoreClosely(
  { catalogue, vocabulary, records }: RankParts,
  asked: { readonly query: Query; readonly match: Match },
  numbers: readonly number[],
): Ranked[] {
  const { groups } = asked.match;
  const folded = wordsOf(asked.query);
  const question = { groups, find: createHitFinder(groups, vocabulary), folded };
  const pooled = numbers.map((number) => ({ number, stamp: catalogue.stamp(number) }));
  records.words.read(pooled);
  const texts = pooled.flatMap((record) => {
    const words = records.words.of(record);
    const title = catalogue.folded(record.number);
    return words === undefined ? [] : [{ number: record.number, words, title }];
  });
  const usual = usualLengths(texts.map(({ words }) => words));
  const scored = texts
    .map((text) => ({ ...text, score: exactScore(question, text, usual) }))
    .toSorted(byScore);
  const lifted =
    groups.filter(({ required, prefix }) => required && prefix === null).length < liftedFrom
      ? scored
      : liftAlike({ vocabulary, size: catalogue.size() }, scored);
  const standings = catalogue.standings();
  return lifted
    .map(({ number, score }) => ({ number, score: score * (standings[number] ?? 0) }))
    .toSorted(byScore);
}

function byScore(a: Ranked, b: Ranked): number {
  return b.score - a.score || a.number - b.number;
}

/** The rest keeps its order and stays under what was scored exactly. */
function below(ceiling: number, rest: readonly Ranked[]): readonly Ranked[] {
  const top = rest[0]?.score ?? 0;
  const factor = top > 0 ? Math.min(1, ceiling / top) * 0.999 : 0;
  return rest.map(({ number, score }) => ({ number, score: score * factor }));
}

/** The query's words without its filters and exclusions, folded. */
export function wordsOf(query: Query): string {
  return query.clauses
    .filter(({ negated }) => !negated)
    .flatMap(({ terms }) => terms.filter((term) => !isFilter(term)))
    .map((term) => {
      if (term.kind === "word") return term.token.word;
      return term.kind === "phrase" ? term.tokens.map(({ word }) => word).join(" ") : "";
    })
    .join(" ");
}
