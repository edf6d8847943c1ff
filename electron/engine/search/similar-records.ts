/** Records that a title, and the text under it, may repeat: offered while they are being typed. */
import type { z } from "zod";
import type { records } from "#shared/contract/records.ts";
import { isWeakInQueries } from "./analysis/stop-words.ts";
import { type Token, tokenize } from "./analysis/tokenize.ts";
import type { Entry } from "./entry.ts";
import type { SearchIndex } from "./search-index.ts";

type Input = z.output<(typeof records)["similar"]["input"]>;
type Similar = z.input<(typeof records)["similar"]["output"]>;

/** Records that are looked at closely, and how many are worth showing. */
const pool = 20;
const shown = 5;
const least = 0.35;
/** Words of the text that lead to candidates: its rarest ones. */
const mostTextWords = 12;
/** Tokens of a text that are compared; a copy shows itself long before its end. */
const mostTokens = 3000;
const shingleLength = 4;
const otherTypeFactor = 0.85;

/** Answers `records.similar`: at most five, the likeliest first. */
export function findSimilar(index: SearchIndex, input: Input): Similar {
  index.refresh();
  const title = meaningful(tokenize(input.title).tokens);
  const body = tokenize(input.body.slice(0, 50_000)).tokens.slice(0, mostTokens);
  const leads = [title.map(({ word }) => word), rarest(index, body)];
  const candidates = new Set(leads.flatMap((words) => candidatesFor(index, words)));
  const shingles = shinglesOf(body);
  const weigh = createScale(index);
  const scored = [...candidates].flatMap((number) => {
    const entry = index.catalogue.entry(number);
    if (entry === undefined || entry.id === input.except) return [];
    const score = likeness(index, entry, { title, shingles, weigh });
    const own = entry.type === input.type ? score : score * otherTypeFactor;
    return own < least ? [] : [{ entry, score: Math.min(1, own) }];
  });
  return scored
    .toSorted((a, b) => b.score - a.score || a.entry.number - b.entry.number)
    .slice(0, shown)
    .map(({ entry, score }) => ({ id: entry.id, type: entry.type, title: entry.title, score }));
}

/** The records that have most of the words. */
function candidatesFor(index: SearchIndex, words: readonly string[]): readonly number[] {
  if (words.length === 0) return [];
  const match = index.match(index.parse(`${words.slice(0, 40).join(" ")} `));
  return match.best.slice(0, pool).map(({ number }) => number);
}

/** The words that tell records apart; all of them where there are no others. */
function meaningful(tokens: readonly Token[]): readonly Token[] {
  const strong = tokens.filter(({ word }) => !isWeakInQueries(word));
  return strong.length > 0 ? strong : tokens;
}

function rarest(index: SearchIndex, tokens: readonly Token[]): readonly string[] {
  const words = new Set(meaningful(tokens).map(({ word }) => word));
  return [...words]
    .flatMap((word) => index.vocabulary.find(word) ?? [])
    .toSorted((a, b) => a.documents - b.documents || (a.word < b.word ? -1 : 1))
    .slice(0, mostTextWords)
    .map(({ word }) => word);
}

function likeness(
  index: SearchIndex,
  entry: Entry,
  typed: {
    readonly title: readonly Token[];
    readonly shingles: ReadonlySet<number>;
    readonly weigh: (token: Token) => number;
  },
): number {
  const titled = meaningful(tokenize(entry.title).tokens);
  const byTitle = titleLikeness(typed.weigh, typed.title, titled);
  if (typed.shingles.size < 5) return byTitle;
  const text = index.records.texts.of(entry)?.body.slice(0, 50_000) ?? "";
  const theirs = shinglesOf(tokenize(text).tokens.slice(0, mostTokens));
  const byText =
    theirs.size === 0 ? 0 : typed.shingles.intersection(theirs).size / typed.shingles.size;
  return Math.max(byText, byTitle, (byTitle + byText) / 1.5);
}

/** Rare words weigh more; each is looked up once. */
function createScale(index: SearchIndex): (token: Token) => number {
  const weights = new Map<string, number>();
  return ({ word }) => {
    const known = weights.get(word);
    if (known !== undefined) return known;
    const documents = index.vocabulary.find(word)?.documents ?? 0;
    const weight = Math.log(2 + index.catalogue.size() / (1 + documents));
    weights.set(word, weight);
    return weight;
  };
}

/** Twice what the titles share over what both say, each word weighed by how rare it is (Dice). */
function titleLikeness(
  weigh: (token: Token) => number,
  a: readonly Token[],
  b: readonly Token[],
): number {
  const inA = new Map(a.map((token) => [token.stem, weigh(token)]));
  const inB = new Map(b.map((token) => [token.stem, weigh(token)]));
  let shared = 0;
  for (const [stem, weight] of inA) {
    const other = inB.get(stem);
    if (other !== undefined) shared += (weight + other) / 2;
  }
  const total = sum(inA.values()) + sum(inB.values());
  return total === 0 ? 0 : (2 * shared) / total;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Runs of words as hashes: the same run gives the same hash, another one hardly ever does. */
function shinglesOf(tokens: readonly Token[]): ReadonlySet<number> {
  const shingles = new Set<number>();
  for (let start = 0; start + shingleLength <= tokens.length; start += 1) {
    let hash = 17;
    for (let at = start; at < start + shingleLength; at += 1) {
      hash = (Math.imul(hash, 0x01000193) ^ (tokens[at]?.stemNumber ?? 0)) | 0;
    }
    shingles.add(hash);
  }
  return shingles;
}
