import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  blockSize,
  decodeBlock,
  editBlock,
  impactIn,
  numberIn,
  packPosting,
  postingsIn,
} from "#engine/search/index/posting-block.ts";
import { seeded } from "#test/support/seeded.ts";

test("any sequence of edits leaves the postings that a map would have", () => {
  const edit = fc.tuple(
    fc.integer({ min: 0, max: blockSize - 1 }),
    fc.integer({ min: 0, max: 255 }),
  );
  fc.assert(
    fc.property(
      fc.nat(20),
      fc.array(fc.array(edit, { maxLength: 30 }), { maxLength: 5 }),
      (block, rounds) => {
        const expected = new Map<number, number>();
        let stored: Uint8Array | null = null;
        for (const round of rounds) {
          const edits = new Map(
            round.map(([offset, impact]) => [block * blockSize + offset, impact]),
          );
          for (const [number, impact] of edits) {
            if (impact === 0) expected.delete(number);
            else expected.set(number, impact);
          }
          const packed = [...edits]
            .toSorted(([a], [b]) => a - b)
            .map(([n, i]) => packPosting(n, i));
          stored = editBlock(stored ?? undefined, packed);
        }
        expect(stored === null).toBe(expected.size === 0);
        const postings = stored ?? new Uint8Array(0);
        const decoded = new Uint32Array(postingsIn(postings));
        decodeBlock({ block, postings }, decoded, 0);
        const pairs = Array.from(decoded, (packed) => [numberIn(packed), impactIn(packed)]);
        expect(pairs).toEqual([...expected].toSorted(([a], [b]) => a - b));
      },
    ),
    seeded(9, 300),
  );
});
