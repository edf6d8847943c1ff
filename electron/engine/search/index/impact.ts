/**
 * How much one occurrence of a word says about a record: BM25 by field, summed. Adding the fields'
 * scores, instead of their counts before saturation, measured +0.10 nDCG@10 on handbook pages.
 */
import { type SearchField, searchFields } from "#shared/domain/field.ts";
import { stemCount, wordFacts } from "../analysis/interned.ts";
import { type Codes, codesOf, isSingle, wordOfCode } from "../analysis/tokenize.ts";
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

export type AnalysedRecord = Codes & {
  /** The record's different stems, by their numbers in this process. */
  readonly stems: Int32Array;
  /** Impact from 1 to 255 of each stem, in the same order. */
  readonly impacts: Uint8Array;
  /** The record's different words but single characters, by their numbers in this process. */
  readonly words: Int32Array;
};

/** One step of a stored impact. */
export const impactStep = 0.03;

/** Cuts every part into its tokens, the parts in the order of `searchFields`. */
export function cutFields(texts: FieldTexts): Codes {
  return codesOf(searchFields.map((field) => texts[field]));
}

/** By stem, how often it stands in a part, and what it scores so far; all zero between two records. */
let counts = new Int32Array(1 << 14);
let scores = new Float32Array(1 << 14);
/** By word, whether the record has it; all zero between two records. */
let seen = new Uint8Array(1 << 14);
/** The different stems or words that are being gathered. */
let found = new Int32Array(1 << 12);
let inField = new Int32Array(1 << 12);

/** What the index keeps of a record. */
export function analyseRecord(texts: FieldTexts): AnalysedRecord {
  const cut = cutFields(texts);
  makeRoom(cut.codes.length);
  const words = found.slice(0, gatherWords(cut.codes));
  const stems = found.slice(0, gatherStems(cut));
  for (const word of words) seen[word] = 0;
  const impacts = Uint8Array.from(stems, (stem) => {
    const score = scores[stem] ?? 0;
    scores[stem] = 0;
    return Math.max(1, Math.min(255, Math.round(score / impactStep)));
  });
  return { ...cut, stems, impacts, words };
}

function makeRoom(tokens: number): void {
  const { length } = wordFacts().stems;
  if (seen.length < length) seen = new Uint8Array(length);
  if (counts.length < stemCount()) {
    counts = new Int32Array(2 * stemCount());
    scores = new Float32Array(2 * stemCount());
  }
  if (found.length >= tokens) return;
  found = new Int32Array(2 * tokens);
  inField = new Int32Array(2 * tokens);
}

/** Gives how many different words there are, which stand in `found` then. */
function gatherWords(codes: Int32Array): number {
  let count = 0;
  for (const code of codes) {
    const word = wordOfCode(code);
    if (isSingle(code) || seen[word] === 1) continue;
    seen[word] = 1;
    found[count] = word;
    count += 1;
  }
  return count;
}

/** The same for stems, with the score of each. */
function gatherStems({ codes, ends }: Codes): number {
  const { stems, stopWords } = wordFacts();
  let count = 0;
  let from = 0;
  for (const [index, field] of searchFields.entries()) {
    const end = ends[index] ?? from;
    let different = 0;
    for (let at = from; at < end; at += 1) {
      const word = wordOfCode(codes[at] ?? 0);
      if (stopWords[word] === 1) continue;
      const stem = stems[word] ?? 0;
      const before = counts[stem] ?? 0;
      counts[stem] = before + 1;
      if (before > 0) continue;
      inField[different] = stem;
      different += 1;
    }
    const relativeLength = (end - from) / fieldWeights[field].usualLength;
    for (let at = 0; at < different; at += 1) {
      const stem = inField[at] ?? 0;
      const before = scores[stem] ?? 0;
      scores[stem] = before + fieldScore(field, counts[stem] ?? 0, relativeLength);
      counts[stem] = 0;
      if (before > 0) continue;
      found[count] = stem;
      count += 1;
    }
    from = end;
  }
  return count;
}
