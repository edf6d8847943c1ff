/**
 * What FTS5 indexes of a record: the stems of each part, as numbers with spaces between. They are put
 * together out of bytes, which takes a fraction of what strings of them would take.
 */

/** An octal digit in ASCII has these bits besides its own. */
const zero = 0x30;
const space = 0x20;
/** Octal digits of the largest number and a space. */
const mostBytes = 12;

let room = new Uint8Array(1 << 14);

/** Asks FTS5 for these stems side by side. */
export function phraseQuery(stems: readonly number[]): string {
  return `"${stems.map((stem) => stem.toString(8)).join(" ")}"`;
}

/** The text of each part; `ends`: where each ends. What it gives holds until the next call. */
export function phraseTexts(stems: Int32Array, ends: readonly number[]): readonly Uint8Array[] {
  const most = mostBytes * stems.length;
  if (room.length < most) room = new Uint8Array(2 * most);
  let from = 0;
  let at = 0;
  return ends.map((end) => {
    const start = at;
    for (; from < end; from += 1) at = putToken(at, stems[from] ?? 0);
    return room.subarray(start, at);
  });
}

/**
 * In digits of three bits, because FTS5's hash shifts by three for each byte: different numbers then
 * fall into different slots, which neither letters nor larger digits do.
 */
function putToken(start: number, stem: number): number {
  let at = start;
  let shift = 0;
  while (stem >>> shift > 7) shift += 3;
  for (; shift >= 0; shift -= 3) {
    room[at] = zero | ((stem >>> shift) & 7);
    at += 1;
  }
  room[at] = space;
  return at + 1;
}
