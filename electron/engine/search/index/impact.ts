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
/** The stems of one part. */
let inField = new Int32Array(1 << 12);

/**
 * Builds a function that tells what the index keeps of a record. What it gives holds until its next
 * call, so that indexing very many records leaves nothing behind to clear away.
 */
export function createAnalyser(): (texts: FieldTexts) => AnalysedRecord {
  let room = roomFor(1 << 12);

  return (texts) => {
    const cut = cutFields(texts);
    const { length } = cut.codes;
    if (room.codes.length < length) room = roomFor(2 * length);
    makeRoom(length);
    room.codes.set(cut.codes);
    const words = room.words.subarray(0, gatherWords(cut.codes, room.words));
    const stems = room.stems.subarray(0, gatherStems(cut, room.stems));
    const impacts = room.impacts.subarray(0, stems.length);
    for (let index = 0; index < stems.length; index += 1) {
      const stem = stems[index] ?? 0;
      impacts[index] = quantised(scores[stem] ?? 0);
      scores[stem] = 0;
    }
    return { codes: room.codes.subarray(0, length), ends: cut.ends, stems, impacts, words };
  };
}

function roomFor(length: number) {
  return {
    codes: new Int32Array(length),
    words: new Int32Array(length),
    stems: new Int32Array(length),
    impacts: new Uint8Array(length),
  };
}

function quantised(score: number): number {
  return Math.max(1, Math.min(255, Math.round(score / impactStep)));
}

function makeRoom(tokens: number): void {
  const { length } = wordFacts().stems;
  if (seen.length < length) seen = new Uint8Array(length);
  if (counts.length < stemCount()) {
    counts = new Int32Array(2 * stemCount());
    scores = new Float32Array(2 * stemCount());
  }
  if (inField.length < tokens) inField = new Int32Array(2 * tokens);
}

/** Puts the different words where there is room for them; gives how many there are. */
function gatherWords(codes: Int32Array, into: Int32Array): number {
  let count = 0;
  for (const code of codes) {
    const word = wordOfCode(code);
    if (isSingle(code) || seen[word] === 1) continue;
    seen[word] = 1;
    into[count] = word;
    count += 1;
  }
  for (let index = 0; index < count; index += 1) seen[into[index] ?? 0] = 0;
  return count;
}

/** The same for stems, with the score of each. */
function gatherStems({ codes, ends }: Codes, into: Int32Array): number {
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
      into[count] = stem;
      count += 1;
    }
    from = end;
  }
  return count;
}
