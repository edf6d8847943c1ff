/** The query as it was probably meant: words nobody wrote replaced by the nearest known ones. */
import type { Catalogue } from "./catalogue.ts";
import type { Vocabulary } from "./index/vocabulary.ts";
import type { Match } from "./match/match-query.ts";
import { resolveFilter } from "./match/record-test.ts";
import { choicesOf } from "./operator-values.ts";
import { boundedDistance } from "./analysis/edit-distance.ts";
import { foldText } from "./analysis/tokenize.ts";
import { allowedDistance } from "./index/vocabulary.ts";
import type { Query, Span, ValueFilter } from "./query/query.ts";

type Replacement = { readonly span: Span; readonly text: string };

/** The corrected query; null when every word and value is known. */
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
  return replaced(query.text, [...words, ...values]);
}

function valueReplacement(
  catalogue: Catalogue,
  query: Query,
  term: ValueFilter,
): readonly Replacement[] {
  if (resolveFilter(catalogue, term).known) return [];
  const [typed] = term.values;
  if (typed === undefined || term.values.length > 1) return [];
  const folded = foldText(typed);
  const limit = Math.max(1, allowedDistance(folded));
  const [nearest] = choicesOf(catalogue, term.operator)
    .map((choice) => ({
      choice,
      far: Math.min(...choice.names.map((name) => boundedDistance(folded, name, limit))),
    }))
    .filter(({ far }) => far <= limit)
    .toSorted((a, b) => a.far - b.far);
  if (nearest === undefined) return [];
  const { value } = nearest.choice;
  const written = /[\s,"]/u.test(value) ? `"${value.replaceAll('"', "")}"` : value;
  const minus = query.text.charAt(term.span.start) === "-" ? "-" : "";
  return [{ span: term.span, text: `${minus}${term.operator}:${written}` }];
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
