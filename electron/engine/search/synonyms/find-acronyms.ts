/**
 * Acronyms that a text explains as "long form (LF)". The long form is found by its letters, from the
 * right (Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions", 2003).
 */
import { isStopWord, isWeakInQueries } from "../analysis/stop-words.ts";

export type Acronym = { readonly short: string; readonly long: string };

/** Two to eight letters and digits, most of them capitals, in brackets of their own. */
const inBrackets = /\(([A-Z][A-Za-z0-9]{1,7})\)/gu;
const wordBefore = /[\p{L}\p{N}][\p{L}\p{N}'’-]*(?=[^\p{L}\p{N}]*$)/u;
/** No explanation is longer, whatever the number of letters. */
const mostCharacters = 120;

/** Every acronym of a text, in the order of their explanations; each pair once. */
export function findAcronyms(text: string): readonly Acronym[] {
  if (!text.includes("(")) return [];
  const found = new Map<string, Acronym>();
  for (const match of text.matchAll(inBrackets)) {
    const [, written = ""] = match;
    const short = written.replace(/s$/u, "");
    if (!isAcronym(short)) continue;
    const before = text.slice(Math.max(0, match.index - mostCharacters), match.index);
    const long = longFormOf(short, sentenceEnd(before));
    if (long !== undefined) found.set(`${short} ${long}`, { short, long });
  }
  return [...found.values()];
}

/** Mostly capitals, and no word of its own: a name in brackets is none, and IT is asked for as it. */
function isAcronym(short: string): boolean {
  const capitals = short.replaceAll(/[^A-Z]/gu, "").length;
  return capitals >= 2 && capitals * 2 > short.length && !isWeakInQueries(short.toLowerCase());
}

/** What belongs together before the bracket: an explanation does not reach over a full stop or a line. */
function sentenceEnd(before: string): string {
  const starts = [". ", "\n", "; ", ": ", ") "].map((end) => before.lastIndexOf(end));
  return before.slice(Math.max(...starts) + 1);
}

function longFormOf(short: string, before: string): string | undefined {
  const letters = short.toLowerCase();
  const words = lastWords(before.toLowerCase(), Math.min(short.length + 5, short.length * 2));
  const long = byInitials(letters, words) ?? byLetters(letters, words.join(" "));
  // One word is hardly an explanation, and the acronym's own letters prove nothing.
  return long === undefined || !/[\s-]/u.test(long) || wordsIn(long).includes(letters)
    ? undefined
    : long;
}

/** The last words whose initials are the letters; "of" and its like need not be among them. */
function byInitials(letters: string, words: readonly string[]): string | undefined {
  let left = letters.length;
  for (let at = words.length - 1; at >= 0; at -= 1) {
    const parts = wordsIn(words[at] ?? "").toReversed();
    for (const part of parts) {
      const opens = left === 1 && isStopWord(part);
      if (left > 0 && !opens && part.startsWith(letters.charAt(left - 1))) left -= 1;
      else if (!isWeakInQueries(part)) return undefined;
    }
    if (left === 0) return words.slice(at).join(" ");
  }
  return undefined;
}

/** The shortest end of the text that has the letters in their order, the first at the start of a word. */
function byLetters(letters: string, text: string): string | undefined {
  let at = text.length;
  for (let letter = letters.length - 1; letter >= 0; letter -= 1) {
    const fits = (place: number) => letter > 0 || startsLongForm(text, place);
    at = text.lastIndexOf(letters.charAt(letter), at - 1);
    while (at > 0 && !fits(at)) at = text.lastIndexOf(letters.charAt(letter), at - 1);
    if (at < 0 || !fits(at)) return undefined;
    if (at === 0 && letter > 0) return undefined;
  }
  return text.slice(at);
}

/** "Office of …" starts with its office. */
function startsLongForm(text: string, at: number): boolean {
  const [word = ""] = wordsIn(text.slice(at));
  return (at === 0 || /[\s-]/u.test(text.charAt(at - 1))) && !isStopWord(word);
}

function wordsIn(text: string): readonly string[] {
  return text.split(/[\s-]+/u);
}

function lastWords(text: string, most: number): readonly string[] {
  const words: string[] = [];
  let rest = text;
  while (words.length < most) {
    const match = wordBefore.exec(rest);
    if (match === null) break;
    words.unshift(match[0]);
    rest = rest.slice(0, match.index);
  }
  return words;
}
