/** Which characters make words: the one decision that indexing, queries and snippets share. */

/** `single`: scripts written without spaces, where each character is a token of its own. */
export const characterKind = { separator: 0, word: 1, single: 2, mark: 3, apostrophe: 4 } as const;
export type CharacterKind = (typeof characterKind)[keyof typeof characterKind];

const singleScripts =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30FC\uFF70]/u;
const marks = /[\p{M}\u1160-\u11FF\uFF9E\uFF9F]/u;
const wordCharacters = /[\p{L}\p{N}]/u;

const unknown = 255;
const basicPlane = new Uint8Array(0x10000).fill(unknown);

/** The kind of a code point. The answers for the basic plane are remembered in 64 KB. */
export function kindOf(codePoint: number): CharacterKind {
  if (codePoint > 0xffff) return classify(codePoint);
  const known = basicPlane[codePoint];
  if (known !== undefined && known !== unknown && isKind(known)) return known;
  const kind = classify(codePoint);
  basicPlane[codePoint] = kind;
  return kind;
}

function isKind(value: number): value is CharacterKind {
  return value < 5;
}

function classify(codePoint: number): CharacterKind {
  // A lone surrogate is no character.
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return characterKind.separator;
  if (codePoint === 0x27 || codePoint === 0x2019) return characterKind.apostrophe;
  const character = String.fromCodePoint(codePoint);
  if (marks.test(character)) return characterKind.mark;
  if (!wordCharacters.test(character)) return characterKind.separator;
  return singleScripts.test(character) ? characterKind.single : characterKind.word;
}
