/**
 * How much one occurrence of a word says about a record: BM25 by field, summed. Adding the fields'
 * scores, instead of their counts before saturation, measured +0.10 nDCG@10 on handbook pages.
 */
import { type SearchField, searchFields } from "#shared/domain/field.ts";
import { isStopWord } from "../analysis/stop-words.ts";
import { tokenize, type Tokens } from "../analysis/tokenize.ts";
import { createTally } from "./tally.ts";
import type { FieldTexts } from "./field-texts.ts";

type FieldWeight = {
  readonly weight: number;
  /** How far a long text counts against its words, 0 to 1. */
  readonly lengthPenalty: number;
  /** The ordinary length in words. Fixed, so that one record's index entry depends on no other. */
  readonly usualLength: number;
};

export const fieldWeights: Readonly<Record<SearchField, FieldWeight>> = {
  title: { weight: 0.9, lengthPenalty: 0.72, usualLength: 6 },
  headings: { weight: 0.4, lengthPenalty: 0.5, usualLength: 30 },
  steps: { weight: 0.5, lengthPenalty: 0.5, usualLength: 80 },
  prompts: { weight: 0.4, lengthPenalty: 0.5, usualLength: 80 },
  tags: { weight: 0.3, lengthPenalty: 0.3, usualLength: 6 },
  body: { weight: 1, lengthPenalty: 0.7, usualLength: 150 },
};

const saturation = 1;

/** The weight of `count` occurrences in a field that is so many times as long as usual. */
export function fieldScore(field: SearchField, count: number, relativeLength: number): number {
  const { weight, lengthPenalty } = fieldWeights[field];
  const norm = 1 - lengthPenalty + lengthPenalty * relativeLength;
  return (weight * count * (saturation + 1)) / (saturation * norm + count);
}

export type FieldTokens = Readonly<Record<SearchField, Tokens>>;

export type AnalysedRecord = {
  readonly fields: FieldTokens;
  /** The record's different stems, by their numbers in this process. */
  readonly stems: readonly number[];
  /** Impact from 1 to 255 of each stem, in the same order. */
  readonly impacts: Uint8Array;
  /** The record's different words, by their numbers in this process. */
  readonly words: readonly number[];
};

/** One step of a stored impact. */
export const impactStep = 0.03;

/** Cuts every field into its tokens. */
export function tokenizeFields(texts: FieldTexts): FieldTokens {
  return {
    title: tokenize(texts.title),
    headings: tokenize(texts.headings),
    steps: tokenize(texts.steps),
    prompts: tokenize(texts.prompts),
    tags: tokenize(texts.tags),
    body: tokenize(texts.body),
  };
}

/** By stem or word number; all zero between two records. */
const counts = createTally();
const scores = createTally();
const seenWords = createTally();

/** What the index keeps of a record. */
export function analyseRecord(texts: FieldTexts): AnalysedRecord {
  const fields = tokenizeFields(texts);
  const stems: number[] = [];
  const words: number[] = [];
  for (const field of searchFields) {
    const { tokens } = fields[field];
    const inField: number[] = [];
    for (const { word, single, wordNumber, stemNumber } of tokens) {
      if (!single && seenWords.add(wordNumber, 1)) words.push(wordNumber);
      if (isStopWord(word)) continue;
      if (counts.add(stemNumber, 1)) inField.push(stemNumber);
    }
    const relativeLength = tokens.length / fieldWeights[field].usualLength;
    for (const stem of inField) {
      const score = fieldScore(field, counts.take(stem), relativeLength);
      if (scores.add(stem, score)) stems.push(stem);
    }
  }
  for (const word of words) seenWords.take(word);
  const impacts = Uint8Array.from(stems, (stem) => quantised(scores.take(stem)));
  return { fields, stems, impacts, words };
}

function quantised(score: number): number {
  return Math.max(1, Math.min(255, Math.round(score / impactStep)));
}
