/**
 * The query as it was probably meant: words nobody wrote replaced by the nearest known ones, and where
 * little was found, words that hardly anybody wrote by common ones a slip away.
 */
import type { Catalogue } from "./catalogue.ts";
import { countMarks } from "./facets.ts";
import type { Vocabulary } from "./index/vocabulary.ts";
import type { Match } from "./match/match-query.ts";
import { isFilter, resolveFilter } from "./match/record-test.ts";
import type { MarkedOperator } from "./marks.ts";
import { choicesOf, resolveValue } from "./operator-values.ts";
import { boundedDistance } from "./analysis/edit-distance.ts";
import { foldText } from "./analysis/tokenize.ts";
import { allowedDistance } from "./index/vocabulary.ts";
import type { Query, Span, ValueFilter } from "./query/query.ts";

/** Records with every word, up to which another query is worth offering. */
const little = 3;
/** Records that may have a word that is taken for a misprint, and how much commoner the other one is. */
const rare = 2;
const timesAsCommon = 10;
const mostNear = 5;

type Replacement = { readonly span: Span; readonly text: string };

/** The corrected query; null when every word and value is known and enough was found. */
export function suggestionFor(
  parts: { readonly catalogue: Catalogue; readonly vocabulary: Vocabulary },
  query: Query,
  match: Match,
): string | null {
  const words = match.groups.flatMap(({ corrections }) =>
    corrections.flatMap(({ word, nearest }) => {
      const [text] = nearest;
      return text === undefined ? [] : [{ span: word.span, text }];
    }),
  );
  const values = query.clauses
    .flatMap(({ terms }) => terms)
    .flatMap((term) =>
      term.kind === "values" ? valueReplacement(parts.catalogue, query, term) : [],
    );
  const known = words.length === 0 && findsLittle(query, match) ? likelierWords(parts, query) : [];
  return replaced(query.text, [...words, ...known, ...values]);
}

/** Whether its words lead to few records; where nothing or a filter is in the way, they are not to blame. */
function findsLittle({ clauses }: Query, { total, whole }: Match): boolean {
  const filtered = clauses.some(({ terms }) => terms.some(isFilter));
  return total > 0 && whole <= little && !filtered;
}

/** Rare words that are one slip away from one many times as common: mostly a misprint in some record. */
function likelierWords(
  { vocabulary }: { readonly vocabulary: Vocabulary },
  query: Query,
): readonly Replacement[] {
  const asked = query.clauses.filter(({ negated }) => !negated).flatMap(({ terms }) => terms);
  return asked.flatMap((term) => {
    if (term.kind !== "word" || term.prefix || term.token.single) return [];
    const { word, stem } = term.token;
    const own = vocabulary.find(word);
    if (own === undefined || own.documents > rare) return [];
    const likelier = vocabulary
      .nearest(word, mostNear)
      .find((near) => near.stem !== stem && boundedDistance(word, near.word, 1) === 1);
    return likelier !== undefined && likelier.documents >= own.documents * timesAsCommon
      ? [{ span: term.span, text: likelier.word }]
      : [];
  });
}

/** The filter with its unknown values replaced; the operator and the values that are known stay. */
function valueReplacement(
  catalogue: Catalogue,
  query: Query,
  term: ValueFilter,
): readonly Replacement[] {
  if (resolveFilter(catalogue, term).known) return [];
  const choices = choicesOf(catalogue, term.operator);
  const better = term.values.map((value) =>
    resolveValue(choices, value).known ? value : nearestValue(catalogue, term.operator, value),
  );
  const known = better.flatMap((value) => value ?? []);
  // What is written with quotes stands alone: between commas it would be taken apart again.
  const quotes = known.some((value) => /[\s,"]/u.test(value));
  if (known.length < better.length || (quotes && known.length > 1)) return [];
  const values = quotes ? `"${known.join("").replaceAll('"', "")}"` : known.join(",");
  const minus = query.text.charAt(term.span.start) === "-" ? "-" : "";
  return [{ span: term.span, text: `${minus}${term.operator}:${values}` }];
}

/** The nearest value, of equally near ones the commonest; undefined if none is near. */
function nearestValue(
  catalogue: Catalogue,
  operator: MarkedOperator,
  typed: string,
): string | undefined {
  const folded = foldText(typed);
  const limit = Math.max(1, allowedDistance(folded));
  const near = choicesOf(catalogue, operator)
    .map(({ value, names, mark }) => {
      const far = Math.min(...names.map((name) => boundedDistance(folded, name, limit)));
      return { value, far, mark };
    })
    .filter(({ far }) => far <= limit);
  if (near.length === 0) return undefined;
  const counts = countMarks(catalogue, catalogue.numbers());
  const recordsWith = (mark: number | undefined) => counts[mark ?? -1] ?? 0;
  return (
    near
      // A tag exists by being used; a type or a department also while nothing is in it.
      .filter(({ mark }) => recordsWith(mark) > 0 || operator !== "tag")
      .toSorted((a, b) => a.far - b.far || recordsWith(b.mark) - recordsWith(a.mark))[0]?.value
  );
}

function replaced(text: string, replacements: readonly Replacement[]): string | null {
  if (replacements.length === 0) return null;
  let result = "";
  let at = 0;
  for (const { span, text: better } of replacements.toSorted(
    (a, b) => a.span.start - b.span.start,
  )) {
    if (span.start < at) continue;
    result += text.slice(at, span.start) + better;
    at = span.end;
  }
  return result + text.slice(at);
}
