/**
 * What FTS5 indexes of a record: the stems of each part with spaces between, as UTF-8. They are put
 * together out of bytes, which takes a fraction of what strings of them would take.
 */
import { stemCount, stemNumberOf, stemOfNumber } from "../analysis/interned.ts";
import { type Codes, wordOfCode } from "../analysis/tokenize.ts";

/** The stems by their numbers, each with a space behind it, and where each starts. */
let spelled = new Uint8Array(1 << 18);
let starts = new Int32Array(1 << 14);
let known = 0;

const encoder = new TextEncoder();
/** Of one UTF-16 code unit, in UTF-8. */
const mostBytes = 3;

let room = new Uint8Array(1 << 14);

/** The text of each part, in their order; what it gives holds until the next call. */
export function phraseTexts({ codes, ends }: Codes): readonly Uint8Array[] {
  learn();
  let from = 0;
  let at = 0;
  const textEnds = ends.map((end) => {
    at = spell(codes.subarray(from, end), at);
    from = end;
    return at;
  });
  return textEnds.map((end, index) => room.subarray(textEnds[index - 1] ?? 0, end));
}

/** Spells the stems that have been given a number since. */
function learn(): void {
  const count = stemCount();
  if (starts.length <= count) starts = widened(starts, new Int32Array(2 * count));
  for (; known < count; known += 1) {
    const stem = `${stemOfNumber(known)} `;
    const start = starts[known] ?? 0;
    const most = start + mostBytes * stem.length;
    if (spelled.length < most) spelled = widened(spelled, new Uint8Array(2 * most));
    starts[known + 1] = start + encoder.encodeInto(stem, spelled.subarray(start)).written;
  }
}

function spell(codes: Int32Array, start: number): number {
  let at = start;
  for (let index = 0; index < codes.length; index += 1) {
    const stem = stemNumberOf(wordOfCode(codes[index] ?? 0));
    const first = starts[stem] ?? 0;
    const end = starts[stem + 1] ?? 0;
    const next = at + end - first;
    if (next > room.length) room = widened(room, new Uint8Array(2 * next));
    for (let byte = first; byte < end; byte += 1) room[at + byte - first] = spelled[byte] ?? 0;
    at = next;
  }
  return at;
}

function widened<Numbers extends Int32Array | Uint8Array>(
  before: Numbers,
  wider: Numbers,
): Numbers {
  wider.set(before);
  return wider;
}
