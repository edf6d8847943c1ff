/** The demands of a query that look at a record's facts instead of its words. */
import type { Chip } from "#shared/contract/search.ts";
import type { Catalogue } from "../catalogue.ts";
import { choicesOf, type Resolved, resolveValue } from "../operator-values.ts";
import type { Clause, DateFilter, Operator, Query, Term, ValueFilter } from "../query/query.ts";

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

/** The test of one filter. */
export function filterTest(catalogue: Catalogue, filter: ValueFilter | DateFilter): RecordTest {
  if (filter.kind === "date") {
    return filter.operator === "before"
      ? (number) => catalogue.updated(number) < filter.at
      : (number) => catalogue.updated(number) >= filter.at;
  }
  const { marks } = resolveFilter(catalogue, filter);
  const only = marks.size === 1 ? [...marks][0] : undefined;
  if (only !== undefined) return (number) => catalogue.hasMark(number, only);
  return (number) => catalogue.marks(number).some((mark) => marks.has(mark));
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

/** A record has to pass each of these tests of the clauses that are filters alone. */
export function testsOf(catalogue: Catalogue, query: Query): readonly RecordTest[] {
  const tests: RecordTest[] = [];
  const either = new Map<Operator, RecordTest[]>();
  for (const clause of query.clauses) {
    if (!isFilterClause(clause)) continue;
    const any = anyOf(clause.terms.filter(isFilter).map((term) => filterTest(catalogue, term)));
    const [term] = clause.terms;
    if (clause.negated) {
      tests.push((number) => !any(number));
    } else if (
      term?.kind === "values" &&
      clause.terms.length === 1 &&
      singular.has(term.operator)
    ) {
      either.set(term.operator, [...(either.get(term.operator) ?? []), any]);
    } else {
      tests.push(any);
    }
  }
  return [...tests, ...[...either.values()].map(anyOf)];
}

/** A test that one of several passes. */
export function anyOf(tests: readonly RecordTest[]): RecordTest {
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return only;
  return (number) => tests.some((test) => test(number));
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
