/**
 * Template tags (ERB, Liquid, Nunjucks) in Markdown. They are never run. Before parsing each one is
 * swapped for a word of two private characters around its number, so that Markdown neither splits
 * nor formats it and a tag can stand where an address is expected; afterwards it is put back.
 */

const delimiters = [
  ["<%", "%>"],
  ["{%", "%}"],
  ["{{", "}}"],
] as const;
const longestTag = 2000;

/** A text whose tags are out of Markdown's way, and the way back. */
export type ProtectedText = {
  readonly text: string;
  readonly tags: readonly string[];
  /** Puts the tags back into a piece of the text. */
  readonly restore: (piece: string) => string;
  /** Splits a piece into what stands between tags (even places) and the tags (odd places). */
  readonly split: (piece: string) => readonly string[];
};

/** Takes the template tags out of a text. Linear in its length, whatever it holds. */
export function protectTags(source: string): ProtectedText {
  const open = unusedCharacter(source, 0xe000);
  const close = unusedCharacter(source, open.charCodeAt(0) + 1);
  const { text, tags } = replaceTags(source, (number) => `${open}${number}${close}`);
  const token = new RegExp(`${open}(\\d+)${close}`, "gu");
  const tagAt = (_: string, number: string) => tags[Number(number)] ?? "";
  return {
    text,
    tags,
    restore: (piece) => (tags.length === 0 ? piece : piece.replaceAll(token, tagAt)),
    split: (piece) =>
      tags.length === 0
        ? [piece]
        : piece.split(token).map((part, index) => (index % 2 === 1 ? tagAt("", part) : part)),
  };
}

function replaceTags(source: string, token: (number: number) => string) {
  const next = delimiters.map(([open]) => source.indexOf(open));
  const end = delimiters.map(() => -1);
  const tags: string[] = [];
  const pieces: string[] = [];
  let at = 0;
  for (;;) {
    const kind = earliest(next);
    const start = kind === null ? -1 : (next[kind] ?? -1);
    const pair = kind === null ? undefined : delimiters[kind];
    if (kind === null || pair === undefined) break;
    // The nearest closing mark is remembered, so that a text full of opening marks stays cheap.
    if ((end[kind] ?? -1) < start + 2) end[kind] = endOf(source, pair[1], start + 2);
    const stop = (end[kind] ?? source.length) + 2;
    const tag = stop - start <= longestTag ? source.slice(start, stop) : "";
    const whole = tag !== "" && !/\n[ \t]*\n/u.test(tag);
    if (whole) {
      pieces.push(source.slice(at, start), token(tags.length));
      tags.push(tag);
      at = stop;
    }
    const from = whole ? stop : start + 2;
    for (const [index, [open]] of delimiters.entries()) {
      const found = next[index] ?? -1;
      if (found !== -1 && found < from) next[index] = source.indexOf(open, from);
    }
  }
  pieces.push(source.slice(at));
  return { text: pieces.join(""), tags };
}

function endOf(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from);
  return found === -1 ? Number.MAX_SAFE_INTEGER : found;
}

function earliest(positions: readonly number[]): number | null {
  let best: number | null = null;
  for (const [index, position] of positions.entries()) {
    if (position === -1) continue;
    if (best === null || position < (positions[best] ?? -1)) best = index;
  }
  return best;
}

function unusedCharacter(source: string, from: number): string {
  for (let code = from; code < 0xf8ff; code += 1) {
    const character = String.fromCharCode(code);
    if (!source.includes(character)) return character;
  }
  return String.fromCharCode(0xf8ff);
}
