/**
 * The one analyser: index, queries and snippets all cut text into tokens here. Words are runs of
 * letters and digits; scripts without spaces give one token a character, and a run of those is
 * searched as a phrase, which finds any substring.
 */
import { characterKind, type CharacterKind, kindOf } from "./characters.ts";
import { foldSingle, foldWord } from "./fold.ts";
import { internedWord, stemNumberOf, stemOfNumber, wordOfNumber } from "./interned.ts";
import { knownPart, rememberPart } from "./known-parts.ts";

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

/** The tokens of several texts one after another, as codes; of each text, where its codes end. */
export type Codes = { readonly codes: Int32Array; readonly ends: readonly number[] };

/** A run longer than this is no word (a hash, Base64) and would only bloat the vocabulary. */
const longestWord = 64;
const contraction = /^(?:s|t|d|m|ll|re|ve)$/iu;
/** Stands for a part of which nothing can be searched. */
const noCode = -1;

/** What was cut last: codes, and where each stands. Used again for every text. */
let codes = new Int32Array(1 << 12);
let starts = new Int32Array(1 << 12);
let ends = new Int32Array(1 << 12);

/** A token as one number: twice its word's number, and one for a character that is a token. */
export function wordOfCode(code: number): number {
  return code >> 1;
}

/** Whether the token is a character of a script without spaces. */
export function isSingle(code: number): boolean {
  return (code & 1) === 1;
}

/** Cuts a text into tokens. Any string will do; what is no letter or digit only separates. */
export function tokenize(text: string): Tokens {
  const count = cut(text, 0);
  return {
    tokens: Array.from(codes.subarray(0, count), tokenOf),
    starts: Array.from(starts.subarray(0, count)),
    ends: Array.from(ends.subarray(0, count)),
  };
}

/** Cuts texts into tokens of which no more is needed than what they are. */
export function codesOf(texts: readonly string[]): Codes {
  let count = 0;
  const textEnds = texts.map((text) => (count = cut(text, count)));
  return { codes: codes.slice(0, count), ends: textEnds };
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
    if (isToken(text, at, end)) {
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
function isToken(text: string, start: number, end: number): boolean {
  if (end - start > longestWord) return false;
  return text.charCodeAt(start) < 128 || codeAt(text, start, end) !== noCode;
}

/** A text as its folded words with one space between, for comparing titles and values. */
export function foldText(text: string): string {
  const count = cut(text, 0);
  return Array.from(codes.subarray(0, count), (code) => wordOfNumber(wordOfCode(code))).join(" ");
}

/** Puts a text's tokens behind those that are there already; gives how many there are then. */
function cut(text: string, already: number): number {
  let count = already;
  let at = 0;
  while (at < text.length) {
    const kind = kindAt(text, at);
    const single = kind === characterKind.single;
    if (!single && kind !== characterKind.word) {
      at += widthAt(text, at);
      continue;
    }
    const end = single ? endOfSingle(text, at) : endOfWord(text, at);
    const code = end - at > longestWord ? noCode : codeAt(text, at, end);
    if (code !== noCode) {
      if (count === codes.length) widen();
      codes[count] = code;
      starts[count] = at;
      ends[count] = end;
      count += 1;
    }
    at = end;
  }
  return count;
}

function widen(): void {
  codes = widened(codes);
  starts = widened(starts);
  ends = widened(ends);
}

function widened(before: Int32Array): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(2 * before.length);
  wider.set(before);
  return wider;
}

function codeAt(text: string, start: number, end: number): number {
  const known = knownPart(text, start, end);
  if (known !== undefined) return known;
  const part = text.slice(start, end);
  const code = codeOf(part);
  rememberPart(part, code);
  return code;
}

/** A part is a character of a script without spaces, or a word. */
function codeOf(part: string): number {
  const single = kindAt(part, 0) === characterKind.single;
  const word = single ? foldSingle(part) : foldWord(withoutApostrophe(part));
  return word === "" ? noCode : 2 * internedWord(word) + (single ? 1 : 0);
}

function tokenOf(code: number): Token {
  const wordNumber = wordOfCode(code);
  const stemNumber = stemNumberOf(wordNumber);
  const [word, stem] = [wordOfNumber(wordNumber), stemOfNumber(stemNumber)];
  return { word, stem, wordNumber, stemNumber, single: isSingle(code) };
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
