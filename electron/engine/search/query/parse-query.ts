/**
 * Reads the query language: words, "phrases", -without, OR, and operators such as type:lesson.
 * Total: what cannot be read as anything else is words.
 */
import { operators } from "#shared/contract/search.ts";
import { type Token, tokenize } from "../analysis/tokenize.ts";
import type { Clause, Operator, Query, Span, Term } from "./query.ts";
import { readDate } from "./read-date.ts";

/** More than anybody types; it bounds the work that a pasted page can ask for. */
const mostClauses = 64;

const operatorPattern =
  /^(type|department|tag|topic|tool|author|status|before|after):(?:"([^"]*)("?)|“([^”]*)(”?)|(\S*))/iu;
const quotes: Readonly<Record<string, string>> = { '"': '"', "“": "”", "„": "“" };

type Item = { readonly negated: boolean; readonly terms: readonly Term[]; readonly word: boolean };

/** Reads a text; `now` is what relative dates count from, in milliseconds since 1970. */
export function parseQuery(text: string, now: number): Query {
  const clauses: Clause[] = [];
  let joining = false;
  let at = 0;
  while (at < text.length && clauses.length < mostClauses) {
    const gap = /^\s+/u.exec(text.slice(at))?.[0].length ?? 0;
    if (gap > 0) {
      at += gap;
      continue;
    }
    const joiner = /^(?:OR|\|)(?=\s+\S)/u.exec(text.slice(at));
    if (joiner !== null && clauses.at(-1)?.negated === false && !joining) {
      joining = true;
      at += joiner[0].length;
      continue;
    }
    const { item, end } = readItem(text, at, now);
    add(clauses, item, joining);
    joining = false;
    at = end;
  }
  return { text, clauses };
}

function add(clauses: Clause[], item: Item, joining: boolean): void {
  if (item.terms.length === 0) return;
  const before = clauses.at(-1);
  if (joining && !item.negated && before !== undefined) {
    clauses[clauses.length - 1] = {
      negated: false,
      terms: [...before.terms, ...asOne(item.terms)],
    };
  } else if (item.negated || !item.word) {
    clauses.push({ negated: item.negated, terms: asOne(item.terms) });
  } else {
    for (const term of item.terms) clauses.push({ negated: false, terms: [term] });
  }
}

/** Several words that were written as one (`e-mail`) belong together where one thing is meant. */
function asOne(terms: readonly Term[]): readonly Term[] {
  const tokens = terms.flatMap(tokensOf);
  if (terms.length < 2 || tokens.length < 2) return terms;
  const last = terms.at(-1);
  const prefix = last?.kind === "word" && last.prefix;
  return [{ kind: "phrase", tokens, spans: terms.flatMap(spansOf), prefix, quoted: true }];
}

function tokensOf(term: Term): readonly Token[] {
  if (term.kind === "word") return [term.token];
  return term.kind === "phrase" ? term.tokens : [];
}

function spansOf(term: Term): readonly Span[] {
  if (term.kind === "word") return [term.span];
  return term.kind === "phrase" ? term.spans : [];
}

function readItem(text: string, start: number, now: number): { item: Item; end: number } {
  const negated = /^-(?=[^\s-])/u.test(text.slice(start, start + 2));
  const from = negated ? start + 1 : start;
  const filter = readOperator(text, { start, from }, now);
  if (filter !== undefined) {
    return { item: { negated, terms: filter.terms, word: false }, end: filter.end };
  }
  const closing = quotes[text.charAt(from)];
  if (closing !== undefined) return readPhrase(text, { from, closing, negated });
  const end = from + (/^[^\s"“„]+/u.exec(text.slice(from))?.[0].length ?? 1);
  const terms = wordsIn(text, { start: from, end });
  return { item: { negated, terms, word: true }, end };
}

function readPhrase(
  text: string,
  at: { readonly from: number; readonly closing: string; readonly negated: boolean },
): { item: Item; end: number } {
  const close = text.indexOf(at.closing, at.from + 1);
  const inner = close === -1 ? text.slice(at.from + 1) : text.slice(at.from + 1, close);
  const { tokens, starts, ends } = tokenize(inner);
  const spans = starts.map((start, index) => ({
    start: at.from + 1 + start,
    end: at.from + 1 + (ends[index] ?? start),
  }));
  const open = close === -1 && ends.at(-1) === inner.length && tokens.at(-1)?.single === false;
  const terms: Term[] =
    tokens.length === 0 ? [] : [{ kind: "phrase", tokens, spans, prefix: open, quoted: true }];
  return {
    item: { negated: at.negated, terms, word: false },
    end: close === -1 ? text.length : close + 1,
  };
}

/** The words of a stretch without quotes; characters of scripts without spaces form phrases. */
function wordsIn(text: string, span: Span): readonly Term[] {
  const { tokens, starts, ends } = tokenize(text.slice(span.start, span.end));
  const terms: Term[] = [];
  let run: Token[] = [];
  let spans: Span[] = [];
  tokens.forEach((token, index) => {
    const start = span.start + (starts[index] ?? 0);
    const end = span.start + (ends[index] ?? 0);
    if (token.single) {
      run.push(token);
      spans.push({ start, end });
      if (tokens[index + 1]?.single === true) return;
      const only = run.length === 1;
      terms.push(
        only
          ? { kind: "word", token, prefix: false, span: { start, end } }
          : { kind: "phrase", tokens: run, spans, prefix: false, quoted: false },
      );
      run = [];
      spans = [];
    } else {
      terms.push({ kind: "word", token, prefix: end === text.length, span: { start, end } });
    }
  });
  return terms;
}

function readOperator(
  text: string,
  at: { readonly start: number; readonly from: number },
  now: number,
): { terms: readonly Term[]; end: number } | undefined {
  const match = operatorPattern.exec(text.slice(at.from));
  const operator = operatorOf(match?.[1]);
  if (match === null || operator === undefined) return undefined;
  const quoted = match[2] ?? match[4];
  const raw = quoted ?? match[6] ?? "";
  const end = at.from + match[0].length;
  const open = end === text.length && !(match[3] ?? match[5]);
  // An operator whose value has yet to be typed asks for nothing.
  if (raw.trim() === "") return open ? { terms: [], end } : undefined;
  const span = { start: at.start, end };
  if (operator === "before" || operator === "after") {
    const moment = readDate(raw, now);
    if (moment === undefined) return undefined;
    return { terms: [{ kind: "date", operator, at: moment, value: raw, span }], end };
  }
  const values = (quoted === undefined ? raw.split(",") : [raw])
    .map((value) => value.trim())
    .filter((value) => value !== "");
  return values.length === 0
    ? undefined
    : { terms: [{ kind: "values", operator, values, open, span }], end };
}

function operatorOf(name: string | undefined): Operator | undefined {
  const lower = name?.toLowerCase();
  return operators.find((operator) => operator === lower);
}
