import * as fc from "fast-check";
import { expect, test } from "vitest";
import { topPositions } from "#engine/search/rank/top.ts";
import { seeded } from "#test/support/seeded.ts";

test("the best few are those a stable sort would put first", () => {
  const scores = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 });
  fc.assert(
    fc.property(scores, fc.nat(70), (all, limit) => {
      const sorted = all
        .map((score, position) => ({ score, position }))
        .toSorted((a, b) => b.score - a.score || a.position - b.position)
        .slice(0, limit)
        .map(({ position }) => position);
      expect(topPositions(all, limit)).toEqual(sorted);
    }),
    seeded(2, 500),
  );
});
