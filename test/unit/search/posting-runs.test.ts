import Sqlite from "better-sqlite3";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Writable } from "#engine/db/database.ts";
import { internedStem } from "#engine/search/analysis/interned.ts";
import { createEditLog, type EditLog } from "#engine/search/index/edit-log.ts";
import { createPostingReader } from "#engine/search/index/posting-reader.ts";
import { joinSome } from "#engine/search/index/join-runs.ts";
import { writeRun } from "#engine/search/index/posting-runs.ts";
import { impactIn, numberIn } from "#engine/search/index/postings.ts";
import { keepEdits, takeEdits } from "#engine/search/index/recent-edits.ts";
import { searchSchema } from "#engine/search/index/schema.ts";
import { seeded } from "#test/support/seeded.ts";

// JavaScript and SQLite order the last two differently.
const stems = ["", "1", "a", "ab", "b", "\u{FB00}", "\u{1F600}", "z"].map((stem) => `s${stem}`);
const many = Array.from({ length: 300 }, (_, index) => `n${index}`);

type Change = { readonly number: number; readonly impacts: Readonly<Record<string, number>> };

const change: fc.Arbitrary<Change> = fc.record({
  number: fc.nat(40),
  impacts: fc.oneof(
    fc.dictionary(fc.constantFrom(...stems), fc.integer({ min: 0, max: 255 })),
    fc.constant(Object.fromEntries(many.map((stem, index) => [stem, index % 256]))),
  ),
});

function openDatabase(): Writable {
  const db = new Sqlite(":memory:");
  db.exec(searchSchema);
  return Object.assign(db, { readable: true as const, writable: true as const });
}

function logOf(changes: readonly Change[]): EditLog {
  const log = createEditLog();
  for (const { number, impacts } of changes) {
    log.note(number, {
      stems: Int32Array.from(Object.keys(impacts), internedStem),
      impacts: Uint8Array.from(Object.values(impacts)),
    });
  }
  return log;
}

function runsIn(db: Writable): readonly number[] {
  return db.prepare<[], number>("SELECT size FROM search_run ORDER BY run").pluck().all();
}

test("whatever is written as runs, or waits beside them, is read as if it were one", () => {
  const step = fc.record({
    changes: fc.array(change, { maxLength: 4 }),
    waits: fc.boolean(),
    joined: fc.nat(400),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 24 }), (steps) => {
      const db = openDatabase();
      const reader = createPostingReader(db);
      const expected = new Map<string, Map<number, number>>();
      steps.forEach(({ changes, waits, joined }, stamp) => {
        if (waits) {
          keepEdits(db, stamp, logOf(changes));
        } else {
          for (const log of [takeEdits(db), logOf(changes)]) for (const _ of writeRun(db, log));
        }
        for (const _ of joinSome(db, joined));
        for (const { number, impacts } of changes) {
          for (const [stem, impact] of Object.entries(impacts)) {
            const postings = expected.get(stem) ?? new Map<number, number>();
            expected.set(stem, postings.set(number, impact));
          }
        }
        reader.refresh({ cleared: false });
        for (const stem of [...stems, "n0", "n1", "n299"]) {
          const read = Array.from(reader.postings(stem), (one) => [numberIn(one), impactIn(one)]);
          const all = [...(expected.get(stem) ?? [])].filter(([, impact]) => impact > 0);
          expect(read, stem).toEqual(all.toSorted(([a], [b]) => a - b));
        }
      });
      db.close();
    }),
    seeded(12, 100),
  );
});

test("runs are joined as they gather, so that few of them have to be read", () => {
  const db = openDatabase();
  for (let run = 0; run < 200; run += 1) {
    const impacts = Object.fromEntries(many.map((stem) => [stem, 1 + (run % 255)]));
    for (const _ of writeRun(db, logOf([{ number: run, impacts }])));
    for (const _ of joinSome(db, 4 * many.length));
    // Eight of each size, and eight more that gather while those are being joined.
    expect(runsIn(db).length).toBeLessThanOrEqual(16 * (1 + Math.log(run + 1) / Math.log(8)));
  }
  for (const _ of joinSome(db, Infinity));
  const sizes = runsIn(db);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(200 * many.length);
  expect(sizes.length).toBeLessThanOrEqual(7 * (1 + Math.log(200) / Math.log(8)));
  const kept = db.prepare<[], number>("SELECT count(DISTINCT run) FROM search_posting").pluck();
  expect(kept.get()).toBe(sizes.length);
  db.close();
});

test("a join takes as much as it is given, and goes on from there", () => {
  const db = openDatabase();
  for (let run = 0; run < 8; run += 1) {
    const impacts = Object.fromEntries(many.map((stem) => [stem, 1]));
    for (const _ of writeRun(db, logOf([{ number: run, impacts }])));
  }
  const rows = db.prepare<[], number>("SELECT count(*) FROM search_posting").pluck();
  const before = rows.get() ?? 0;
  for (const _ of joinSome(db, 1));
  const after = rows.get() ?? 0;
  expect(after).toBeLessThan(before);
  expect(after).toBeGreaterThan(before / 2);
  expect(runsIn(db)).toHaveLength(9);
  for (const _ of joinSome(db, 8 * many.length));
  expect(runsIn(db)).toEqual([8 * many.length]);
  db.close();
});
