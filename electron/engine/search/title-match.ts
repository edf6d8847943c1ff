/** How well a title fits what is typed into the switcher. */
import { letterMask } from "./analysis/letter-mask.ts";

/** What is typed, prepared for many titles. */
export type Typed = {
  /** Folded words with single spaces. */
  readonly folded: string;
  readonly words: readonly string[];
  readonly letters: number;
};

/** A title with its letters, see letter-mask.ts. */
export type Title = { readonly folded: string; readonly letters: number };

/** Prepares folded text. */
export function typedFrom(folded: string): Typed {
  const words = folded.split(" ").filter((word) => word !== "");
  return { folded, words, letters: letterMask(words.join("")) };
}

/**
 * From 100 for the title itself down to 0 for no fit: the start of the title, of a word in it, each
 * word the start of one, anywhere in it, the words' initials, and the letters in their order.
 */
export function titleFit(typed: Typed, title: Title): number {
  // Nearly every title is ruled out by a letter it does not have.
  if ((title.letters & typed.letters) !== typed.letters) return 0;
  const { folded, words } = typed;
  if (title.folded === folded) return 100;
  if (title.folded.startsWith(folded)) return 90;
  if (title.folded.includes(` ${folded}`)) return 80;
  if (words.length > 1 && words.every((word) => startsWord(title.folded, word))) return 70;
  const squashed = words.join("");
  if (squashed.length >= 2 && initials(title.folded).startsWith(squashed)) return 60;
  if (squashed.length >= 3 && title.folded.includes(folded)) return 50;
  return squashed.length >= 4 && isSubsequence(squashed, title.folded) ? 20 : 0;
}

/** The words that may be meant by one that is typed, and the letters that all of them have. */
export type Alternatives = {
  readonly words: readonly { readonly word: string; readonly letters: number }[];
  readonly common: number;
};

/** Prepares them. */
export function alternativesFrom(words: Iterable<string>): Alternatives {
  const all = Array.from(words, (word) => ({ word, letters: letterMask(word) }));
  return { words: all, common: all.reduce((mask, { letters }) => mask & letters, -1) };
}

/** 40 where each typed word, or one that may be meant by it, starts a word of the title; else 0. */
export function nearFit(alternatives: readonly Alternatives[], title: Title): number {
  for (const { words, common } of alternatives) {
    if ((title.letters & common) !== common) return 0;
    const starts = words.some(
      ({ word, letters }) =>
        (title.letters & letters) === letters && startsWord(title.folded, word),
    );
    if (!starts) return 0;
  }
  return 40;
}

function startsWord(folded: string, word: string): boolean {
  return folded.startsWith(word) || folded.includes(` ${word}`);
}

function initials(folded: string): string {
  let letters = folded.charAt(0);
  for (let at = folded.indexOf(" "); at !== -1; at = folded.indexOf(" ", at + 1)) {
    letters += folded.charAt(at + 1);
  }
  return letters;
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
