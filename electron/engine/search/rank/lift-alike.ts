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
  const sieve = wordSieve(telling.keys());
  const lengths = scored.map(({ words }) => lengthOf(words));
  const usual = lengths.reduce((sum, length) => sum + length, 0) / scored.length;
  return scored.map((text, at) => {
    const share = shareOf({ telling, sieve }, text.words, (lengths[at] ?? 0) / usual);
    return { ...text, score: text.score + weight * best * share };
  });
}

/** The words that the answers share, by number, with weights that add up to 1. */
function tellingWords({ vocabulary, size }: Parts, first: readonly Scored[]): Map<number, number> {
  const best = first[0]?.score ?? 1;
  const found = new Map<number, { sum: number; answers: number }>();
  for (const { words, score } of first) {
    for (const [word, count] of countsOf(words)) {
      const known = found.get(word) ?? { sum: 0, answers: 0 };
      known.sum += ((score / best) * count) / (count + 1);
      known.answers += 1;
      found.set(word, known);
    }
  }
  const weighed: [number, number][] = [];
  for (const [word, { sum, answers: standsIn }] of found) {
    if (standsIn < leastAnswers) continue;
    const documents = vocabulary.documentsOf(word);
    if (documents > 0)
      weighed.push([word, sum * Math.log(1 + (size - documents + 0.5) / (documents + 0.5))]);
  }
  const most = weighed.toSorted((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, mostWords);
  const total = most.reduce((sum, [, value]) => sum + value, 0);
  return new Map(most.map(([word, value]) => [word, value / total]));
}

/** How much of the telling words a record has, up to 2. */
function shareOf(
  { telling, sieve }: { readonly telling: ReadonlyMap<number, number>; readonly sieve: WordSieve },
  words: WordStream,
  relativeLength: number,
): number {
  const counts = new Map<number, number>();
  for (const field of searchFields) {
    for (const word of words[field]) {
      if (mayBeIn(sieve, word) && telling.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  let share = 0;
  for (const [word, count] of counts) {
    share += ((telling.get(word) ?? 0) * 2 * count) / (count + 0.5 + 0.5 * relativeLength);
  }
  return share;
}

function countsOf(words: WordStream): Map<number, number> {
  const counts = new Map<number, number>();
  for (const field of searchFields) {
    for (const word of words[field]) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

function lengthOf(words: WordStream): number {
  return searchFields.reduce((sum, field) => sum + words[field].length, 0);
}
