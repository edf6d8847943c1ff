/**
 * The exact score of one record: BM25 by field, words standing close together, and how much of the
 * title the query covers. Only the best few by their first score are looked at so closely.
 */
import { type SearchField, searchFields } from "#shared/domain/field.ts";
import { fieldScore } from "../index/impact.ts";
import type { WordStream } from "../index/word-stream.ts";
import type { ScoredGroup } from "../match/match-query.ts";
import type { HitFinder, TokenHit } from "./hit-finder.ts";

const proximityWeight = 0.45;
const titleWeight = 2.2;
/** Above 1: a title with one word of a long question says little about it. */
const titleExponent = 1.3;
/** How much it tells against a record that it lacks words of the query. */
const coverageExponent = 0.2;
/** Words further apart than this are not about each other. */
const farthest = 12;

/** What a query asks, prepared for scoring many records. */
export type Asked = {
  readonly groups: readonly ScoredGroup[];
  readonly find: HitFinder;
  /** The query's own words, folded, with single spaces. */
  readonly folded: string;
};

/** How many words each field has in the records that are compared, on average. */
export type UsualLengths = Readonly<Record<SearchField, number>>;

/**
 * The usual lengths among some records, those without the field aside. The index knows none but fixed
 * ones; where all texts are short, comparing them with each other ranks them better.
 */
export function usualLengths(records: readonly WordStream[]): UsualLengths {
  const usual = (field: SearchField) => {
    const lengths = records.map((words) => words[field].length).filter((length) => length > 0);
    return lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  };
  return {
    title: usual("title"),
    headings: usual("headings"),
    steps: usual("steps"),
    prompts: usual("prompts"),
    tags: usual("tags"),
    body: usual("body"),
  };
}

/** A record as it is scored; `title` is folded. */
export type ScoredText = { readonly words: WordStream; readonly title: string };

/** Scores a record; comparable between the records of one query with the same usual lengths. */
export function exactScore(
  asked: Asked,
  { words, title }: ScoredText,
  usual: UsualLengths,
): number {
  const total = asked.groups.reduce((sum, { idf }) => sum + idf, 0);
  if (total === 0) return 0;
  let score = 0;
  const found = new Set<number>();
  for (const field of searchFields) {
    const { length } = words[field];
    if (length === 0) continue;
    const hits = asked.find(words[field]);
    if (hits.length === 0) continue;
    for (const { group } of hits) found.add(group);
    score += countScore(asked, { field, hits, relativeLength: length / usual[field] });
    score += proximityWeight * proximity(asked, hits);
    if (field === "title") score += titleWeight * total * coverage(asked, { hits, length, total });
  }
  let mass = 0;
  for (const group of found) mass += asked.groups[group]?.idf ?? 0;
  return score * (mass / total) ** coverageExponent + total * titleBonus(asked.folded, title);
}

function countScore(
  { groups }: Asked,
  at: {
    readonly field: SearchField;
    readonly hits: readonly TokenHit[];
    readonly relativeLength: number;
  },
): number {
  const counts = groups.map(() => 0);
  let completions: Map<number, number> | undefined;
  for (const { group, word, weight } of at.hits) {
    if (groups[group]?.prefix === null) {
      counts[group] = (counts[group] ?? 0) + weight;
      continue;
    }
    // One completion of a word that is being typed is meant: different ones do not add up.
    completions ??= new Map();
    const own = (completions.get(word) ?? 0) + weight;
    completions.set(word, own);
    counts[group] = Math.max(counts[group] ?? 0, own);
  }
  let score = 0;
  for (let group = 0; group < counts.length; group += 1) {
    const count = counts[group] ?? 0;
    if (count === 0) continue;
    score += (groups[group]?.idf ?? 0) * fieldScore(at.field, count, at.relativeLength);
  }
  return score;
}

/** Neighbouring hits of different words, by the inverse square of their distance (Büttcher 2006). */
function proximity({ groups }: Asked, hits: readonly TokenHit[]): number {
  const gathered = groups.map(() => 0);
  for (let index = 1; index < hits.length; index += 1) {
    const a = hits[index - 1];
    const b = hits[index];
    if (a === undefined || b === undefined || a.group === b.group) continue;
    const distance = Math.max(1, b.token - a.token - a.length + 1);
    if (distance > farthest) continue;
    const near = 1 / (distance * distance);
    gathered[a.group] = (gathered[a.group] ?? 0) + near * (groups[b.group]?.idf ?? 0);
    gathered[b.group] = (gathered[b.group] ?? 0) + near * (groups[a.group]?.idf ?? 0);
  }
  let score = 0;
  for (let group = 0; group < gathered.length; group += 1) {
    const sum = gathered[group] ?? 0;
    score += Math.min(1, groups[group]?.idf ?? 0) * ((sum * 2.1) / (sum + 1.1));
  }
  return score;
}

/** How much of the query is in the title, and how much of the title is in the query; 0 to 1. */
function coverage(
  { groups }: Asked,
  title: { readonly hits: readonly TokenHit[]; readonly length: number; readonly total: number },
): number {
  const found = groups.map(() => 0);
  const words = new Set<number>();
  for (const { group, token, weight } of title.hits) {
    found[group] = Math.max(found[group] ?? 0, weight);
    words.add(token);
  }
  const mass = groups.reduce((sum, { idf }, group) => sum + idf * (found[group] ?? 0), 0);
  return (mass / title.total) ** titleExponent * Math.sqrt(words.size / title.length);
}

/** The title itself comes first, then titles that start with what was typed. */
function titleBonus(folded: string, title: string): number {
  if (folded === "") return 0;
  if (title === folded) return 6;
  return title.startsWith(folded) ? 1 : 0;
}
