import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isOwnTurn, turnsOf } from "#engine/handbook/election.ts";
import { deviceIdSchema } from "#shared/domain/ids.ts";

const letters = "0123456789abcdefghjkmnpqrstvwxyz";
const device = fc
  .array(fc.constantFrom(...letters.split("")), { minLength: 20, maxLength: 20 })
  .map((characters) => deviceIdSchema.parse(characters.join("")));
const devices = fc.uniqueArray(device, { minLength: 1, maxLength: 12 });
const hour = 3_600_000;
const now = Date.UTC(2026, 10, 22, 12);

describe("the election of who refreshes the handbook", () => {
  test("gives one device, the same whoever asks and in whatever order the devices are known", () => {
    fc.assert(
      fc.property(devices, fc.integer({ min: 0, max: 500 }), (all, day) => {
        const at = now + day * 24 * hour;
        const elected = all.filter((own) => {
          const others = all.filter((other) => other !== own).toReversed();
          return isOwnTurn({ own, devices: others, now: at, since: at });
        });
        expect(elected).toHaveLength(1);
      }),
      { seed: 7 },
    );
  });

  test("passes to the next one every two hours, so that a device that does not do it holds nothing up", () => {
    fc.assert(
      fc.property(devices, (all) => {
        const order = turnsOf("2026-11-22", all);
        for (const [place, own] of order.entries()) {
          const since = now - place * 2 * hour;
          expect(isOwnTurn({ own, devices: all, now, since })).toBe(true);
          if (place > 0)
            expect(isOwnTurn({ own, devices: all, now, since: since + 1 })).toBe(false);
        }
      }),
      { seed: 7 },
    );
  });

  test("changes from day to day", () => {
    const [all = []] = fc.sample(fc.uniqueArray(device, { minLength: 8, maxLength: 8 }), {
      seed: 7,
      numRuns: 1,
    });
    const first = Array.from({ length: 60 }, (_, day) => turnsOf(`day ${day.toString()}`, all)[0]);
    expect(new Set(first).size).toBeGreaterThan(5);
  });
});
