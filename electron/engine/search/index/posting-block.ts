/**
 * Posting blocks: for one stem and 4,096 neighbouring records, which records have it and with what
 * impact. `n` offsets of two bytes, then `n` impacts of one byte, both in the order of the records.
 */

/** Records in one block; an offset fits in 12 of its 16 bits. */
export const blockSize = 4096;

/** Postings of one stem in ascending order of the records' numbers. */
export type Postings = { readonly numbers: Int32Array; readonly impacts: Uint8Array };

/** A change to one posting; impact 0 takes it away. */
export type PostingEdit = { readonly number: number; readonly impact: number };

/** How many postings a stored block holds. */
export function postingsIn(block: Uint8Array): number {
  return Math.floor(block.length / 3);
}

/** Decodes a block into arrays that have room for it, from `at`. */
export function decodeBlock(
  stored: { readonly block: number; readonly postings: Uint8Array },
  into: Postings,
  at: number,
): void {
  const { postings } = stored;
  const count = postingsIn(postings);
  const base = stored.block * blockSize;
  for (let index = 0; index < count; index += 1) {
    const low = postings[index * 2] ?? 0;
    const high = postings[index * 2 + 1] ?? 0;
    into.numbers[at + index] = base + low + (high << 8);
  }
  into.impacts.set(postings.subarray(count * 2, count * 3), at);
}

const scratch = new Uint8Array(blockSize);

/** Applies edits (any order, the last for a record counts) to a block; null when nothing is left. */
export function editBlock(
  postings: Uint8Array | undefined,
  edits: readonly PostingEdit[],
): Uint8Array | null {
  let lowest = blockSize;
  let highest = -1;
  const put = (offset: number, impact: number) => {
    scratch[offset] = impact;
    if (offset < lowest) lowest = offset;
    if (offset > highest) highest = offset;
  };
  const count = postings === undefined ? 0 : postingsIn(postings);
  for (let index = 0; index < count; index += 1) {
    const offset = (postings?.[index * 2] ?? 0) + ((postings?.[index * 2 + 1] ?? 0) << 8);
    put(offset, postings?.[count * 2 + index] ?? 0);
  }
  for (const edit of edits) put(edit.number % blockSize, edit.impact);
  const block = encode(lowest, highest);
  scratch.fill(0, lowest, highest + 1);
  return block;
}

function encode(lowest: number, highest: number): Uint8Array | null {
  let count = 0;
  for (let offset = lowest; offset <= highest; offset += 1) {
    if (scratch[offset] !== 0) count += 1;
  }
  if (count === 0) return null;
  const block = new Uint8Array(count * 3);
  let index = 0;
  for (let offset = lowest; offset <= highest; offset += 1) {
    const impact = scratch[offset] ?? 0;
    if (impact === 0) continue;
    block[index * 2] = offset & 0xff;
    block[index * 2 + 1] = offset >> 8;
    block[count * 2 + index] = impact;
    index += 1;
  }
  return block;
}
