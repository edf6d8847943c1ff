/**
 * Words and stems as small numbers, so that counting them while a record is indexed needs arrays
 * instead of maps. Numbers hold for the life of the process and are never stored; each different
 * word takes about 100 bytes.
 */

const stemNumbers = new Map<string, number>();
const stems: string[] = [];
const wordNumbers = new Map<string, number>();
const words: { readonly word: string; readonly stem: string }[] = [];

/** The number of a stem. */
export function internedStem(stem: string): number {
  const known = stemNumbers.get(stem);
  if (known !== undefined) return known;
  stemNumbers.set(stem, stems.length);
  return stems.push(stem) - 1;
}

/** The number of a word; its stem comes along. */
export function internedWord(word: string, stem: string): number {
  const known = wordNumbers.get(word);
  if (known !== undefined) return known;
  wordNumbers.set(word, words.length);
  return words.push({ word, stem }) - 1;
}

/** The stem of a number that was given here. */
export function stemOfNumber(number: number): string {
  return stems[number] ?? "";
}

/** The word of a number that was given here, and its stem. */
export function wordOfNumber(number: number): { readonly word: string; readonly stem: string } {
  return words[number] ?? { word: "", stem: "" };
}
