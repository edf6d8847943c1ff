import { describe, expect, test } from "vitest";
import { createBreath } from "#engine/jobs/breath.ts";
import { createJobRunner } from "#engine/jobs/create-job-runner.ts";
import { JobCancelled } from "#engine/jobs/job-runner.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { testClock } from "#test/support/test-clock.ts";
import { testLogger } from "#test/support/test-logger.ts";

function runner() {
  const clock = testClock();
  const logger = testLogger();
  const announced: unknown[] = [];
  const emit = (_: string, payload: unknown) => void announced.push(payload);
  return { clock, logger, announced, jobs: createJobRunner({ clock, logger, emit }) };
}

describe("a job", () => {
  test("answers its id at once, and its result stays readable after it has ended", async () => {
    const { jobs } = runner();
    const gate = Promise.withResolvers<number>();
    const id = jobs.start("check", "Everything", () => gate.promise);
    expect(jobs.get(id)).toMatchObject({ state: "running", label: "Everything", kind: "check" });
    expect(jobs.result(id)).toBeNull();
    gate.resolve(7);
    expect(await jobs.ended(id)).toMatchObject({ state: "done", failure: null });
    expect(jobs.result(id)).toBe(7);
  });

  test("announces at most ten times a second, and always its beginning and its end", async () => {
    const { jobs, announced, clock } = runner();
    const id = jobs.start("import", "Files", async (control) => {
      for (let done = 0; done < 1000; done += 1) {
        control.report({ done, total: 1000, step: "Reading" });
        clock.advance(1);
      }
      return null;
    });
    const last = await jobs.ended(id);
    expect(last).toMatchObject({ state: "done", done: 999, total: 1000, step: "Reading" });
    expect(announced.at(0)).toMatchObject({ state: "running", done: 0 });
    expect(announced.at(-1)).toEqual(last);
    // One second of work: the start, ten reports, the end.
    expect(announced.length).toBeLessThanOrEqual(12);
    expect(announced.length).toBeGreaterThanOrEqual(10);
  });

  test("that is cancelled ends as cancelled and keeps what it has to say", async () => {
    const { jobs } = runner();
    const id = jobs.start("import", "Files", async (control) => {
      while (!control.cancelled()) await control.breathe();
      return { created: 3 };
    });
    jobs.cancel(id);
    expect((await jobs.ended(id)).state).toBe("cancelled");
    expect(jobs.result(id)).toEqual({ created: 3 });
  });

  test("that leaves a transaction by an exception when cancelled is cancelled, not failed", async () => {
    const { jobs, logger } = runner();
    const id = jobs.start("rebuild", "Rebuild", async () => {
      throw new JobCancelled();
    });
    expect(await jobs.ended(id)).toMatchObject({ state: "cancelled", failure: null });
    expect(logger.errors).toEqual([]);
  });

  test("tells a foreseen failure in its own sentence and a bug in a general one", async () => {
    const { jobs, logger } = runner();
    const foreseen = jobs.start("export", "Export", async () => {
      throw new ExpectedFailure("disk_full", "The disk is full.");
    });
    const bug = jobs.start("export", "Export", async () => {
      throw new TypeError("Ana's notes are undefined");
    });
    expect((await jobs.ended(foreseen)).failure).toBe("The disk is full.");
    const failure = (await jobs.ended(bug)).failure;
    expect(failure).toContain("Something went wrong inside Guildhall");
    expect(failure).not.toContain("Ana");
    expect(logger.errors.at(-1)).toBeInstanceOf(TypeError);
  });

  test("that nobody started is named as such", () => {
    const { jobs } = runner();
    expect(jobs.get("none")).toBeUndefined();
    expect(() => jobs.cancel("none")).toThrow(ExpectedFailure);
  });
});

describe("closing", () => {
  test("cancels what runs, waits for it, and starts nothing more", async () => {
    const { jobs } = runner();
    let safePoint = false;
    jobs.start("import", "Files", async (control) => {
      while (!control.cancelled()) await control.breathe();
      await control.breathe();
      safePoint = true;
      return null;
    });
    await jobs.close();
    expect(safePoint).toBe(true);
    expect(() => jobs.start("check", "Check", async () => null)).toThrow("closing");
  });
});

describe("a breath", () => {
  test("lets everybody else have a turn once five milliseconds were worked", async () => {
    let now = 0;
    let others = 0;
    const breathe = createBreath(() => now);
    for (let piece = 1; piece <= 20; piece += 1) {
      setImmediate(() => (others += 1));
      now += 5;
      await breathe();
      expect(others).toBe(piece);
    }
  });

  test("costs no turn before that, and counts from when the others are done", async () => {
    let now = 0;
    let others = 0;
    const breathe = createBreath(() => now);
    setImmediate(() => {
      others += 1;
      now += 100;
    });
    now = 4;
    await breathe();
    expect(others).toBe(0);
    now = 5;
    await breathe();
    expect(others).toBe(1);
    setImmediate(() => (others += 1));
    now = 109;
    await breathe();
    expect(others).toBe(1);
  });
});
