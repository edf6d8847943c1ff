/** The stretch of a record that shows best why it was found. */
import { type SearchField, searchFields } from "#shared/domain/field.ts";
import { placesOf } from "../analysis/tokenize.ts";
import type { FieldTexts } from "../index/field-texts.ts";
import type { WordStream } from "../index/word-stream.ts";
import type { Asked } from "./exact-score.ts";
import type { TokenHit } from "./hit-finder.ts";
import { markedRuns, type MarkedSpan, type Run } from "./runs.ts";

/** A record's texts, and the same as words. */
export type ShownRecord = { readonly texts: FieldTexts; readonly words: WordStream };

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
export function markTitle(asked: Asked, title: string, words: Int32Array): Run[] {
  const places = placesOf(title, 0, words.length);
  return markedRuns(title, spansOf({ ...places, first: 0 }, asked.find(words)));
}

/** The best stretch of the best part; the start of the text where nothing was searched for. */
export function snippetOf(asked: Asked, record: ShownRecord): Snippet {
  let best: Window | undefined;
  for (const field of searchFields) {
    const window = bestWindow(asked, field, record.words[field]);
    // The title is shown anyway: anything else that says as much says more.
    const least = best?.field === "title" ? best.value * 0.5 : (best?.value ?? 0);
    if (window !== undefined && window.value > least) best = window;
  }
  return best === undefined ? lead(record) : cut(best, record);
}

/** The window whose different words weigh most. */
function bestWindow(asked: Asked, field: SearchField, words: Int32Array): Window | undefined {
  const hits = asked.find(words);
  if (hits.length === 0) return undefined;
  const worths = asked.groups.map(({ idf }) => idf + 0.1);
  let best: Window | undefined;
  let start = 0;
  for (let index = 0; index < hits.length; index += 1) {
    const hit = hits[index];
    if (hit === undefined) continue;
    while ((hits[start]?.token ?? hit.token) < hit.token - windowTokens + beforeFirstHit)
      start += 1;
    const from = Math.max(start, index - windowTokens);
    const value = valueOf(worths, hits, { from, end: index + 1 });
    if (best === undefined || value > best.value * 1.001) {
      const inside = hits.slice(from, index + 1);
      best = { field, value, first: inside[0]?.token ?? hit.token, hits: inside };
    }
  }
  return best;
}

/** What the hits of a stretch say: each word counts once, by its best form. */
function valueOf(
  worths: readonly number[],
  hits: readonly TokenHit[],
  { from, end }: { readonly from: number; readonly end: number },
): number {
  const weights = worths.map(() => 0);
  let value = 0;
  for (let index = from; index < end; index += 1) {
    const { group = 0, weight = 0 } = hits[index] ?? {};
    const before = weights[group] ?? 0;
    if (weight <= before) continue;
    weights[group] = weight;
    value += (worths[group] ?? 0) * (weight - before);
  }
  // Of windows that say the same, the denser one.
  return value + Math.min(end - from, 10) * 0.001;
}

function cut(window: Window, record: ShownRecord): Snippet {
  const text = record.texts[window.field];
  const stretch = stretchOf(text, Math.max(0, window.first - beforeFirstHit));
  const { start, end } = stretch;
  const spans = spansOf(stretch, window.hits).flatMap((span) =>
    span.start >= start && span.end <= end
      ? [{ start: span.start - start, end: span.end - start }]
      : [],
  );
  const runs = markedRuns(text.slice(start, end), spans).map(({ text, hit }) => ({
    text: onOneLine(text),
    hit,
  }));
  return { field: window.field, runs: withEllipses(runs, start > 0, end < text.length) };
}

/** Places of the tokens from `first` on. */
type Places = {
  readonly first: number;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
};

/** Where the stretch starts and ends, at words; a text that nearly fits is shown whole. */
function stretchOf(text: string, first: number): Places & { start: number; end: number } {
  const { starts, ends } = placesOf(text, first, windowTokens + 1);
  const start = first === 0 ? 0 : (starts[0] ?? 0);
  const isEnd = starts.length <= windowTokens;
  const end = isEnd ? text.length : (ends[windowTokens - 1] ?? text.length);
  return { first, starts, ends, start, end: Math.min(end, start + windowCharacters, text.length) };
}

function lead({ texts }: ShownRecord): Snippet {
  const order: readonly SearchField[] = ["body", "headings", "steps", "prompts", "tags", "title"];
  const field = order.find((name) => texts[name].trim() !== "") ?? "title";
  const text = texts[field];
  const { end } = stretchOf(text, 0);
  const shown = onOneLine(text.slice(0, end)).trim();
  return { field, runs: withEllipses([{ text: shown, hit: false }], false, end < text.length) };
}

function onOneLine(text: string): string {
  return /\s\s|[^\S ]/u.test(text) ? text.replaceAll(/\s+/gu, " ") : text;
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

function spansOf(places: Places, hits: readonly TokenHit[]): readonly MarkedSpan[] {
  return hits.flatMap(({ token, length }) => {
    const start = places.starts[token - places.first];
    const end = places.ends[token - places.first + length - 1];
    return start === undefined || end === undefined ? [] : [{ start, end }];
  });
}
