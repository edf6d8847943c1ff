/** Folding: what a word looks like when case, accents and typographic variants do not count. */

// Hindi vowel signs and their like carry meaning and stay; these decorate letters.
const decorations = /[\u0300-\u036F\u0591-\u05BD\u05BF\u05C1\u05C2\u064B-\u065F\u0670]/gu;
const foreignToWords = /[^\p{L}\p{N}\p{M}]+/gu;
const special = /[ßæœøđłðþıςħŋ]/gu;
const plain: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ł: "l",
  ð: "d",
  þ: "th",
  ı: "i",
  ς: "σ",
  ħ: "h",
  ŋ: "n",
};
// oxlint-disable-next-line no-control-regex -- the ASCII range is what is asked for.
const ascii = /^[\u0000-\u007F]*$/u;

/** Folds one word; "" when nothing of it can be searched. */
export function foldWord(word: string): string {
  if (ascii.test(word)) return word.toLowerCase();
  return foldLetters(word).replace(foreignToWords, "");
}

/** Folds the letters of a text, and leaves what stands between its words. */
export function foldLetters(text: string): string {
  return text
    .normalize("NFKD")
    .replace(decorations, "")
    .toLowerCase()
    .replace(special, (letter) => plain[letter] ?? letter)
    .normalize("NFC");
}

/** Folds one character of a script without spaces; its voicing marks count. */
export function foldSingle(character: string): string {
  return character.normalize("NFKC").toLowerCase().replace(foreignToWords, "");
}
