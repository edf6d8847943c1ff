/**
 * The one analyser: index, queries and snippets all cut text into tokens here. Words are runs of
 * letters and digits; scripts without spaces give one token a character, and a run of those is
 * searched as a phrase, which finds any substring.
 */
import { characterKind, type CharacterKind, kindOf } from "./characters.ts";
import { foldSingle, foldWord } from "./fold.ts";
import { internedStem, internedWord } from "./interned.ts";
import { porterStem } from "./porter.ts";

export type Token = {
  /** Folded, as it stands in the vocabulary. */
  readonly word: string;
  /** What postings and phrases are kept under. */
  readonly stem: string;
  /** Numbers of the word and of the stem in this process, see interned.ts. */
  readonly wordNumber: number;
  readonly stemNumber: number;
  /** A character of a script without spaces. */
  readonly single: boolean;
};

/** The tokens of a text and where they stand, in UTF-16 code units: `text.slice(starts[i], ends[i])`. */
export type Tokens = {
  readonly tokens: readonly Token[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
};

/** A run longer than this is no word (a hash, Base64) and would only bloat the vocabulary. */
const longestWord = 64;
const rememberedWords = 60_000;
const latinWord = /^[a-z]+$/u;
const contraction = /^(?:s|t|d|m|ll|re|ve)$/iu;

const remembered = new Map<string, Token | null>();

/** Cuts a text into tokens. Any string will do; what is no letter or digit only separates. */
export function tokenize(text: string): Tokens {
  const tokens: Token[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  while (at < text.length) {
    const kind = kindAt(text, at);
    const single = kind === characterKind.single;
    if (!single && kind !== characterKind.word) {
      at += widthAt(text, at);
      continue;
    }
    const end = single ? endOfSingle(text, at) : endOfWord(text, at);
    const token = end - at > longestWord ? null : tokenOf(text.slice(at, end), single);
    if (token !== null) {
      tokens.push(token);
      starts.push(at);
      ends.push(end);
    }
    at = end;
  }
  return { tokens, starts, ends };
}

/**
 * Where the tokens from `first` on stand, at most `count` of them, without making tokens of what comes
 * before: what a snippet needs of a long text.
 */
export function placesOf(
  text: string,
  first: number,
  count: number,
): { readonly starts: readonly number[]; readonly ends: readonly number[] } {
  const starts: number[] = [];
  const ends: number[] = [];
  let position = 0;
  let at = 0;
  while (at < text.length && starts.length < count) {
    const kind = kindAt(text, at);
    const single = kind === characterKind.single;
    if (!single && kind !== characterKind.word) {
      at += widthAt(text, at);
      continue;
    }
    const end = single ? endOfSingle(text, at) : endOfWord(text, at);
    if (isToken(text, { start: at, end, single })) {
      if (position >= first) {
        starts.push(at);
        ends.push(end);
      }
      position += 1;
    }
    at = end;
  }
  return { starts, ends };
}

/** Only what is not ASCII can fold to nothing. */
function isToken(
  text: string,
  {
    start,
    end,
    single,
  }: { readonly start: number; readonly end: number; readonly single: boolean },
): boolean {
  if (end - start > longestWord) return false;
  return text.charCodeAt(start) < 128 || tokenOf(text.slice(start, end), single) !== null;
}

/** A text as its folded words with one space between, for comparing titles and values. */
export function foldText(text: string): string {
  return tokenize(text)
    .tokens.map((token) => token.word)
    .join(" ");
}

function tokenOf(part: string, single: boolean): Token | null {
  const known = remembered.get(part);
  if (known !== undefined) return known;
  if (remembered.size >= rememberedWords) remembered.clear();
  // A part of a long string keeps all of it in memory, so what is remembered is put together anew.
  const raw = part.split("").join("");
  const token = makeToken(raw, single);
  remembered.set(raw, token);
  return token;
}

function makeToken(raw: string, single: boolean): Token | null {
  const word = single ? foldSingle(raw) : foldWord(withoutApostrophe(raw));
  if (word === "") return null;
  const stem = latinWord.test(word) ? porterStem(word) : word;
  return {
    word,
    stem,
    single,
    wordNumber: internedWord(word, stem),
    stemNumber: internedStem(stem),
  };
}

/** "customer's" is a customer, "don't" is dont. */
function withoutApostrophe(raw: string): string {
  return raw.replace(/['’]s$/iu, "").replaceAll(/['’]/gu, "");
}

function endOfSingle(text: string, start: number): number {
  let end = start + widthAt(text, start);
  while (end < text.length && kindAt(text, end) === characterKind.mark) end += widthAt(text, end);
  return end;
}

function endOfWord(text: string, start: number): number {
  let end = start;
  while (end < text.length) {
    const kind = kindAt(text, end);
    if (kind === characterKind.apostrophe) {
      const tail = endOfLetters(text, end + 1);
      return contraction.test(text.slice(end + 1, tail)) ? tail : end;
    }
    if (kind !== characterKind.word && kind !== characterKind.mark) return end;
    end += widthAt(text, end);
  }
  return end;
}

function endOfLetters(text: string, start: number): number {
  let end = start;
  while (end < text.length && kindAt(text, end) === characterKind.word) end += widthAt(text, end);
  return end;
}

function kindAt(text: string, at: number): CharacterKind {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdbff ? kindOf(text.codePointAt(at) ?? unit) : kindOf(unit);
}

function widthAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdbff && (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
