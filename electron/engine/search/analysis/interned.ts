/**
 * Words and stems as small numbers, so that counting them while a record is indexed needs arrays
 * instead of maps. Numbers hold for the life of the process and are never stored; each different
 * word takes about 100 bytes.
 */
import { porterStem } from "./porter.ts";
import { isStopWord } from "./stop-words.ts";

const stemNumbers = new Map<string, number>();
const stems: string[] = [];
const wordNumbers = new Map<string, number>();
const words: string[] = [];

/** By the number of a word, its stem's number and whether it is a stop word. */
let stemsOfWords = new Int32Array(1 << 14);
let stopWords = new Uint8Array(1 << 14);

const latinWord = /^[a-z]+$/u;

/** The number of a stem. */
export function internedStem(stem: string): number {
  const known = stemNumbers.get(stem);
  if (known !== undefined) return known;
  stemNumbers.set(stem, stems.length);
  return stems.push(stem) - 1;
}

/** The number of a folded word. */
export function internedWord(word: string): number {
  const known = wordNumbers.get(word);
  if (known !== undefined) return known;
  // A part of a long string keeps all of it in memory, so what is remembered is put together anew.
  const own = word.split("").join("");
  const number = words.push(own) - 1;
  wordNumbers.set(own, number);
  if (number === stopWords.length) widen(2 * number);
  stemsOfWords[number] = internedStem(latinWord.test(own) ? porterStem(own) : own);
  stopWords[number] = isStopWord(own) ? 1 : 0;
  return number;
}

function widen(length: number): void {
  const [before, stopsBefore] = [stemsOfWords, stopWords];
  stemsOfWords = new Int32Array(length);
  stemsOfWords.set(before);
  stopWords = new Uint8Array(length);
  stopWords.set(stopsBefore);
}

/** The stem of a number that was given here. */
export function stemOfNumber(number: number): string {
  return stems[number] ?? "";
}

/** The word of a number that was given here. */
export function wordOfNumber(number: number): string {
  return words[number] ?? "";
}

/** The number of a word's stem. */
export function stemNumberOf(word: number): number {
  return stemsOfWords[word] ?? 0;
}

/** What holds for all words by now, in arrays by their numbers, for loops over very many. */
export function wordFacts(): { readonly stems: Int32Array; readonly stopWords: Uint8Array } {
  return { stems: stemsOfWords, stopWords };
}

/** How many stems there are by now. */
export function stemCount(): number {
  return stems.length;
}
