import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createBoundedCache } from "#engine/search/bounded-cache.ts";
import { seeded } from "#test/support/seeded.ts";

test("what is kept is the value set last, and all of it weighs no more than the capacity", () => {
  const steps = fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 12 }), fc.boolean()), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(steps, (all) => {
      const cache = createBoundedCache<number, { readonly weight: number }>(
        40,
        ({ weight }) => weight,
      );
      const latest = new Map<number, { readonly weight: number }>();
      for (const [key, weight, write] of all) {
        if (write) {
          latest.set(key, { weight });
          cache.set(key, latest.get(key) ?? { weight });
        }
        const found = cache.get(key);
        if (write) expect(found).toBe(latest.get(key));
        if (found !== undefined) expect(found).toBe(latest.get(key));
      }
      // Looking changes what is kept, so each key is looked at once.
      const kept = [...latest.keys()].flatMap((key) => cache.get(key) ?? []);
      expect(kept.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(40);
    }),
    seeded(14, 300),
  );
});

test("what is used again and again stays, whatever comes between", () => {
  const cache = createBoundedCache<number, number>(10, () => 1);
  cache.set(0, 0);
  for (let key = 1; key < 100; key += 1) {
    cache.set(key, key);
    expect(cache.get(0)).toBe(0);
  }
  expect(cache.get(50)).toBeUndefined();
  cache.clear();
  expect(cache.get(0)).toBeUndefined();
});
