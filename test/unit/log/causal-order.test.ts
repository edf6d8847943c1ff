import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { causalOrder } from "#engine/log/causal-order.ts";
import { type Change, namedBy } from "#shared/domain/change.ts";
import { timestampSchema } from "#shared/domain/clock.ts";
import { processorTime } from "#test/support/processor-time.ts";
import { fold, play, steps, withId } from "#test/support/random-history.ts";
import { seeded } from "#test/support/seeded.ts";

const shuffled = fc
  .tuple(steps, fc.infiniteStream(fc.nat(1_000_000)))
  .map(([script, dice]): readonly Change[] =>
    play(script)
      .map((one) => ({ change: one.change, at: dice.next().value ?? 0 }))
      .toSorted((a, b) => a.at - b.at)
      .map((one) => one.change),
  );

/** The order by its definition, without any haste. */
function earliestFree(changes: readonly Change[]): readonly Change[] {
  const left = new Set(changes);
  const ordered: Change[] = [];
  while (left.size > 0) {
    const free = [...left].filter(
      (change) =>
        ![...left].some(
          (other) =>
            (namedBy(change).includes(other.id) && other !== change) ||
            (other.device === change.device && other.sequence < change.sequence),
        ),
    );
    const [next] = free.toSorted((a, b) =>
      a.at < b.at || (a.at === b.at && a.id < b.id) ? -1 : 1,
    );
    if (next === undefined) throw new Error("These changes name each other in a circle.");
    left.delete(next);
    ordered.push(next);
  }
  return ordered;
}

describe("the causal order", () => {
  test("puts each change after the ones it names and after the earlier ones of its device", () => {
    fc.assert(
      fc.property(shuffled, (changes) => {
        const place = new Map(causalOrder(changes).map((change, at) => [change.id, at]));
        expect(place.size).toBe(changes.length);
        for (const change of changes) {
          const own = place.get(change.id)!;
          for (const named of namedBy(change)) expect(place.get(named)!).toBeLessThan(own);
          const earlier = changes.filter(
            (other) => other.device === change.device && other.sequence < change.sequence,
          );
          for (const other of earlier) expect(place.get(other.id)!).toBeLessThan(own);
        }
      }),
      seeded(11, 300),
    );
  });

  test("is the same whatever order the changes came in", () => {
    fc.assert(
      fc.property(shuffled, (changes) => {
        const inOrder = causalOrder(changes.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
        expect(causalOrder(changes)).toEqual(inOrder);
        expect(fold(causalOrder(changes))).toEqual(fold(inOrder));
      }),
      seeded(12, 300),
    );
  });

  test("is what taking the earliest free change again and again gives", () => {
    fc.assert(
      fc.property(shuffled, fc.boolean(), (given, late) => {
        // With every second device's clock behind, much is named by what has an earlier time.
        const changes = given.map((change, index) =>
          late && index % 2 === 0
            ? { ...change, at: timestampSchema.parse("00000000001-0000") }
            : change,
        );
        expect(causalOrder(changes)).toEqual(earliestFree(changes));
      }),
      seeded(13, 300),
    );
  });

  test("lets the earlier clock go first among changes that know nothing of each other", () => {
    const two = play([
      { do: "set", device: 2, path: "title", value: "a" },
      { do: "set", device: 0, path: "title", value: "b" },
    ]).map((one) => one.change);
    expect(causalOrder(two).map((change) => change.at)).toEqual(
      two.map((change) => change.at).toSorted(),
    );
    expect(causalOrder(two)[0]).toBe(two[1]);
  });

  test("is not held up by a change that is not there", () => {
    const [first, second] = play([
      { do: "set", device: 0, path: "title", value: "a" },
      { do: "set", device: 0, path: "title", value: "b" },
    ]).map((one) => one.change);
    expect(namedBy(second!)).toEqual([first!.id]);
    expect(causalOrder([second!])).toEqual([second]);
  });

  test("orders ten thousand changes of one record in well under a second", () => {
    const [model] = play([{ do: "set", device: 0, path: "title", value: "a" }]);
    const many = Array.from({ length: 10_000 }, (_, index): Change => {
      return withId({ ...model!.change, sequence: 10_000 - index });
    });
    const spent = processorTime();
    expect(causalOrder(many)[0]?.sequence).toBe(1);
    expect(spent()).toBeLessThan(1000);
  });
});
