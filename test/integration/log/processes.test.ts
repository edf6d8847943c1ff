import { describe, expect, test } from "vitest";
import { openDatabases } from "#engine/db/open-databases.ts";
import { startProcess } from "#test/support/child-process.ts";
import { createTestFoundation, type TestFoundation } from "#test/support/test-foundation.ts";
import { testClock } from "#test/support/test-clock.ts";

function problems({ log }: TestFoundation, profile: string): readonly string[] {
  const databases = openDatabases(profile);
  const found = [...log.verify(databases.read)].flatMap((step) => step.problem ?? []);
  databases.close();
  return found;
}

describe("a process that is killed in the middle of appending", () => {
  test("leaves every transaction that it had committed, whole, and no other", async () => {
    await using foundation = await createTestFoundation();
    const { profile, databases, log } = foundation;
    const dice = testClock(2026);
    let lastSeen = 0;
    for (let round = 0; round < 12; round += 1) {
      const writer = startProcess("append-forever.ts", profile, String(round));
      await writer.printed(1 + ((dice.randomBytes(1)[0] ?? 0) % 25));
      writer.kill();
      await writer.ended;
      const committed = Number(writer.lines.at(-1));
      expect(committed).toBeGreaterThan(lastSeen);
      lastSeen = log.count(databases.read);
      // Without a gap, so the count is the last sequence; one more may have been committed unsaid.
      expect(lastSeen).toBeGreaterThanOrEqual(committed);
      expect(problems(foundation, profile)).toEqual([]);
    }
    const integrity = databases.read.prepare("PRAGMA integrity_check").pluck().all();
    expect(integrity).toEqual(["ok"]);
  });
});

describe("two processes that append at once", () => {
  test("take turns: one chain without a gap, nothing lost", async () => {
    await using foundation = await createTestFoundation();
    const { profile, databases, log } = foundation;
    const writers = ["1", "2", "3"].map((seed) =>
      startProcess("append-forever.ts", profile, seed, "60"),
    );
    const codes = await Promise.all(writers.map((writer) => writer.ended));
    expect(codes).toEqual([0, 0, 0]);
    const sequences = writers.flatMap((writer) => writer.lines.map(Number));
    expect(new Set(sequences).size).toBe(180);
    expect(log.count(databases.read)).toBe(Math.max(...sequences));
    const times = [...log.all(databases.read)].map((change) => change.at);
    expect(times).toEqual([...new Set(times)].toSorted());
    expect(problems(foundation, profile)).toEqual([]);
    expect(databases.changedElsewhere()).toBe(true);
    expect(databases.changedElsewhere()).toBe(false);
  });
});
