import * as fc from "fast-check";
import { expect, test } from "vitest";
import { boundedDistance } from "#engine/search/analysis/edit-distance.ts";
import { letterMask, lettersApart } from "#engine/search/analysis/letter-mask.ts";
import { seeded } from "#test/support/seeded.ts";

test.each([
  ["invoice", "invoice", 0],
  ["inovice", "invoice", 1],
  ["invoce", "invoice", 1],
  ["invoiice", "invoice", 1],
  ["imvoice", "invoice", 1],
  ["kitten", "sitting", 3],
  ["", "ab", 2],
])("from %s to %s it takes %i slips", (a, b, distance) => {
  expect(boundedDistance(a, b, 5)).toBe(distance);
  expect(boundedDistance(b, a, 5)).toBe(distance);
});

test("more slips than the limit are one more than the limit", () => {
  expect(boundedDistance("kitten", "sitting", 2)).toBe(3);
  expect(boundedDistance("abcdefgh", "stuvwxyz", 2)).toBe(3);
});

test("letter masks never rule out a word that is near", () => {
  const word = fc.string({
    unit: fc.constantFrom(..."a b c d e x y z 0 9 é".split(" ")),
    maxLength: 9,
  });
  fc.assert(
    fc.property(word, word, (a, b) => {
      const distance = boundedDistance(a, b, 9);
      expect(lettersApart(letterMask(a), letterMask(b))).toBeLessThanOrEqual(2 * distance);
    }),
    seeded(5, 2000),
  );
});
