/** The quick switcher: titles, tags and people while a few letters are typed, slips forgiven. */
import type Sqlite from "better-sqlite3";
import type { z } from "zod";
import type { search } from "#shared/contract/search.ts";
import { statement } from "../db/statement.ts";
import { letterMask } from "./analysis/letter-mask.ts";
import { foldText, tokenize } from "./analysis/tokenize.ts";
import type { Entry } from "./catalogue.ts";
import { markedRuns, type Run } from "./rank/runs.ts";
import { topPositions } from "./rank/top.ts";
import type { SearchIndex } from "./search-index.ts";
import { nearFit, titleFit, type Title, type Typed, typedFrom } from "./title-match.ts";

type Input = z.output<(typeof search)["switcher"]["input"]>;
type Row = z.input<(typeof search)["switcher"]["output"]>[number];

export type SwitcherParts = { readonly index: SearchIndex; readonly local: Sqlite.Database };

const recentIds = statement<[], { readonly id: string }>(
  "SELECT record_id AS id FROM recent ORDER BY opened_at DESC, record_id DESC LIMIT 200",
);

/** More words near one with a slip than anybody would go through. */
const mostNear = 40;

/** Answers `search.switcher`. */
export function answerSwitcher(parts: SwitcherParts, input: Input): Row[] {
  const { index } = parts;
  index.refresh();
  const typed = typedFrom(foldText(input.text));
  if (input.kind === "tags") return tagRows(index, typed, input.limit);
  const recent = new Map<string, number>();
  for (const { id } of recentIds(parts.local).all()) recent.set(id, recent.size);
  const entries =
    input.kind === "people"
      ? [...index.catalogue.ofType("person")]
      : [...index.catalogue.entries()];
  if (typed.words.length === 0) {
    // Signs alone name nothing.
    return input.text.trim() === "" ? latest(index, { entries, recent }, input.limit) : [];
  }
  const words = new Set(typed.words);
  let found = bestEntries(entries, recent, { limit: input.limit, fit: (t) => titleFit(typed, t) });
  if (found.length < input.limit) {
    const near = alternativesOf(index, typed);
    for (const alternatives of near) for (const { word } of alternatives) words.add(word);
    const fit = (title: Title) => Math.max(titleFit(typed, title), nearFit(near, title));
    found = bestEntries(entries, recent, { limit: input.limit, fit });
  }
  return found.map((entry) => rowOf(index, entry, { words: [...words], recent }));
}

/** What was opened last, then what was changed last. */
function latest(
  index: SearchIndex,
  from: { readonly entries: readonly Entry[]; readonly recent: ReadonlyMap<string, number> },
  limit: number,
): Row[] {
  const scores = from.entries.map((entry) => {
    const rank = from.recent.get(entry.id);
    return rank === undefined ? entry.updated : Number.MAX_SAFE_INTEGER - rank;
  });
  return topPositions(scores, limit).flatMap((position) => {
    const entry = from.entries[position];
    return entry === undefined ? [] : [rowOf(index, entry, { words: [], recent: from.recent })];
  });
}

function bestEntries(
  entries: readonly Entry[],
  recent: ReadonlyMap<string, number>,
  by: { readonly limit: number; readonly fit: (title: Title) => number },
): readonly Entry[] {
  const fitting: Entry[] = [];
  const scores: number[] = [];
  for (const entry of entries) {
    const fit = by.fit(entry);
    if (fit === 0) continue;
    fitting.push(entry);
    // Opened lately counts for half a step, a shorter title and a later change decide the rest.
    const opened = recent.has(entry.id) ? 5 : 0;
    const brevity = 2 / (1 + entry.folded.length / 20);
    scores.push(fit + opened + brevity + entry.updated / 1e14);
  }
  return topPositions(scores, by.limit).flatMap((position) => fitting[position] ?? []);
}

function alternativesOf(index: SearchIndex, typed: Typed) {
  return typed.words.map((word) => {
    const near = [
      ...index.vocabulary.nearest(word, mostNear),
      ...index.vocabulary.nearestStarts(word, mostNear),
    ];
    const words = new Set([word, ...near.map((known) => known.word)]);
    return Array.from(words, (one) => ({ word: one, letters: letterMask(one) }));
  });
}

function rowOf(
  index: SearchIndex,
  entry: Entry,
  how: { readonly words: readonly string[]; readonly recent: ReadonlyMap<string, number> },
): Row {
  const department = entry.departmentId === null ? null : index.catalogue.byId(entry.departmentId);
  return {
    kind: "record",
    id: entry.id,
    type: entry.type,
    title: entry.title,
    titleRuns: markWords(entry.title, how.words),
    department: department?.title ?? null,
    recent: how.recent.has(entry.id),
  };
}

function tagRows(index: SearchIndex, typed: Typed, limit: number): Row[] {
  const { marks } = index.catalogue;
  const counts = new Int32Array(marks.count());
  for (const entry of index.catalogue.entries()) {
    for (const mark of entry.marks) counts[mark] = (counts[mark] ?? 0) + 1;
  }
  const tags = marks.all("tag").flatMap((number) => {
    const tag = marks.get(number);
    const count = counts[number] ?? 0;
    return tag === undefined || count === 0 ? [] : [{ tag, count }];
  });
  const near = typed.words.length === 0 ? [] : alternativesOf(index, typed);
  const scored = tags.flatMap(({ tag, count }) => {
    const title = { folded: tag.folded, letters: letterMask(tag.folded.replaceAll(" ", "")) };
    const fit = near.length === 0 ? 1 : Math.max(titleFit(typed, title), nearFit(near, title));
    return fit === 0 ? [] : [{ value: tag.value, score: fit + Math.min(4, Math.log10(count)) }];
  });
  const scores = scored.map(({ score }) => score);
  return topPositions(scores, limit).flatMap((position) => {
    const value = scored[position]?.value;
    if (value === undefined) return [];
    const titleRuns = markWords(value, typed.words);
    const row = { kind: "tag" as const, id: value, type: "tag", title: value };
    return [{ ...row, titleRuns, department: null, recent: false }];
  });
}

/** Marks the typed part of each word that it starts. */
function markWords(text: string, words: readonly string[]): Run[] {
  const { tokens, starts, ends } = tokenize(text);
  const spans = tokens.flatMap((token, index) => {
    const typed = words.find((word) => token.word.startsWith(word));
    const start = starts[index];
    const end = ends[index];
    if (typed === undefined || start === undefined || end === undefined) return [];
    // Where folding changed the length, letters cannot be counted off: the whole word is marked.
    const whole = end - start !== token.word.length;
    return [{ start, end: whole ? end : start + typed.length }];
  });
  return markedRuns(text, spans);
}
