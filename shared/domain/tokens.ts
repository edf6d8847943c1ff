/** Cuts text into the pieces that a comparison keeps whole, and text into lines. */

/**
 * A line end; a run of other space; one character of a script that is written without spaces
 * between words; a word; or any other character by itself.
 */
const tokenPattern =
  /\n|[^\S\n]+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[[\p{L}\p{M}\p{N}_]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]]+|./gsv;

/** Text as numbers, so that comparing tokens is comparing integers. */
export type Tokens = {
  /** The same number for the same token, within one `Interner`. */
  readonly codes: Int32Array;
  /** Where each token starts, and after the last one where the text ends; UTF-16 code units. */
  readonly offsets: Int32Array;
};

/** Gives each distinct token a number of its own. */
export type Interner = Map<string, number>;

/** Words, runs of space and single signs. Joined they are the text again. */
export function wordTokens(text: string, interner: Interner): Tokens {
  return intern(text.match(tokenPattern) ?? [], interner);
}

/** Lines, each with its line end. */
export function lineTokens(text: string, interner: Interner): Tokens {
  return intern(text.match(/[^\n]*\n|[^\n]+$/gu) ?? [], interner);
}

function intern(pieces: readonly string[], interner: Interner): Tokens {
  const codes = new Int32Array(pieces.length);
  const offsets = new Int32Array(pieces.length + 1);
  let offset = 0;
  for (const [index, piece] of pieces.entries()) {
    let code = interner.get(piece);
    if (code === undefined) {
      code = interner.size;
      interner.set(piece, code);
    }
    codes[index] = code;
    offset += piece.length;
    offsets[index + 1] = offset;
  }
  return { codes, offsets };
}
