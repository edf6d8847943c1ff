/**
 * How the handbook's search cuts text into words and folds them. The page's own script does the
 * same (resources/handbook/scripts/words.js): a test compares the two on any text.
 */
import lunr from "lunr";
import { foldLetters } from "../search/analysis/fold.ts";
import { isStopWord } from "../search/analysis/stop-words.ts";

/** A word as it is written, folded, and the stem under which it is indexed. */
export type Word = { readonly word: string; readonly term: string };

const runs = /[\p{L}\p{N}\p{M}]+/gu;
/** Scripts without spaces: their words are pairs of neighbours, and the last character alone. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30FC]+/gu;
const longest = 40;

/** The folded words of a text, in order. */
export function foldedWords(text: string): readonly string[] {
  const folded = foldLetters(text).replaceAll(/['’](?:s(?![\p{L}\p{N}]))?/gu, "");
  const words: string[] = [];
  for (const [run] of folded.matchAll(runs)) {
    let at = 0;
    for (const match of run.matchAll(unspaced)) {
      if (match.index > at) words.push(run.slice(at, match.index));
      words.push(...pairs(match[0]));
      at = match.index + match[0].length;
    }
    if (at < run.length) words.push(run.slice(at));
  }
  return words.filter((word) => word.length <= longest);
}

function pairs(run: string): readonly string[] {
  const characters = Array.from(run);
  return characters.map((character, index) => character + (characters[index + 1] ?? ""));
}

const remembered = new Map<string, string>();
const mostRemembered = 100_000;

/** The stem of a folded word, as lunr makes it. */
export function termOf(word: string): string {
  if (!/^[a-z]+$/u.test(word)) return word;
  const known = remembered.get(word);
  if (known !== undefined) return known;
  if (remembered.size >= mostRemembered) remembered.clear();
  const term = lunr.stemmer(new lunr.Token(word, {})).toString();
  remembered.set(word, term);
  return term;
}

/** The words of a text that are indexed. */
export function indexedWords(text: string): readonly Word[] {
  return foldedWords(text)
    .filter((word) => !isStopWord(word))
    .map((word) => ({ word, term: termOf(word) }));
}
