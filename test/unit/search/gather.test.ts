import * as fc from "fast-check";
import { expect, test } from "vitest";
import { packPosting } from "#engine/search/index/postings.ts";
import { bestOf, gather } from "#engine/search/match/gather.ts";
import { seeded } from "#test/support/seeded.ts";

/** The masses of the words that are asked: 4 together. */
const masses = [2, 1, 1];
const whole = 4;

/** The words of a record, its score and standing. */
const found = fc.record({
  words: fc.subarray([0, 1, 2]),
  score: fc.integer({ min: 1, max: 50 }),
  standing: fc.constantFrom(0, 0.5, 1),
});

const without = () => ({ words: [] as number[], score: 1, standing: 1 });

test("the best are the first of all, and as many are counted as are gathered", () => {
  const boards = fc.oneof(
    fc.array(found, { maxLength: 30 }),
    fc.array(found, { minLength: 300, maxLength: 1500 }),
    // Words that few have are gone through by their postings.
    fc
      .array(found, { minLength: 200, maxLength: 400 })
      .map((some) => [...some, ...Array.from({ length: 3000 }, without)]),
  );
  fc.assert(
    fc.property(boards, fc.subarray([0, 1, 2]), (all, atHand) => {
      const board = all.map(({ words, ...one }) => {
        return { ...one, words, mass: words.reduce((sum, word) => sum + (masses[word] ?? 0), 0) };
      });
      const column = (part: "mass" | "score" | "standing") =>
        Float32Array.from(board, (one) => one[part]);
      const demands = atHand.map((word) => ({
        mass: masses[word] ?? 0,
        postings: Uint32Array.from(
          board.flatMap(({ words }, number) =>
            words.includes(word) ? [packPosting(number, 1)] : [],
          ),
        ),
      }));
      const sums = { masses: column("mass"), scores: column("score"), whole, half: 2, demands };
      const allowed = { standings: column("standing"), bound: board.length };
      const { best, total, whole: complete } = bestOf(sums, allowed);
      const gathered = gather(sums, allowed, { total });

      const fits = (least: number) =>
        board.flatMap(({ mass, standing }, number) =>
          mass >= least && standing > 0 ? [number] : [],
        );
      const least = fits(4).length >= 100 ? 4 : fits(2).length >= 100 ? 2 : 1;
      expect([...gathered.numbers].toSorted((a, b) => a - b)).toEqual(fits(least));
      expect(total).toBe(fits(least).length);
      expect([...gathered.numbers.subarray(0, complete)]).toEqual(fits(4));

      const ranked = Array.from(gathered.numbers, (number, at) => ({
        number,
        score: gathered.scores[at] ?? 0,
      }))
        .toSorted((a, b) => b.score - a.score || a.number - b.number)
        .slice(0, 100);
      expect(best.map(({ number, score }) => ({ number, score: Math.fround(score) }))).toEqual(
        ranked,
      );
    }),
    seeded(12, 150),
  );
});
