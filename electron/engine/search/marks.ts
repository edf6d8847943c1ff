/** Numbers for the values that operators ask for, so that filtering and counting compare integers. */
import { memberKey } from "#shared/domain/record-state.ts";
import { foldText } from "./analysis/tokenize.ts";
import type { ValueFilter } from "./query/query.ts";

export type MarkedOperator = ValueFilter["operator"];

export type Mark = {
  readonly operator: MarkedOperator;
  /** A record's id, a type's or status' name, or a tag as it was first written. */
  readonly value: string;
  /** The value's folded words, to compare with what somebody types. */
  readonly folded: string;
};

export type Marks = {
  /** The number of a value; tags that differ in case alone are one. */
  readonly of: (operator: MarkedOperator, value: string) => number;
  readonly find: (operator: MarkedOperator, value: string) => number | undefined;
  readonly get: (mark: number) => Mark | undefined;
  /** The numbers of an operator's values, in the order in which they came up. */
  readonly all: (operator: MarkedOperator) => readonly number[];
  readonly count: () => number;
  readonly clear: () => void;
};

/** Builds an empty numbering. */
export function createMarks(): Marks {
  const byKey = new Map<string, number>();
  /** By the value as it is written: records say the same few over and over. */
  const asWritten = new Map<MarkedOperator, Map<string, number>>();
  const marks: Mark[] = [];
  const byOperator = new Map<MarkedOperator, number[]>();

  function markOf(operator: MarkedOperator, value: string): number {
    const key = keyOf(operator, value);
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const mark = marks.length;
    byKey.set(key, mark);
    marks.push({ operator, value, folded: foldText(value) });
    const same = byOperator.get(operator);
    if (same === undefined) byOperator.set(operator, [mark]);
    else same.push(mark);
    return mark;
  }

  return {
    of: (operator, value) => {
      let written = asWritten.get(operator);
      if (written === undefined) asWritten.set(operator, (written = new Map()));
      let mark = written.get(value);
      if (mark === undefined) written.set(value, (mark = markOf(operator, value)));
      return mark;
    },
    find: (operator, value) => byKey.get(keyOf(operator, value)),
    get: (mark) => marks[mark],
    all: (operator) => byOperator.get(operator) ?? [],
    count: () => marks.length,
    clear: () => {
      byKey.clear();
      asWritten.clear();
      marks.length = 0;
      byOperator.clear();
    },
  };
}

function keyOf(operator: MarkedOperator, value: string): string {
  return `${operator}:${operator === "tag" ? memberKey(value) : value}`;
}
