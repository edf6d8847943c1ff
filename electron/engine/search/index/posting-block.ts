/**
 * Posting blocks: for one stem and 4,096 neighbouring records, which records have it and with what
 * impact. `n` offsets of two bytes, then `n` impacts of one byte, both in the order of the records.
 */

/** Records in one block; an offset fits in 12 of its 16 bits. */
export const blockSize = 4096;

/**
 * Postings of one stem, ascending: the record's number in the upper 24 bits, the impact in the lower
 * 8. One array of small numbers is what a common word is gone through fastest in.
 */
export type Postings = Uint32Array;

/** A posting, or a change to one, as one number: as a change, impact 0 takes the posting away. */
export function packPosting(number: number, impact: number): number {
  return number * 256 + impact;
}

/** The record's number in a packed posting. */
export function numberIn(packed: number): number {
  return packed >>> 8;
}

/** The impact in a packed posting. */
export function impactIn(packed: number): number {
  return packed & 255;
}

/** How many postings a stored block holds. */
export function postingsIn(block: Uint8Array): number {
  return Math.floor(block.length / 3);
}

/** Decodes a block into an array that has room for it, from `at`. */
export function decodeBlock(
  stored: { readonly block: number; readonly postings: Uint8Array },
  into: Postings,
  at: number,
): void {
  const { postings } = stored;
  const count = postingsIn(postings);
  const base = stored.block * blockSize;
  for (let index = 0; index < count; index += 1) {
    const offset = (postings[index * 2] ?? 0) | ((postings[index * 2 + 1] ?? 0) << 8);
    // The array takes the 32 bits as they are, above 2 ** 31 too.
    into[at + index] = ((base + offset) << 8) | (postings[count * 2 + index] ?? 0);
  }
}

/**
 * Applies packed edits in ascending order, at most one for each record, to a block; null when
 * nothing is left.
 */
export function editBlock(
  postings: Uint8Array | undefined,
  edits: readonly number[],
): Uint8Array | null {
  const stored = postings === undefined ? 0 : postingsIn(postings);
  const offsets = new Uint16Array(stored + edits.length);
  const impacts = new Uint8Array(stored + edits.length);
  let count = 0;
  const put = (offset: number, impact: number) => {
    if (impact === 0) return;
    offsets[count] = offset;
    impacts[count] = impact;
    count += 1;
  };
  let index = 0;
  for (const edit of edits) {
    const offset = numberIn(edit) % blockSize;
    for (; index < stored && offsetAt(postings, index) < offset; index += 1) {
      put(offsetAt(postings, index), postings?.[stored * 2 + index] ?? 0);
    }
    if (index < stored && offsetAt(postings, index) === offset) index += 1;
    put(offset, impactIn(edit));
  }
  for (; index < stored; index += 1) {
    put(offsetAt(postings, index), postings?.[stored * 2 + index] ?? 0);
  }
  return encode(offsets, impacts, count);
}

function offsetAt(postings: Uint8Array | undefined, index: number): number {
  return (postings?.[index * 2] ?? 0) + ((postings?.[index * 2 + 1] ?? 0) << 8);
}

function encode(offsets: Uint16Array, impacts: Uint8Array, count: number): Uint8Array | null {
  if (count === 0) return null;
  const block = new Uint8Array(count * 3);
  for (let index = 0; index < count; index += 1) {
    const offset = offsets[index] ?? 0;
    block[index * 2] = offset & 0xff;
    block[index * 2 + 1] = offset >> 8;
    block[count * 2 + index] = impacts[index] ?? 0;
  }
  return block;
}
