import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeRuns,
  encodePostings,
  impactIn,
  inOrder,
  noPostings,
  numberIn,
  overlaid,
  packPosting,
  settled,
  takesAway,
} from "#engine/search/index/postings.ts";
import { seeded } from "#test/support/seeded.ts";

const numbers = fc.oneof(fc.nat(60), fc.integer({ min: 0, max: 2 ** 24 - 1 }));
const edit = fc.tuple(numbers, fc.integer({ min: 0, max: 255 }));
const edits = fc.array(edit, { maxLength: 30 });

function packed(pairs: readonly (readonly [number, number])[]): Uint32Array {
  return Uint32Array.from(pairs, ([number, impact]) => packPosting(number, impact));
}

function pairs(postings: Uint32Array): readonly (readonly number[])[] {
  return Array.from(postings, (one) => [numberIn(one), impactIn(one)]);
}

function ascending(map: ReadonlyMap<number, number>): readonly (readonly number[])[] {
  return [...map].toSorted(([a], [b]) => a - b);
}

describe("postings", () => {
  test("are read as they were written", () => {
    fc.assert(
      fc.property(edits, (all) => {
        const postings = inOrder(packed(all));
        const stored = Buffer.from(encodePostings(postings));
        expect([...decodeRuns([stored])]).toEqual([...postings]);
        expect(takesAway(stored)).toBe(postings.some((one) => impactIn(one) === 0));
      }),
      seeded(8, 300),
    );
  });

  test("of edits in any order are ascending, with the last edit of each record", () => {
    fc.assert(
      fc.property(edits, (all) => {
        expect(pairs(inOrder(packed(all)))).toEqual(ascending(new Map(all)));
      }),
      seeded(7, 300),
    );
  });

  test("are those that a map would have after any runs of edits", () => {
    fc.assert(
      fc.property(fc.array(edits, { maxLength: 5 }), (runs) => {
        const expected = new Map<number, number>();
        for (const [number, impact] of runs.flat()) {
          if (impact === 0) expected.delete(number);
          else expected.set(number, impact);
        }
        const all = runs.map((run) => inOrder(packed(run)));
        expect(pairs(settled(all.reduce(overlaid, noPostings).slice()))).toEqual(
          ascending(expected),
        );
        // Joining some of them first changes nothing.
        const later = all.slice(1).reduce(overlaid, noPostings);
        const joined = overlaid(all[0] ?? noPostings, later);
        expect(pairs(settled(joined.slice()))).toEqual(ascending(expected));
        const stored = all.map((run) => Uint8Array.from(encodePostings(run)));
        expect(pairs(settled(decodeRuns(stored)))).toEqual(ascending(expected));
      }),
      seeded(9, 300),
    );
  });
});
