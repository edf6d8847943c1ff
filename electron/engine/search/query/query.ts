/** What a query says once it is read. Every text is a query: there is no such thing as an error. */
import type { Chip } from "#shared/contract/search.ts";
import type { Token } from "../analysis/tokenize.ts";

export type Operator = Chip["operator"];

/** A stretch of the query's text, in UTF-16 code units. */
export type Span = { readonly start: number; readonly end: number };

/** A word; `prefix` while it is still being typed. */
export type Word = {
  readonly kind: "word";
  readonly token: Token;
  readonly prefix: boolean;
  readonly span: Span;
};

/**
 * Words in this order, side by side. `quoted` ones must match; a run of a script without spaces is
 * a phrase too, but gives way to its characters when nobody wrote it like that.
 */
export type Phrase = {
  readonly kind: "phrase";
  readonly tokens: readonly Token[];
  /** Where each of them stands. */
  readonly spans: readonly Span[];
  readonly prefix: boolean;
  readonly quoted: boolean;
};

/** `type:lesson,playbook`: any of the values. `open` while the last value is still being typed. */
export type ValueFilter = {
  readonly kind: "values";
  readonly operator: Exclude<Operator, "before" | "after">;
  readonly values: readonly string[];
  readonly open: boolean;
  readonly span: Span;
};

/** `before:` its time or from `after:` its time on; milliseconds since 1970, UTC. */
export type DateFilter = {
  readonly kind: "date";
  readonly operator: "before" | "after";
  readonly at: number;
  readonly value: string;
  readonly span: Span;
};

export type Term = Word | Phrase | ValueFilter | DateFilter;

/** One demand of the query: any of the terms, or none of them where it is negated. */
export type Clause = { readonly negated: boolean; readonly terms: readonly Term[] };

export type Query = { readonly text: string; readonly clauses: readonly Clause[] };
