/** How many of the matches have each value, so that a filter can say what it would leave. */
import type { z } from "zod";
import type { search } from "#shared/contract/search.ts";
import { foldText } from "./analysis/tokenize.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Mark } from "./marks.ts";
import { choicesOf } from "./operator-values.ts";

export type Facet = z.input<(typeof search)["query"]["output"]>["facets"][number];

const operators = ["type", "department", "status", "tag", "topic", "tool"] as const;
/** A longer list is no help; the operator finds the rest by typing. */
const mostValues = 50;

/** Counts every value of the matches; the commonest first, then by label. */
export function facetsOf(catalogue: Catalogue, numbers: Int32Array): Facet[] {
  const counts = countMarks(catalogue, numbers);
  return operators.map((operator) => ({
    operator,
    values: catalogue.markNames
      .all(operator)
      .filter((mark) => (counts[mark] ?? 0) > 0)
      .toSorted((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0))
      .slice(0, mostValues)
      .flatMap((number) => {
        const mark = catalogue.markNames.get(number);
        const named = mark === undefined ? undefined : nameOf(catalogue, mark);
        return named === undefined ? [] : [{ ...named, count: counts[number] ?? 0 }];
      })
      .toSorted((a, b) => b.count - a.count || (foldText(a.label) < foldText(b.label) ? -1 : 1)),
  }));
}

/** By mark, how many of the records have it. */
export function countMarks(catalogue: Catalogue, numbers: Int32Array): Int32Array {
  const counts = new Int32Array(catalogue.markNames.count());
  catalogue.countMarks(numbers, counts);
  return counts;
}

/** What to write for a value and how to call it; undefined for a record that is gone. */
function nameOf(catalogue: Catalogue, mark: Mark): { value: string; label: string } | undefined {
  if (mark.operator === "tag") return { value: mark.value, label: mark.value };
  if (mark.operator === "type" || mark.operator === "status") {
    const choice = choicesOf(catalogue, mark.operator).find(({ value }) => value === mark.value);
    return { value: mark.value, label: choice?.label ?? mark.value };
  }
  const title = catalogue.byId(mark.value)?.title;
  return title === undefined ? undefined : { value: title, label: title };
}
