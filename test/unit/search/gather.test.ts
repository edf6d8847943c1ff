import * as fc from "fast-check";
import { expect, test } from "vitest";
import { packPosting } from "#engine/search/index/postings.ts";
import { bestOf, gather } from "#engine/search/match/gather.ts";
import { seeded } from "#test/support/seeded.ts";

/** What was found in a record, of a whole of 4, with its score and standing. */
const found = fc.record({
  mass: fc.constantFrom(0, 1, 2, 3, 4),
  score: fc.integer({ min: 1, max: 50 }),
  standing: fc.constantFrom(0, 0.5, 1),
});

test("the best are the first of all, and as many are counted as are gathered", () => {
  const boards = fc.oneof(
    fc.array(found, { maxLength: 30 }),
    fc.array(found, { minLength: 300, maxLength: 1500 }),
  );
  fc.assert(
    fc.property(boards, fc.option(fc.integer({ min: 1, max: 5 })), (board, step) => {
      const column = (part: "mass" | "score" | "standing") =>
        Float32Array.from(board, (one) => one[part]);
      // What has every word has the rarest one, and some of the others have it too.
      const withRarest = board.flatMap(({ mass }, number) =>
        step !== null && (mass === 4 || (mass > 0 && number % step === 0)) ? [number] : [],
      );
      const rarest = Uint32Array.from(withRarest, (number) => packPosting(number, 1));
      const sums = {
        masses: column("mass"),
        scores: column("score"),
        whole: 4,
        half: 2,
        rarest: step === null ? undefined : rarest,
      };
      const allowed = { standings: column("standing"), bound: board.length };
      const { best, total, whole } = bestOf(sums, allowed);
      const all = gather(sums, allowed, { total });

      const fits = (least: number) =>
        board.flatMap(({ mass, standing }, number) =>
          mass >= least && standing > 0 ? [number] : [],
        );
      const least = fits(4).length >= 100 ? 4 : fits(2).length >= 100 ? 2 : 1;
      expect([...all.numbers].toSorted((a, b) => a - b)).toEqual(fits(least));
      expect(total).toBe(fits(least).length);
      expect([...all.numbers.subarray(0, whole)]).toEqual(fits(4));

      const ranked = Array.from(all.numbers, (number, at) => ({
        number,
        score: all.scores[at] ?? 0,
      }))
        .toSorted((a, b) => b.score - a.score || a.number - b.number)
        .slice(0, 100);
      expect(best.map(({ score }) => Math.fround(score))).toEqual(ranked.map(({ score }) => score));
    }),
    seeded(12, 150),
  );
});
