import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type ColumnRow, createRecordColumns } from "#engine/search/record-columns.ts";
import { seeded } from "#test/support/seeded.ts";

const row: fc.Arbitrary<ColumnRow> = fc.record({
  standing: fc.integer({ min: 1, max: 4 }),
  letters: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  folded: fc.string({ maxLength: 5 }),
  updated: fc.nat(),
  stamp: fc.nat(),
  marks: fc.uniqueArray(fc.nat(9), { maxLength: 8 }),
});
const step = fc.record({ number: fc.nat(3000), row: fc.option(row, { nil: undefined }) });

test("columns say after any changes what a map of the records would say", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const columns = createRecordColumns();
      const expected = new Map<number, ColumnRow>();
      for (const { number, row } of steps) {
        if (row === undefined) {
          columns.drop(number);
          expected.delete(number);
        } else {
          columns.put(number, row);
          expected.set(number, row);
        }
      }
      expect(columns.size()).toBe(expected.size);
      for (const { number } of steps) {
        const known = expected.get(number);
        expect(columns.has(number)).toBe(known !== undefined);
        expect(columns.standings()[number] ?? 0).toBe(known?.standing ?? 0);
        expect(columns.folded(number)).toBe(known?.folded ?? "");
        for (const mark of Array.from({ length: 10 }, (_, mark) => mark)) {
          const has = known?.marks.includes(mark) ? 1 : 0;
          expect(columns.withAny(new Set([mark]))[number] ?? 0).toBe(has);
        }
        const moment = known?.updated ?? 0;
        if (known !== undefined) expect(columns.since(moment)[number]).toBe(1);
        expect(columns.since(moment + 1)[number] ?? 0).toBe(0);
      }
      expect([...columns.numbers()]).toEqual([...expected.keys()].toSorted((a, b) => a - b));
      const counts = new Int32Array(10);
      columns.countMarks(Int32Array.from(expected.keys()), counts);
      const of = (mark: number) => [...expected.values()].filter((one) => one.marks.includes(mark));
      expect([...counts]).toEqual(Array.from(counts, (_, mark) => of(mark).length));
    }),
    seeded(11, 200),
  );
});
