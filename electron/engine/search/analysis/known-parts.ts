/**
 * Numbers for parts of texts that were met before, found by their characters where they stand: to cut
 * each word out as a string of its own takes longer than all else that is done to index it. Takes 4 MB.
 */

/** Parts that are remembered; then all are forgotten. */
const most = 60_000;
/** Code units of all of them, and of the longest. */
const room = 1 << 20;
const longest = 255;

/** Open addressing: one more than the place of a part in the arrays below, 0 for an empty slot. */
const slots = new Int32Array(1 << 17);
const units = new Uint16Array(room);
const starts = new Int32Array(most);
const lengths = new Uint8Array(most);
const values = new Int32Array(most);
let count = 0;
let used = 0;

/** The number that was remembered for `text.slice(start, end)`; undefined when none was. */
export function knownPart(text: string, start: number, end: number): number | undefined {
  const place = slots[slotOf(text, start, end)] ?? 0;
  return place === 0 ? undefined : values[place - 1];
}

/** Remembers a number for a part that is not known. */
export function rememberPart(part: string, value: number): void {
  const { length } = part;
  if (length > longest) return;
  if (count === most || used + length > room) {
    slots.fill(0);
    count = 0;
    used = 0;
  }
  slots[slotOf(part, 0, length)] = count + 1;
  starts[count] = used;
  lengths[count] = length;
  values[count] = value;
  for (let at = 0; at < length; at += 1) units[used + at] = part.charCodeAt(at);
  count += 1;
  used += length;
}

/** The slot of the part, or the empty one where it belongs. */
function slotOf(text: string, start: number, end: number): number {
  let hash = 17;
  for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  let slot = (hash ^ (hash >>> 15)) & (slots.length - 1);
  for (;;) {
    const place = (slots[slot] ?? 0) - 1;
    if (place < 0) return slot;
    const from = starts[place] ?? 0;
    if (lengths[place] === end - start) {
      let at = start;
      while (at < end && text.charCodeAt(at) === units[from + at - start]) at += 1;
      if (at === end) return slot;
    }
    slot = (slot + 1) & (slots.length - 1);
  }
}
