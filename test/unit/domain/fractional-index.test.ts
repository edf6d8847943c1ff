import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPosition, positionsBetween } from "#shared/domain/fractional-index.ts";
import { seeded } from "#test/support/seeded.ts";

describe("positions in a list", () => {
  it("lie strictly between their neighbours wherever elements are put in", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 5 }))), (insertions) => {
        const places: string[] = [];
        for (const [anywhere, count] of insertions) {
          const at = anywhere % (places.length + 1);
          places.splice(at, 0, ...positionsBetween(places[at - 1], places[at], count));
        }
        expect(places.every(isPosition)).toBe(true);
        expect(places).toEqual([...new Set(places)].toSorted());
      }),
      seeded(21, 300),
    );
  });

  it("stay short when a thousand elements are added one after another", () => {
    const places: string[] = [];
    for (let index = 0; index < 1000; index += 1) {
      places.push(...positionsBetween(places.at(-1), undefined, 1));
    }
    expect(places.at(-1)?.length).toBeLessThan(20);
    expect(places).toEqual(places.toSorted());
  });

  it("stay short when a thousand are put in at once", () => {
    const places = positionsBetween("V", "W", 1000);
    expect(Math.max(...places.map((place) => place.length))).toBeLessThan(12);
  });

  it("refuse neighbours in the wrong order", () => {
    expect(() => positionsBetween("b", "a", 1)).toThrow(RangeError);
    expect(() => positionsBetween("a", "a", 1)).toThrow(RangeError);
  });
});
