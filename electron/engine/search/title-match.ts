/** How well a title fits what is typed into the switcher. */
import { letterMask } from "./analysis/letter-mask.ts";

/** The start of a word, and the same behind a space: it is looked for in many titles. */
type Start = { readonly word: string; readonly inside: string };

/** What is typed, prepared for many titles. */
export type Typed = {
  readonly words: readonly string[];
  /** All of it, the words with single spaces. */
  readonly whole: Start;
  readonly starts: readonly Start[];
  /** The words without spaces. */
  readonly squashed: string;
  readonly letters: number;
};

/** A title with its letters, see letter-mask.ts. */
export type Title = { readonly folded: string; readonly letters: number };

/** Prepares folded text. */
export function typedFrom(folded: string): Typed {
  const words = folded.split(" ").filter((word) => word !== "");
  const squashed = words.join("");
  const letters = letterMask(squashed);
  return { words, whole: startOf(folded), starts: words.map(startOf), squashed, letters };
}

function startOf(word: string): Start {
  return { word, inside: ` ${word}` };
}

/**
 * From 100 for the title itself down to 0 for no fit: the start of the title, of a word in it, each
 * word the start of one, anywhere in it, the words' initials, and the letters in their order.
 */
export function titleFit(typed: Typed, { folded, letters }: Title): number {
  // Nearly every title is ruled out by a letter it does not have.
  if ((letters & typed.letters) !== typed.letters) return 0;
  const { whole, starts, squashed } = typed;
  const at = folded.indexOf(whole.word);
  if (at === 0) return folded.length === whole.word.length ? 100 : 90;
  if (at > 0 && folded.includes(whole.inside)) return 80;
  if (starts.length > 1 && starts.every((start) => startsWord(folded, start))) return 70;
  if (squashed.length >= 2 && initialsStart(folded, squashed)) return 60;
  if (at > 0 && squashed.length >= 3) return 50;
  return squashed.length >= 4 && isSubsequence(squashed, folded) ? 20 : 0;
}

/** The words that may be meant by one that is typed, and the letters that all of them have. */
export type Alternatives = {
  readonly words: readonly (Start & { readonly letters: number })[];
  readonly common: number;
};

/** Prepares them. */
export function alternativesFrom(words: Iterable<string>): Alternatives {
  const all = Array.from(words, (word) => ({ ...startOf(word), letters: letterMask(word) }));
  return { words: all, common: all.reduce((mask, { letters }) => mask & letters, -1) };
}

/** 40 where each typed word, or one that may be meant by it, starts a word of the title; else 0. */
export function nearFit(alternatives: readonly Alternatives[], title: Title): number {
  for (const { words, common } of alternatives) {
    if ((title.letters & common) !== common) return 0;
    const starts = words.some(
      (start) =>
        (title.letters & start.letters) === start.letters && startsWord(title.folded, start),
    );
    if (!starts) return 0;
  }
  return 40;
}

function startsWord(folded: string, { word, inside }: Start): boolean {
  return folded.startsWith(word) || folded.includes(inside);
}

/** Whether the first letters of the title's words are these, and perhaps more. */
function initialsStart(folded: string, letters: string): boolean {
  let at = 0;
  for (let index = 0; index < letters.length; index += 1) {
    if (folded.charCodeAt(at) !== letters.charCodeAt(index)) return false;
    at = folded.indexOf(" ", at) + 1;
    if (at === 0) return index === letters.length - 1;
  }
  return true;
}

/** The letters in their order, from the start of the title on, without jumping far. */
function isSubsequence(letters: string, folded: string): boolean {
  if (!folded.startsWith(letters.charAt(0))) return false;
  let at = 0;
  for (const letter of letters.slice(1)) {
    const next = folded.indexOf(letter, at + 1);
    if (next === -1 || next - at > 12) return false;
    at = next;
  }
  return true;
}
