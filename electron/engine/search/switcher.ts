/** The quick switcher: titles, tags and people while a few letters are typed, slips forgiven. */
import type Sqlite from "better-sqlite3";
import type { z } from "zod";
import type { search } from "#shared/contract/search.ts";
import { statement } from "../db/statement.ts";
import { letterMask } from "./analysis/letter-mask.ts";
import { foldText, tokenize } from "./analysis/tokenize.ts";
import type { Entry } from "./entry.ts";
import { countMarks } from "./facets.ts";
import { markedRuns, type Run } from "./rank/runs.ts";
import { createTop, offer, ranked, type Top, topPositions } from "./rank/top.ts";
import type { SearchIndex } from "./search-index.ts";
import {
  type Alternatives,
  alternativesFrom,
  nearFit,
  titleFit,
  type Title,
  type Typed,
  typedFrom,
} from "./title-match.ts";

type Input = z.output<(typeof search)["switcher"]["input"]>;
type Row = z.input<(typeof search)["switcher"]["output"]>[number];

export type SwitcherParts = { readonly index: SearchIndex; readonly local: Sqlite.Database };

const recentIds = statement<[], { readonly id: string }>(
  "SELECT record_id AS id FROM recent ORDER BY opened_at DESC, record_id DESC LIMIT 200",
);

const onlyType = { records: undefined, people: "person", departments: "department" } as const;

/** More words near one with a slip than anybody would go through. */
const mostNear = 24;

/** Answers `search.switcher`. */
export function answerSwitcher(parts: SwitcherParts, input: Input): Row[] {
  const { index } = parts;
  index.refresh();
  const typed = typedFrom(foldText(input.text));
  if (input.kind === "tags") return tagRows(index, typed, input.limit);
  const recent = new Map<string, number>();
  for (const { id } of recentIds(parts.local).all()) recent.set(id, recent.size);
  const from = { index, recent, only: onlyType[input.kind], limit: input.limit };
  if (typed.words.length === 0) {
    // Signs alone name nothing.
    const found = input.text.trim() === "" ? latest(from) : [];
    return found.map((entry) => rowOf(from, entry, []));
  }
  const found = fitting(from, (title) => titleFit(typed, title), typed.letters);
  if (found.length >= input.limit) {
    return found.map((entry) => rowOf(from, entry, typed.words));
  }
  const near = typed.words.map((word) => alternativesOf(index, word));
  const words = near.flatMap((alternatives) => alternatives.words.map(({ word }) => word));
  const known = new Set(found.map(({ number }) => number));
  const letters = near.reduce((mask, { common }) => mask | common, 0);
  // Words that are all meant as they stand have found what there is.
  const isForgiving = near.some((alternatives) => alternatives.words.length > 1);
  const forgiven = isForgiving ? fitting(from, (title) => nearFit(near, title), letters) : [];
  return [...found, ...forgiven.filter(({ number }) => !known.has(number))]
    .slice(0, input.limit)
    .map((entry) => rowOf(from, entry, words));
}

type From = {
  readonly index: SearchIndex;
  /** Ids of the records that were opened last, the latest first. */
  readonly recent: ReadonlyMap<string, number>;
  /** The one type of record that is asked for; any without it. */
  readonly only: (typeof onlyType)[keyof typeof onlyType];
  readonly limit: number;
};

/** What was opened last, then what was changed last. */
function latest(from: From): readonly Entry[] {
  const { updated } = from.index.catalogue;
  const opened = openedOf(from);
  const top = createTop(from.limit);
  const offered = candidates(from);
  let toBeat = 0;
  for (let index = 0; index < offered.length; index += 1) {
    const number = offered[index] ?? 0;
    if (updated(number) >= toBeat && !opened.has(number)) {
      toBeat = offer(top, number, updated(number));
    }
  }
  for (const [number, rank] of opened) offer(top, number, Number.MAX_SAFE_INTEGER - rank);
  return entriesAt(from, top);
}

/** What being opened lately counts: half a step. */
const latelyWeight = 5;

/** The titles that fit best; `letters` are those that every fitting title has. */
function fitting(from: From, fit: (title: Title) => number, letters: number): readonly Entry[] {
  const { catalogue } = from.index;
  const all = catalogue.letters();
  const opened = openedOf(from);
  const top = createTop(from.limit);
  const offered = candidates(from);
  let toBeat = 0;
  for (let index = 0; index < offered.length; index += 1) {
    const number = offered[index] ?? 0;
    const own = all[number] ?? 0;
    // Nearly every title is ruled out by a letter it does not have, without a look at the record.
    if ((own & letters) !== letters) continue;
    const folded = catalogue.folded(number);
    const fits = fit({ folded, letters: own });
    if (fits === 0) continue;
    // A shorter title and a later change decide the rest.
    const score = fits + 2 / (1 + folded.length / 20) + catalogue.updated(number) / 1e14;
    // Few can still be among the best.
    if (score + latelyWeight < toBeat) continue;
    toBeat = offer(top, number, opened.has(number) ? score + latelyWeight : score);
  }
  return entriesAt(from, top);
}

/** The numbers of what may be offered. */
function candidates({ index, only }: From): Int32Array {
  const { catalogue } = index;
  return only === undefined
    ? catalogue.numbers()
    : Int32Array.from(catalogue.ofType(only), ({ number }) => number);
}

/** The rank of what was opened last, by number. */
function openedOf({ index, recent, only }: From): ReadonlyMap<number, number> {
  const opened = new Map<number, number>();
  for (const [id, rank] of recent) {
    const entry = index.catalogue.byId(id);
    if (entry === undefined || (only !== undefined && entry.type !== only)) continue;
    opened.set(entry.number, rank);
  }
  return opened;
}

function entriesAt({ index }: From, top: Top): readonly Entry[] {
  return ranked(top).flatMap(({ number }) => index.catalogue.entry(number) ?? []);
}

/** A word that somebody wrote, or the start of one, is meant as it stands. */
function alternativesOf(index: SearchIndex, word: string): Alternatives {
  if (index.vocabulary.completions(word, 1).length > 0) return alternativesFrom([word]);
  const near = [
    ...index.vocabulary.nearest(word, mostNear),
    ...index.vocabulary.nearestStarts(word, mostNear),
  ];
  return alternativesFrom(new Set([word, ...near.map((known) => known.word)]));
}

function rowOf({ index, recent }: From, entry: Entry, words: readonly string[]): Row {
  const department = entry.departmentId === null ? null : index.catalogue.byId(entry.departmentId);
  return {
    kind: "record",
    id: entry.id,
    type: entry.type,
    title: entry.title,
    titleRuns: markWords(entry.title, words),
    department: department?.title ?? null,
    recent: recent.has(entry.id),
  };
}

function tagRows(index: SearchIndex, typed: Typed, limit: number): Row[] {
  const { markNames } = index.catalogue;
  const counts = countMarks(index.catalogue, index.catalogue.numbers());
  const tags = markNames.all("tag").flatMap((number) => {
    const tag = markNames.get(number);
    const count = counts[number] ?? 0;
    return tag === undefined || count === 0 ? [] : [{ tag, count }];
  });
  const near = typed.words.map((word) => alternativesOf(index, word));
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
