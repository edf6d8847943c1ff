import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { both, mergeStart } from "#renderer/features/conflicts/merge-places.ts";

const word = fc.constantFrom("one ", "two ", "three ", "four ", "\n\n", "five ");
const text = fc.array(word, { maxLength: 14 }).map((words) => words.join(""));

describe("the places where two texts clash", () => {
  test("show what stood there and what each wrote, with the words around", () => {
    const start = mergeStart(
      "Within two days. Bye.",
      "Within one day. Bye.",
      "Within an hour. Bye.",
    );
    expect(start.places).toEqual([
      {
        base: "two days",
        a: "one day",
        b: "an hour",
        before: "Within ",
        after: ". Bye.",
        from: 7,
        to: 14,
      },
    ]);
    expect(start.text).toBe("Within one day. Bye.");
  });

  test("are none where both can be had", () => {
    const start = mergeStart("a b c d e", "A b c d e", "a b c d E");
    expect(start).toEqual({ text: "A b c d E", places: [] });
  });

  test("lie where they say, in order, and hold what the first wrote", () => {
    fc.assert(
      fc.property(text, text, text, (base, a, b) => {
        const start = mergeStart(base, a, b);
        let end = 0;
        for (const place of start.places) {
          expect(place.from).toBeGreaterThanOrEqual(end);
          expect(start.text.slice(place.from, place.to)).toBe(place.a);
          end = place.to;
        }
      }),
      { seed: 11 },
    );
  });

  test("keep both apart by a space in a line, by a line between lines", () => {
    expect(both({ a: "one day", b: "an hour" })).toBe("one day an hour");
    expect(both({ a: "- one\n- two", b: "- three" })).toBe("- one\n- two\n- three");
    expect(both({ a: "", b: "three" })).toBe("three");
  });
});
