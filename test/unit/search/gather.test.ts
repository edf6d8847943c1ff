import * as fc from "fast-check";
import { expect, test } from "vitest";
import { packPosting } from "#engine/search/index/postings.ts";
import { bestOf, gather } from "#engine/search/match/gather.ts";
import { createScoreboard } from "#engine/search/match/scoreboard.ts";
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
    // Words that few have.
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
      const demands = atHand.map((word) =>
        Uint32Array.from(
          board.flatMap(({ words }, number) =>
            words.includes(word) ? [packPosting(number, 1)] : [],
          ),
        ),
      );
      const sums = { masses: column("mass"), scores: column("score"), whole, half: 2, demands };
      const allowed = { standings: column("standing"), bound: board.length };
      const {
        best,
        total,
        whole: complete,
      } = bestOf({ lone: () => undefined, sums: () => sums }, allowed);
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

const bound = 400;
const source = fc.record({
  impacts: fc.uniqueArray(fc.tuple(fc.nat(bound - 1), fc.integer({ min: 1, max: 255 })), {
    selector: ([number]) => number,
    maxLength: bound,
  }),
  weight: fc.constantFrom(1, 0.8),
});

test("a word alone has the same best and the same number of records as if it were added up", () => {
  const sources = fc.array(source, { minLength: 1, maxLength: 3 });
  const ranks = fc.array(fc.constantFrom(0.6, 1, 1.03), { minLength: bound, maxLength: bound });
  fc.assert(
    fc.property(sources, ranks, (all, standings) => {
      const board = createScoreboard();
      board.reset(bound);
      const weighted = all.map(({ impacts, weight }) => ({
        postings: Uint32Array.from(impacts, (one) => packPosting(...one)).toSorted(),
        weight,
        counted: true,
      }));
      board.add(weighted, { size: bound, required: true, weight: 1 });
      const allowed = { standings: Float32Array.from(standings), bound };
      const alone = bestOf(board, allowed);
      const sums = board.sums();
      const addedUp = bestOf({ lone: () => undefined, sums: () => sums }, allowed);
      expect(alone).toEqual(addedUp);
      expect(board.lone()).toBeUndefined();

      // What is left of it must not reach the next question.
      board.add(weighted, { size: bound, required: true, weight: 1 });
      board.reset(bound);
      expect(board.sums().scores.every((score) => score === 0)).toBe(true);
      board.reset(bound);
      board.add(weighted, { size: bound, required: true, weight: 1 });
      expect(bestOf(board, allowed)).toEqual(alone);
    }),
    seeded(14, 200),
  );
});
