/** The stretch of a record that shows best why it was found. */
import { type SearchField, searchFields } from "#shared/domain/field.ts";
import type { Tokens } from "../analysis/tokenize.ts";
import type { AnalysedTexts } from "./analysed-records.ts";
import type { Asked } from "./exact-score.ts";
import type { TokenHit } from "./hit-finder.ts";
import { markedRuns, type MarkedSpan, type Run } from "./runs.ts";

export type Snippet = { readonly field: SearchField; readonly runs: Run[] };

/** About two lines at the usual width. */
const windowTokens = 32;
const windowCharacters = 260;
const beforeFirstHit = 6;

type Window = {
  readonly field: SearchField;
  readonly value: number;
  readonly first: number;
  readonly hits: readonly TokenHit[];
};

/** The title with its hits marked. */
export function markTitle(asked: Asked, title: string, tokens: Tokens): Run[] {
  return markedRuns(title, spansOf(tokens, asked.find(tokens)));
}

/** The best stretch of the best part; the start of the text where nothing was searched for. */
export function snippetOf(asked: Asked, record: AnalysedTexts): Snippet {
  let best: Window | undefined;
  for (const field of searchFields) {
    const window = bestWindow(asked, field, record.fields[field]);
    // The title is shown anyway: anything else that says as much says more.
    const least = best?.field === "title" ? best.value * 0.5 : (best?.value ?? 0);
    if (window !== undefined && window.value > least) best = window;
  }
  return best === undefined ? lead(record) : cut(best, record);
}

/** The window whose different words weigh most. */
function bestWindow(asked: Asked, field: SearchField, tokens: Tokens): Window | undefined {
  const hits = asked.find(tokens);
  let best: Window | undefined;
  let start = 0;
  for (let index = 0; index < hits.length; index += 1) {
    const hit = hits[index];
    if (hit === undefined) continue;
    while ((hits[start]?.token ?? hit.token) < hit.token - windowTokens + beforeFirstHit)
      start += 1;
    const inside = hits.slice(Math.max(start, index - windowTokens), index + 1);
    const value = valueOf(asked, inside);
    if (best === undefined || value > best.value * 1.001) {
      best = { field, value, first: inside[0]?.token ?? hit.token, hits: inside };
    }
  }
  return best;
}

function valueOf({ groups }: Asked, hits: readonly TokenHit[]): number {
  const weights = new Map<number, number>();
  for (const { group, weight } of hits) {
    weights.set(group, Math.max(weights.get(group) ?? 0, weight));
  }
  let value = 0;
  for (const [group, weight] of weights) value += ((groups[group]?.idf ?? 0) + 0.1) * weight;
  // Of windows that say the same, the denser one.
  return value + Math.min(hits.length, 10) * 0.001;
}

function cut(window: Window, record: AnalysedTexts): Snippet {
  const text = record.texts[window.field];
  const tokens = record.fields[window.field];
  const { start, end } = bounds(text, tokens, Math.max(0, window.first - beforeFirstHit));
  const spans = spansOf(tokens, findIn(window, tokens, end)).flatMap((span) =>
    span.start >= start && span.end <= end
      ? [{ start: span.start - start, end: span.end - start }]
      : [],
  );
  const runs = markedRuns(text.slice(start, end), spans).map(({ text, hit }) => ({
    text: text.replaceAll(/\s+/gu, " "),
    hit,
  }));
  return { field: window.field, runs: withEllipses(runs, start > 0, end < text.length) };
}

function findIn(window: Window, tokens: Tokens, end: number): readonly TokenHit[] {
  return window.hits.filter(({ token }) => (tokens.starts[token] ?? 0) < end);
}

/** Where the stretch starts and ends, at words; a text that nearly fits is shown whole. */
function bounds(text: string, tokens: Tokens, first: number): { start: number; end: number } {
  const start = first === 0 ? 0 : (tokens.starts[first] ?? 0);
  const last = Math.min(first + windowTokens, tokens.tokens.length) - 1;
  const isEnd = last >= tokens.tokens.length - 1;
  const end = isEnd ? text.length : (tokens.ends[last] ?? text.length);
  return { start, end: Math.min(end, start + windowCharacters, text.length) };
}

function lead(record: AnalysedTexts): Snippet {
  const order: readonly SearchField[] = ["body", "headings", "steps", "prompts", "tags", "title"];
  const field = order.find((name) => record.texts[name].trim() !== "") ?? "title";
  const text = record.texts[field];
  const { end } = bounds(text, record.fields[field], 0);
  const shown = text.slice(0, end).replaceAll(/\s+/gu, " ").trim();
  return { field, runs: withEllipses([{ text: shown, hit: false }], false, end < text.length) };
}

function withEllipses(runs: readonly Run[], before: boolean, after: boolean): Run[] {
  const texts = runs.filter(({ text }) => text !== "");
  if (before) texts.unshift({ text: "… ", hit: false });
  if (after) texts.push({ text: " …", hit: false });
  return joined(texts);
}

function joined(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last?.hit === run.hit) last.text += run.text;
    else result.push({ ...run });
  }
  return result;
}

function spansOf(tokens: Tokens, hits: readonly TokenHit[]): readonly MarkedSpan[] {
  return hits.map(({ token, length }) => ({
    start: tokens.starts[token] ?? 0,
    end: tokens.ends[token + length - 1] ?? 0,
  }));
}
