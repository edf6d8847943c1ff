import Sqlite from "better-sqlite3";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Writable } from "#engine/db/database.ts";
import { internedStem } from "#engine/search/analysis/interned.ts";
import { createEditLog, type EditLog } from "#engine/search/index/edit-log.ts";
import { createPostingReader } from "#engine/search/index/posting-reader.ts";
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
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      const db = openDatabase();
      const reader = createPostingReader(db);
      const expected = new Map<string, Map<number, number>>();
      steps.forEach(({ changes, waits }, stamp) => {
        if (waits) {
          keepEdits(db, stamp, logOf(changes));
        } else {
          for (const log of [takeEdits(db), logOf(changes)]) for (const _ of writeRun(db, log));
        }
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
  for (let run = 0; run < 100; run += 1) {
    const impacts = Object.fromEntries(many.map((stem) => [stem, 1 + (run % 255)]));
    for (const _ of writeRun(db, logOf([{ number: run, impacts }])));
    const sizes = runsIn(db);
    expect(sizes.length).toBeLessThanOrEqual(7 * (1 + Math.log(run + 1) / Math.log(8)));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe((run + 1) * many.length);
  }
  const kept = db.prepare<[], number>("SELECT count(DISTINCT run) FROM search_posting").pluck();
  expect(kept.get()).toBe(runsIn(db).length);
  db.close();
});
