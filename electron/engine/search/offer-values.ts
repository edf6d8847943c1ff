/** Values to offer while an operator is being typed, with how many records each would leave. */
import type { z } from "zod";
import type { search } from "#shared/contract/search.ts";
import { countMarks } from "./facets.ts";
import { choicesOf, startsLike } from "./operator-values.ts";
import type { SearchIndex } from "./search-index.ts";

type Input = z.output<(typeof search)["operatorValues"]["input"]>;
type Offered = z.input<(typeof search)["operatorValues"]["output"]>[number];

const mostOffered = 50;
const spans = [
  ["today", "Today"],
  ["7d", "The last 7 days"],
  ["1m", "The last month"],
  ["3m", "The last 3 months"],
  ["1y", "The last year"],
] as const;

/** Answers `search.operatorValues`: the commonest first. */
export function answerOperatorValues(index: SearchIndex, input: Input): Offered[] {
  index.refresh();
  const { operator, text } = input;
  if (operator === "before" || operator === "after") return offeredDates(index, operator, text);
  const counts = countMarks(index.catalogue, index.catalogue.numbers());
  return choicesOf(index.catalogue, operator)
    .filter((choice) => startsLike(choice, text))
    .map(({ value, label, mark }) => ({
      value,
      label,
      count: mark === undefined ? 0 : (counts[mark] ?? 0),
    }))
    .filter(({ count }) => operator !== "tag" || count > 0)
    .toSorted((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))
    .slice(0, mostOffered);
}

function offeredDates(index: SearchIndex, operator: "before" | "after", text: string): Offered[] {
  return spans
    .filter(([value]) => value.startsWith(text.trim().toLowerCase()))
    .map(([value, label]) => ({
      value,
      label:
        operator === "after" ? label : `Before ${label.charAt(0).toLowerCase()}${label.slice(1)}`,
      count: index.match(index.parse(`${operator}:${value} `)).total,
    }));
}
