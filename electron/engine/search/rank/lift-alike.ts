/**
 * Lifts the records that speak of the same as the first few: what those have in common says what the
 * question is about. This is relevance feedback (RM3, Lavrenko and Croft 2001) within the records that
 * are ranked closely anyway, so it costs no second search. Measured on judged collections it gave 0.01
 * nDCG@10 for questions of a sentence, and nothing either way for two or three words.
 */
import { searchFields } from "#shared/domain/field.ts";
import type { Vocabulary } from "../index/vocabulary.ts";
import type { WordStream } from "../index/word-stream.ts";
import { mayBeIn, type WordSieve, wordSieve } from "./word-sieve.ts";

/** The first answers, and in how many of them a word has to stand. */
const answers = 5;
const leastAnswers = 2;
/** The words that say most about them. */
const mostWords = 20;
/** What they may add, as a share of the best score. */
const weight = 0.3;

type Scored = { readonly number: number; readonly words: WordStream; readonly score: number };

type Parts = {
  readonly vocabulary: Pick<Vocabulary, "documentsOf">;
  /** How many records there are. */
  readonly size: number;
};

/** Scores records that come best first; their order changes with it. */
export function liftAlike<Text extends Scored>(parts: Parts, scored: readonly Text[]): Text[] {
  const best = scored[0]?.score ?? 0;
  if (scored.length <= answers || best <= 0) return [...scored];
  const telling = tellingWords(parts, scored.slice(0, answers));
  const lengths = scored.map(({ words }) => lengthOf(words));
  const usual = lengths.reduce((sum, length) => sum + length, 0) / scored.length;
  return scored.map((text, at) => {
    const share = shareOf(telling, text.words, (lengths[at] ?? 0) / usual);
    return { ...text, score: text.score + weight * best * share };
  });
}

/** The words that the answers share. */
type Telling = {
  /** Their places in `weights`, by their numbers. */
  readonly places: ReadonlyMap<number, number>;
  /** They add up to 1. */
  readonly weights: readonly number[];
  readonly sieve: WordSieve;
};

function tellingWords({ vocabulary, size }: Parts, first: readonly Scored[]): Telling {
  const best = first[0]?.score ?? 1;
  const occurrences = occurrencesIn(first.map(({ words }) => words));
  const weighed: [number, number][] = [];
  let at = 0;
  while (at < occurrences.length) {
    const word = wordIn(occurrences[at] ?? 0);
    let [sum, standsIn] = [0, 0];
    while (at < occurrences.length && wordIn(occurrences[at] ?? 0) === word) {
      const start = at;
      const same = occurrences[start] ?? 0;
      while (occurrences[at] === same) at += 1;
      const score = first[textIn(same)]?.score ?? 0;
      sum += ((score / best) * (at - start)) / (at - start + 1);
      standsIn += 1;
    }
    const documents = standsIn < leastAnswers ? 0 : vocabulary.documentsOf(word);
    if (documents > 0)
      weighed.push([word, sum * Math.log(1 + (size - documents + 0.5) / (documents + 0.5))]);
  }
  const most = weighed.toSorted((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, mostWords);
  const total = most.reduce((sum, [, value]) => sum + value, 0);
  return {
    places: new Map(most.map(([word], place) => [word, place])),
    weights: most.map(([, value]) => value / total),
    sieve: wordSieve(most.map(([word]) => word)),
  };
}

/** The answers fit into so many bits. */
const textBits = 3;

/** Each occurrence of a word as one number, a word's one after another and then a text's. */
function occurrencesIn(texts: readonly WordStream[]): Int32Array {
  const occurrences = new Int32Array(texts.reduce((sum, words) => sum + lengthOf(words), 0));
  let used = 0;
  for (const [text, words] of texts.entries()) {
    for (const field of searchFields) {
      for (const word of words[field]) {
        occurrences[used] = (word << textBits) | text;
        used += 1;
      }
    }
  }
  return occurrences.toSorted();
}

function wordIn(occurrence: number): number {
  return occurrence >> textBits;
}

function textIn(occurrence: number): number {
  return occurrence & ((1 << textBits) - 1);
}

/** How much of the telling words a record has, up to 2. */
function shareOf(
  { places, weights, sieve }: Telling,
  words: WordStream,
  relativeLength: number,
): number {
  const counts = new Uint16Array(weights.length);
  for (const field of searchFields) {
    const part = words[field];
    for (let at = 0; at < part.length; at += 1) {
      const word = part[at] ?? 0;
      if (!mayBeIn(sieve, word)) continue;
      const place = places.get(word);
      if (place !== undefined) counts[place] = (counts[place] ?? 0) + 1;
    }
  }
  let share = 0;
  for (const [place, count] of counts.entries()) {
    if (count > 0)
      share += ((weights[place] ?? 0) * 2 * count) / (count + 0.5 + 0.5 * relativeLength);
  }
  return share;
}

function lengthOf(words: WordStream): number {
  return searchFields.reduce((sum, field) => sum + words[field].length, 0);
}
