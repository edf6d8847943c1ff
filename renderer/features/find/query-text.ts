/**
 * Changing what stands in the search field without disturbing the rest of it: filters are written
 * into the query as operators, so that a query is one line of text that can be kept and sent.
 */
import { type Chip, operators } from "#shared/contract/search.ts";

export type Operator = Chip["operator"];

/** Every operator with the word for its menu and its panel. */
export const operatorLabels = {
  type: "Type",
  department: "Department",
  topic: "Topic",
  tag: "Tag",
  tool: "Tool",
  author: "Author",
  status: "Status",
  after: "Changed after",
  before: "Changed before",
} as const satisfies Record<Operator, string>;

/** An operator being typed: where it stands in the text, and the value so far. */
export type Token = {
  readonly start: number;
  readonly end: number;
  readonly negated: boolean;
  readonly operator: Operator;
  readonly value: string;
};

const tokenPattern =
  /(?:^|\s)(?<sign>-?)(?<operator>[a-z]+):(?:"(?<quoted>[^"]*)|(?<plain>[^\s"]*))$/iu;

/** The operator that ends at the caret, or null. */
export function tokenAt(text: string, caret: number): Token | null {
  const after = text.charAt(caret);
  if (after !== "" && !/\s/u.test(after)) return null;
  const match = tokenPattern.exec(text.slice(0, caret));
  if (match?.groups === undefined) return null;
  const { sign = "", operator: word = "", quoted, plain = "" } = match.groups;
  const operator = operators.find((known) => known === word.toLowerCase());
  if (operator === undefined) return null;
  const start = match.index + match[0].search(/\S/u);
  return { start, end: caret, negated: sign === "-", operator, value: quoted ?? plain };
}

/** Puts a whole value in the token's place; the caret goes behind the space that follows it. */
export function completeToken(
  text: string,
  token: Token,
  value: string,
): { readonly text: string; readonly caret: number } {
  const sign = token.negated ? "-" : "";
  const written = `${text.slice(0, token.start)}${sign}${filterText(token.operator, value)} `;
  return { text: written + text.slice(token.end).trimStart(), caret: written.length };
}

/** A filter as it is written: `tag:email`, `department:"Customer Support"`. */
export function filterText(operator: Operator, value: string): string {
  const quoted = /[\s"():,]/u.test(value) ? `"${value.replaceAll('"', "")}"` : value;
  return `${operator}:${quoted}`;
}

/**
 * Adds a filter in front of the words, whose last one goes on counting as the beginning of a word.
 * An empty value leaves the caret behind the colon, for the value to be typed.
 */
export function addFilter(text: string, operator: Operator, value: string): string {
  return `${filterText(operator, value)} ${text.trimStart()}`;
}

/** Begins a filter at the end of the text, ready for its value. */
export function beginFilter(text: string, operator: Operator): string {
  return `${text.trimEnd()}${text.trim() === "" ? "" : " "}${operator}:`;
}

/** Cuts a filter out of the text. */
export function removeFilter(text: string, chip: Pick<Chip, "text">): string {
  const at = text.indexOf(chip.text);
  if (at === -1) return text;
  const before = text.slice(0, at).trimEnd();
  const after = text.slice(at + chip.text.length).trimStart();
  return before === "" || after === "" ? before + after : `${before} ${after}`;
}

/** The words of the text alone. */
export function withoutFilters(text: string, chips: readonly Pick<Chip, "text">[]): string {
  return chips.reduce((rest, chip) => removeFilter(rest, chip), text).trim();
}

/** The filter among the chips that says exactly this, or undefined. */
export function findFilter(
  chips: readonly Chip[],
  operator: Operator,
  value: string,
): Chip | undefined {
  return chips.find(
    (chip) =>
      chip.operator === operator &&
      !chip.negated &&
      chip.value.toLowerCase() === value.toLowerCase(),
  );
}

/** Adds the filter, or takes it out if it is there. */
export function toggleFilter(
  text: string,
  chips: readonly Chip[],
  filter: { readonly operator: Operator; readonly value: string },
): string {
  const present = findFilter(chips, filter.operator, filter.value);
  return present === undefined
    ? addFilter(text, filter.operator, filter.value)
    : removeFilter(text, present);
}
