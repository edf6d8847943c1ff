import * as fc from "fast-check";
import { expect, test } from "vitest";
import { changeSchema } from "#shared/domain/change.ts";
import { isPlainChange, readChangeBody } from "#shared/domain/plain-change.ts";
import type { Json } from "#shared/domain/json.ts";
import { play, steps } from "#test/support/random-history.ts";
import { seeded } from "#test/support/seeded.ts";

const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(0, -1, 1.5, Infinity, "", "x".repeat(300), "ffffffffffffff", null, [[1, 2]]),
  fc.constantFrom("set", "text", "members", "counter"),
  fc.constant(undefined),
);

/** Puts a value somewhere into a JSON value, now here, now there. */
function spoil(json: unknown, picks: readonly number[], value: unknown): unknown {
  const [pick = 0, ...rest] = picks;
  if (typeof json !== "object" || json === null || picks.length === 0) return value;
  const keys = [...Object.keys(json), "extra"];
  const key = keys[pick % keys.length]!;
  const copy: Record<string, unknown> = Array.isArray(json) ? ([...json] as never) : { ...json };
  const inner = spoil(copy[key], rest, value);
  if (inner === undefined && !Array.isArray(json)) delete copy[key];
  else copy[key] = inner;
  return copy;
}

test("lets pass nothing that the schema refuses, and loses nothing that it takes", () => {
  const changed = { plain: 0, refused: 0 };
  fc.assert(
    fc.property(steps, fc.array(fc.nat(20), { maxLength: 6 }), odd, (script, picks, value) => {
      for (const { change } of play(script).slice(-3)) {
        const { id: _, ...body } = change;
        const spoilt = spoil(body, picks, value) as Json;
        const bySchema = changeSchema.safeParse(spoilt);
        if (isPlainChange(spoilt)) {
          changed.plain += 1;
          expect(bySchema.success).toBe(true);
        }
        if (!bySchema.success) changed.refused += 1;
        expect(readChangeBody(spoilt) !== undefined).toBe(bySchema.success);
      }
    }),
    seeded(61, 2000),
  );
  expect(changed.plain).toBeGreaterThan(200);
  expect(changed.refused).toBeGreaterThan(200);
});

test("knows the ordinary change at once", () => {
  fc.assert(
    fc.property(steps, (script) => {
      for (const { change } of play(script)) expect(isPlainChange(change)).toBe(true);
    }),
    seeded(62, 100),
  );
});
