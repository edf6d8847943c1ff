/** Segments as chance and ill will make them: nothing escapes, nothing is accepted, nothing takes long. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { sampleBodies, sampleDevice, sampleSegment } from "#test/support/format-samples.ts";
import { mutate } from "#test/support/mutate.ts";
import { createTestPeer, problemsOf, testLibrary } from "#test/support/test-peer.ts";

const reportSchema = z.object({
  count: z.number(),
  outcomes: z.record(z.string(), z.number()),
  slowest: z.number(),
  grown: z.number(),
  kept: z.number(),
  findings: z.array(z.object({ seed: z.number(), what: z.string() })),
});

/** GUILDHALL_FUZZ=1000000 makes it the long run; GUILDHALL_FUZZ_SEED begins elsewhere. */
const count = Number(process.env.GUILDHALL_FUZZ ?? 20_000);
const seed = Number(process.env.GUILDHALL_FUZZ_SEED ?? 1);

async function fuzz() {
  const program = fileURLToPath(new URL("../../support/fuzz-segments.ts", import.meta.url));
  const child = spawn(process.execPath, ["--expose-gc", program, String(seed), String(count)]);
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  const ended = Promise.withResolvers<number | null>();
  child.on("close", ended.resolve);
  expect(await ended.promise).toBe(0);
  return reportSchema.parse(JSON.parse(printed));
}

describe("mutated segments", () => {
  test("neither escape the parsers, nor are believed, nor take long or much memory", async () => {
    const report = await fuzz();
    expect(report.findings).toEqual([]);
    expect(report.count).toBe(count);
    // Each file in 50 ms, and 15 ms more for each megabyte that it inflates to.
    expect(report.slowest).toBeLessThan(1);
    expect(report.grown).toBeLessThan(64);
    expect(report.kept).toBeLessThan(8);
    // The mutations reach every check there is, the last ones too.
    const reached = [
      "truncated",
      "hash",
      "signature",
      "oversize",
      "other_library",
      "future_format",
    ];
    for (const outcome of [...reached, "not_guildhall", "unpacked: hash", "unpacked: oversize"]) {
      expect(report.outcomes, `how many were ${outcome}`).toHaveProperty(outcome);
    }
  }, 3_600_000);

  test("leave the log empty and whole when they are handed in by the hundred", async () => {
    await using ben = await createTestPeer(2);
    const device = sampleDevice(1);
    const original = sampleSegment(device, {
      library: testLibrary,
      bodies: sampleBodies(device, 9),
    });
    for (let batch = 0; batch < 10; batch += 1) {
      const files = Array.from({ length: 100 }, (_, index) =>
        mutate(original, 1_000_000 + batch * 100 + index),
      ).filter((bytes) => Buffer.compare(bytes, original) !== 0);
      const { verdicts } = await ben.take(...files);
      expect(verdicts).toHaveLength(files.length);
      expect(verdicts.filter(({ outcome }) => outcome !== "quarantined")).toEqual([]);
      expect(verdicts.every(({ changes }) => changes === 0)).toBe(true);
    }
    const { read } = ben.foundation.databases;
    expect(ben.foundation.log.count(read)).toBe(0);
    expect(ben.intake.streamEnds(read)).toEqual([]);
    await ben.take(original);
    expect(ben.foundation.log.count(read)).toBe(9);
    expect(problemsOf(ben)).toEqual([]);
  });
});
