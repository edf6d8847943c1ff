/**
 * The one analyser: index, queries and snippets all cut text into tokens here. Words are runs of
 * letters and digits; scripts without spaces give one token a character, and a run of those is
 * searched as a phrase, which finds any substring.
 */
import { characterKind, type CharacterKind, kindOf } from "./characters.ts";
import { foldSingle, foldWord } from "./fold.ts";
import { internedWord, stemNumberOf, stemOfNumber, wordOfNumber } from "./interned.ts";
import { hashOf, hashWith, knownPart, noHash, type Part, rememberPart } from "./known-parts.ts";

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
const longestContraction = 2;
/** Stands for a part of which nothing can be searched. */
const noCode = -1;

const apostrophe = 0x27;
/** By ASCII character, 1 for letters and digits. */
const plain = Uint8Array.from({ length: 128 }, (_, unit) =>
  kindOf(unit) === characterKind.word ? 1 : 0,
);
/** The part that was met last; one for all of them. */
const part: Part = { start: 0, end: 0, hash: 0 };

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

/** Cuts texts into tokens of which no more is needed than what they are; it holds until the next cut. */
export function codesOf(texts: readonly string[]): Codes {
  let count = 0;
  const textEnds = texts.map((text) => (text === "" ? count : (count = cut(text, count))));
  return { codes: codes.subarray(0, count), ends: textEnds };
}

/** A text as its folded words with one space between, for comparing titles and values. */
export function foldText(text: string): string {
  const count = cut(text, 0);
  let folded = "";
  for (let index = 0; index < count; index += 1) {
    if (index > 0) folded += " ";
    folded += wordOfNumber(wordOfCode(codes[index] ?? 0));
  }
  return folded;
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
  const units = unitsOf(text);
  const [partStarts, partEnds]: [number[], number[]] = [[], []];
  let position = 0;
  for (let at = 0; partStarts.length < count && nextPart(units, at); at = part.end) {
    // Only what is not ASCII can fold to nothing.
    const isToken = isShort(part) && ((units[part.start] ?? 0) < 128 || codeOf(units) !== noCode);
    if (!isToken) continue;
    if (position >= first) {
      partStarts.push(part.start);
      partEnds.push(part.end);
    }
    position += 1;
  }
  return { starts: partStarts, ends: partEnds };
}

/** Puts a text's tokens behind those that are there already; gives how many there are then. */
function cut(text: string, already: number): number {
  const units = unitsOf(text);
  let count = already;
  for (let at = 0; nextPart(units, at); at = part.end) {
    const code = isShort(part) ? codeOf(units) : noCode;
    if (code === noCode) continue;
    if (count === codes.length) widen();
    codes[count] = code;
    starts[count] = part.start;
    ends[count] = part.end;
    count += 1;
  }
  return count;
}

function isShort({ start, end }: Part): boolean {
  return end - start <= longestWord;
}

let room = Buffer.alloc(1 << 13);

/**
 * A text as its UTF-16 code units, which can be gone through much faster than a string; they hold until
 * the next text. Wherever this program runs, the lower byte comes first.
 */
function unitsOf(text: string): Uint16Array {
  if (room.length < 2 * text.length) room = Buffer.alloc(4 * text.length);
  room.write(text, "utf16le");
  return new Uint16Array(room.buffer, room.byteOffset, text.length);
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

/** The code of what `part` holds by now. */
function codeOf(units: Uint16Array): number {
  const known = knownPart(units, part);
  if (known !== undefined) return known;
  const raw = String.fromCharCode(...units.subarray(part.start, part.end));
  const single = kindAt(units, part.start) === characterKind.single;
  const word = single ? foldSingle(raw) : foldWord(withoutApostrophe(raw));
  const code = word === "" ? noCode : 2 * internedWord(word) + (single ? 1 : 0);
  rememberPart(units, part, code);
  return code;
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

/** Puts the next word, or character of a script without spaces, into `part`; false when none is left. */
function nextPart(units: Uint16Array, from: number): boolean {
  const { length } = units;
  let at = from;
  while (at < length && !startsPart(units, at)) at += widthAt(units, at);
  if (at >= length) return false;
  part.start = at;
  let hash = noHash;
  // Beyond ASCII, and beyond the end, there is nothing in the table.
  while (plain[units[at] ?? 0] === 1) {
    hash = hashWith(hash, units[at] ?? 0);
    at += 1;
  }
  part.end = at;
  part.hash = hash;
  // Most words are plain letters and digits, and what follows can be no part of them.
  const next = units[at] ?? 0;
  if (at > part.start && next < 128 && next !== apostrophe) return true;
  part.end = endOfPart(units, part.start);
  part.hash = hashOf(units, part.start, part.end);
  return true;
}

function startsPart(units: Uint16Array, at: number): boolean {
  const unit = units[at] ?? 0;
  if (unit < 128) return plain[unit] === 1;
  const kind = kindAt(units, at);
  return kind === characterKind.word || kind === characterKind.single;
}

function endOfPart(units: Uint16Array, start: number): number {
  if (kindAt(units, start) !== characterKind.single) return endOfWord(units, start);
  let end = start + widthAt(units, start);
  while (end < units.length && kindAt(units, end) === characterKind.mark) {
    end += widthAt(units, end);
  }
  return end;
}

function endOfWord(units: Uint16Array, start: number): number {
  let end = start;
  while (end < units.length) {
    const kind = kindAt(units, end);
    if (kind === characterKind.apostrophe) {
      return endOfContraction(units, end + 1) ?? end;
    }
    if (kind !== characterKind.word && kind !== characterKind.mark) return end;
    end += widthAt(units, end);
  }
  return end;
}

/** Where the letters after an apostrophe end; undefined when they are no contraction. */
function endOfContraction(units: Uint16Array, start: number): number | undefined {
  let end = start;
  while (end - start <= longestContraction && end < units.length) {
    if (kindAt(units, end) !== characterKind.word) break;
    end += widthAt(units, end);
  }
  if (end - start > longestContraction) return undefined;
  return contraction.test(String.fromCharCode(...units.subarray(start, end))) ? end : undefined;
}

function kindAt(units: Uint16Array, at: number): CharacterKind {
  const unit = units[at] ?? 0;
  return unit >= 0xd800 && unit <= 0xdbff ? kindOf(codePointAt(units, at)) : kindOf(unit);
}

function widthAt(units: Uint16Array, at: number): number {
  if ((units[at] ?? 0) < 0xd800) return 1;
  return codePointAt(units, at) > 0xffff ? 2 : 1;
}

/** The character that starts there; half of one that lacks the other stands for itself. */
function codePointAt(units: Uint16Array, at: number): number {
  const high = units[at] ?? 0;
  const low = units[at + 1] ?? 0;
  const isPair = high >= 0xd800 && high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff;
  return isPair ? ((high - 0xd800) << 10) + (low - 0xdc00) + 0x10000 : high;
}
