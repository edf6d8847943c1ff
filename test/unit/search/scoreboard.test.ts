import * as fc from "fast-check";
import { expect, test } from "vitest";
import { inOrder, numberIn, packPosting } from "#engine/search/index/postings.ts";
import { createScoreboard } from "#engine/search/match/scoreboard.ts";
import { seeded } from "#test/support/seeded.ts";

const bound = 60;

const source = fc.record({
  impacts: fc.array(fc.tuple(fc.nat(bound - 1), fc.integer({ min: 1, max: 255 })), {
    maxLength: 2 * bound,
  }),
  weight: fc.constantFrom(1, 0.8, 0.75),
});
const groups = fc.array(
  fc.record({ sources: fc.array(source, { minLength: 1, maxLength: 3 }), required: fc.boolean() }),
  { maxLength: 5 },
);

test("a record's score and mass are what its words give, by the best form of each", () => {
  fc.assert(
    fc.property(groups, fc.integer({ min: 2, max: 9 }), (all, step) => {
      const board = createScoreboard();
      board.reset(bound);
      const [scores, masses] = [new Float64Array(bound), new Float64Array(bound)];
      let whole = 0;
      for (const { sources, required } of all) {
        const best = new Map<number, number>();
        for (const { impacts, weight } of sources) {
          for (const [number, impact] of new Map(impacts)) {
            best.set(number, Math.max(best.get(number) ?? 0, impact * weight));
          }
        }
        const added = board.add(
          sources.map(({ impacts, weight }) => ({
            postings: inOrder(Uint32Array.from(impacts, (one) => packPosting(...one))),
            weight,
            counted: true,
          })),
          { size: bound, required, weight: 1 },
        );
        expect(added.documents).toBe(best.size);
        const mass = required ? added.idf + 0.001 : 0;
        whole += mass;
        for (const [number, impact] of best) {
          scores[number] = (scores[number] ?? 0) + added.idf * impact;
          masses[number] = (masses[number] ?? 0) + mass;
        }
      }
      const passes = (number: number) => number % step !== 0;
      board.strike(passes);

      const sums = board.sums();
      const close = (a: number | undefined, b: number | undefined) =>
        Math.abs((a ?? 0) - (b ?? 0)) <= 1e-4 * Math.max(1, b ?? 0);
      for (let number = 0; number < bound; number += 1) {
        expect(close(sums.scores[number], scores[number])).toBe(true);
        expect(close(sums.masses[number], passes(number) ? masses[number] : 0)).toBe(true);
      }
      expect(close(sums.whole, whole)).toBe(true);
      for (const postings of sums.demands) {
        const complete = [...sums.masses.keys()].filter(
          (number) => (sums.masses[number] ?? 0) >= sums.whole && sums.whole > 0,
        );
        const have = new Set(Array.from(postings, numberIn));
        expect(complete.every((number) => have.has(number))).toBe(true);
      }
    }),
    seeded(13, 300),
  );
});
