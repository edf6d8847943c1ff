/**
 * Numbers for parts of texts that were met before, found by their characters where they stand: to cut
 * each word out as a string of its own takes longer than all else that is done to index it. Takes 3 MB.
 */

/** A stretch of a text's UTF-16 code units, and `hashOf` them. */
export type Part = { start: number; end: number; hash: number };

/** Parts that are remembered; then all are forgotten. */
const most = 60_000;
/** Open addressing: one more than where a part stands in `parts`, 0 for an empty slot. */
const slots = new Int32Array(1 << 17);
/** One part after another, as what is known of it is needed at once: length, number, units. */
const parts = new Uint16Array(1 << 20);
const header = 3;
let count = 0;
let used = 0;

/** The hash of no units. */
export const noHash = 17;

/** The hash of what was hashed before and one more unit. */
export function hashWith(hash: number, unit: number): number {
  return (Math.imul(hash, 31) + unit) | 0;
}

/** The hash of a stretch of units. */
export function hashOf(units: Uint16Array, start: number, end: number): number {
  let hash = noHash;
  for (let at = start; at < end; at += 1) hash = hashWith(hash, units[at] ?? 0);
  return hash;
}

/** The number that was remembered for a part; undefined when none was. */
export function knownPart(units: Uint16Array, part: Part): number | undefined {
  const place = (slots[slotOf(units, part)] ?? 0) - 1;
  if (place < 0) return undefined;
  return (parts[place + 1] ?? 0) | ((parts[place + 2] ?? 0) << 16);
}

/** Remembers a number below 2 ** 31 or -1 for a part that is not known. */
export function rememberPart(units: Uint16Array, part: Part, value: number): void {
  const length = part.end - part.start;
  if (used + header + length > parts.length || count === most) {
    slots.fill(0);
    count = 0;
    used = 0;
  }
  slots[slotOf(units, part)] = used + 1;
  parts[used] = length;
  parts[used + 1] = value & 0xffff;
  parts[used + 2] = value >>> 16;
  parts.set(units.subarray(part.start, part.end), used + header);
  count += 1;
  used += header + length;
}

/** The slot of the part, or the empty one where it belongs. */
function slotOf(units: Uint16Array, { start, end, hash }: Part): number {
  let slot = (hash ^ (hash >>> 15)) & (slots.length - 1);
  for (;;) {
    const place = (slots[slot] ?? 0) - 1;
    if (place < 0) return slot;
    if (parts[place] === end - start) {
      const from = place + header - start;
      let at = start;
      while (at < end && units[at] === parts[from + at]) at += 1;
      if (at === end) return slot;
    }
    slot = (slot + 1) & (slots.length - 1);
  }
}
