/** The demands of a query that look at a record's facts instead of its words. */
import type { Chip } from "#shared/contract/search.ts";
import type { Catalogue } from "../catalogue.ts";
import { choicesOf, type Resolved, resolveValue } from "../operator-values.ts";
import type { Clause, DateFilter, Operator, Query, Term, ValueFilter } from "../query/query.ts";
import { inAny, notIn, type RecordSet } from "./record-set.ts";

/** Says of a record, by its number, whether it will do. */
export type RecordTest = (number: number) => boolean;

/** Reads what the values of a filter mean in this workspace. */
export function resolveFilter(catalogue: Catalogue, filter: ValueFilter): Resolved {
  const choices = choicesOf(catalogue, filter.operator);
  const resolved = filter.values.map((value) => resolveValue(choices, value));
  return {
    marks: new Set(resolved.flatMap(({ marks }) => [...marks])),
    known: resolved.every(({ known }) => known),
  };
}

/** The records that pass one filter. */
export function passing(catalogue: Catalogue, filter: ValueFilter | DateFilter): RecordSet {
  if (filter.kind === "values") return catalogue.withAny(resolveFilter(catalogue, filter).marks);
  const later = catalogue.since(filter.at);
  return filter.operator === "before" ? notIn(later) : later;
}

/** Whether every term of a clause is a filter. */
export function isFilterClause(clause: Clause): boolean {
  return clause.terms.every(isFilter);
}

/** Whether the term asks for a record's facts and not for words. */
export function isFilter(term: Term): term is ValueFilter | DateFilter {
  return term.kind === "values" || term.kind === "date";
}

/** A record has one of these, so two demands for it can only mean either. */
const singular: ReadonlySet<Operator> = new Set(["type", "department", "status", "author"]);

/** A record has to be in each of these sets of the clauses that are filters alone. */
export function filterSets(catalogue: Catalogue, query: Query): readonly RecordSet[] {
  const sets: RecordSet[] = [];
  const either = new Map<Operator, RecordSet[]>();
  for (const clause of query.clauses) {
    if (!isFilterClause(clause)) continue;
    const any = inAny(clause.terms.filter(isFilter).map((term) => passing(catalogue, term)));
    const [term] = clause.terms;
    if (clause.negated) {
      sets.push(notIn(any));
    } else if (
      term?.kind === "values" &&
      clause.terms.length === 1 &&
      singular.has(term.operator)
    ) {
      either.set(term.operator, [...(either.get(term.operator) ?? []), any]);
    } else {
      sets.push(any);
    }
  }
  return [...sets, ...[...either.values()].map(inAny)];
}

/** The query's filters as chips, in the order in which they were written. */
export function chipsOf(catalogue: Catalogue, query: Query): Chip[] {
  return query.clauses.flatMap((clause) =>
    clause.terms.filter(isFilter).map((term) => ({
      operator: term.operator,
      value: term.kind === "date" ? term.value : term.values.join(","),
      negated: clause.negated,
      text: query.text.slice(term.span.start, term.span.end),
      known: term.kind === "date" || resolveFilter(catalogue, term).known,
    })),
  );
}
