import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bodiesOfRecord, insertChange } from "#engine/log/log-statements.ts";
import { shortBody } from "#engine/log/short-body.ts";
import { timestampSchema } from "#shared/domain/clock.ts";
import { deviceIdSchema, newRecordId } from "#shared/domain/ids.ts";
import { createTestFoundation, type TestFoundation } from "#test/support/test-foundation.ts";

let foundation: TestFoundation;
beforeAll(async () => {
  foundation = await createTestFoundation();
});
afterAll(() => foundation[Symbol.asyncDispose]());

const device = deviceIdSchema.parse("0wdkz2jttna762skbhf8");
const at = timestampSchema.parse("19b8d627e68-0000");

type Given = { readonly type: string; readonly acts: boolean; readonly writes: string };

/** Stores a body that is written as `spell` makes it; answers how it lies there and comes back. */
async function stored(given: Given, spell: (plain: string) => string = (plain) => plain) {
  const { clock, databases } = foundation;
  const record = newRecordId(clock);
  const said = {
    v: 1,
    device,
    incarnation: 7,
    sequence: 3,
    at,
    record,
    type: given.type,
    author: newRecordId(clock),
    ...(given.acts && { action: newRecordId(clock) }),
  };
  const sorted = Object.fromEntries(Object.entries(said).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const body = spell(`${JSON.stringify(sorted).slice(0, -1)},"writes":${given.writes}}`);
  const short = shortBody(body, said);
  const chain = clock.randomBytes(32);
  const action = said.action ?? null;
  const rows = await databases.queue.run((db) => {
    insertChange(db).run(device, 7, 3, at, record, action, short, chain);
    return bodiesOfRecord(db).all(record);
  });
  return { body, short, back: rows.map((row) => row.body) };
}

const writes = fc
  .array(fc.record({ path: fc.string({ unit: "binary" }), value: fc.jsonValue() }))
  .map((list) => JSON.stringify(list));
const types = fc.oneof(fc.constant("lesson"), fc.string({ unit: "binary", minLength: 1 }));

test("a body comes back as it was written, whatever it says", async () => {
  await fc.assert(
    fc.asyncProperty(fc.record({ type: types, acts: fc.boolean(), writes }), async (given) => {
      const { body, back } = await stored(given);
      expect(back).toEqual([body]);
    }),
    { seed: 11, numRuns: 200 },
  );
});

test("a body comes back as it was written, however it is spelt", async () => {
  const given = { type: "lesson", acts: false, writes: '[{"path":"ä"}]' };
  const spellings: readonly ((plain: string) => string)[] = [
    (plain) => plain.replace('"v":1', '"v":2'),
    (plain) => plain.replace('"v":1', '"v":1,"weight":2'),
    (plain) => plain.replace('"type"', '"note":"a","type"'),
    (plain) => plain.replace("lesson", "l\\u0065sson"),
    (plain) => plain.replace(/\}$/u, ',"zebra":[1]}'),
    (plain) => plain.replace(/\}$/u, "} "),
    (plain) => plain.replace('"incarnation":7', '"incarnation":8'),
    (plain) => `{"action":null,${plain.slice(1)}`,
  ];
  for (const spell of spellings) {
    const { body, back } = await stored(given, spell);
    expect(back).toEqual([body]);
  }
});

test("a small edit is stored in less than half of its letters", async () => {
  for (const acts of [true, false]) {
    const { body, short } = await stored({ type: "lesson", acts, writes: '[{"path":"title"}]' });
    expect(short.length).toBeLessThan(body.length / 2);
    expect(short).toContain('lesson"{"path":"title"}');
  }
});
