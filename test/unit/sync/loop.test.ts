/** The loop with a clock and timers of the test's own. */
import { describe, expect, it } from "vitest";
import { createLoop, lookPause, retryPause } from "#engine/sync/loop.ts";
import { defaultPace } from "#engine/sync/pace.ts";

const second = 1000;
const minute = 60 * second;
const calm = { focused: true, network: false, devices: 3 };

type Timer = { readonly at: number; readonly call: () => void };

function bench(look: () => Promise<boolean> = () => Promise.resolve(true)) {
  let now = 0;
  let timers: Timer[] = [];
  const looks: number[] = [];
  const failures: unknown[] = [];
  const state = { lease: true, leaseFails: false };
  const loop = createLoop({
    look: () => {
      looks.push(now);
      return look();
    },
    surroundings: () => calm,
    pace: defaultPace,
    now: () => now,
    random: () => 0.5,
    timer: (milliseconds, call) => {
      const timer = { at: now + milliseconds, call };
      timers.push(timer);
      return { [Symbol.dispose]: () => (timers = timers.filter((one) => one !== timer)) };
    },
    lease: () => {
      if (state.leaseFails) throw new Error("The disk is full.");
      return state.lease;
    },
    failed: (error) => failures.push(error),
  });
  async function settle(): Promise<void> {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  }
  return {
    loop,
    looks,
    failures,
    state,
    settle,
    pending: () => timers.length,
    pass: async (milliseconds: number) => {
      const end = now + milliseconds;
      for (;;) {
        await settle();
        const [next] = timers.toSorted((a, b) => a.at - b.at);
        if (next === undefined || next.at > end) break;
        now = next.at;
        timers = timers.filter((one) => one !== next);
        next.call();
      }
      now = end;
      await settle();
    },
  };
}

describe("the loop", () => {
  it("looks at once and then at its pace", async () => {
    const { loop, looks, pass } = bench();
    loop.start();
    await pass(16 * second);
    expect(looks).toEqual([0, 5000, 10_000, 15_000]);
    await loop.stop();
  });

  it("looks a pause after a write, and does not let further writes put that off for ever", async () => {
    const { loop, looks, pass } = bench(() => Promise.resolve(true));
    loop.start();
    await pass(1);
    loop.wrote();
    await pass(1.5 * second);
    expect(looks).toEqual([0, 1501]);
    for (let time = 0; time < 6; time += 1) {
      loop.wrote();
      await pass(second);
    }
    expect(looks.slice(2).every((at) => at <= 1501 + 5 * second)).toBe(true);
    expect(looks.length).toBeGreaterThan(2);
    await loop.stop();
  });

  it("looks again at once for what was wished while it was looking", async () => {
    const gates: (() => void)[] = [];
    const { loop, looks, pass } = bench(
      () => new Promise((resolve) => void gates.push(() => resolve(true))),
    );
    loop.start();
    await pass(0);
    loop.wrote();
    await pass(2 * second);
    expect(looks).toEqual([0]);
    gates.shift()?.();
    await pass(1);
    expect(looks).toHaveLength(2);
    gates.shift()?.();
    await loop.stop();
  });

  it("looks ever more rarely while the folder fails, up to ten minutes", async () => {
    const { loop, looks, pass } = bench(() => Promise.resolve(false));
    loop.start();
    await pass(60 * minute);
    const pauses = looks.slice(1).map((at, index) => at - (looks[index] ?? 0));
    expect(pauses.slice(0, 4)).toEqual([5000, 10_000, 20_000, 40_000]);
    expect(pauses.at(-1)).toBe(10 * minute);
    await loop.stop();
  });

  it("goes on after an error that is nobody's folder's", async () => {
    const { loop, looks, failures, pass } = bench(() => Promise.reject(new Error("a bug")));
    loop.start();
    await pass(10 * second);
    expect(failures.length).toBe(looks.length);
    expect(looks.length).toBeGreaterThan(1);
    await loop.stop();
  });

  it("goes on after a lease that could not be noted, as on a full disk", async () => {
    const { loop, looks, failures, state, pass } = bench();
    state.leaseFails = true;
    loop.start();
    await pass(minute);
    expect(looks).toEqual([]);
    expect(failures.length).toBeGreaterThan(1);
    state.leaseFails = false;
    await pass(10 * minute);
    expect(looks.length).toBeGreaterThan(0);
    await loop.stop();
  });

  it("lets the process that has the lease look", async () => {
    const { loop, looks, state, pass } = bench();
    state.lease = false;
    loop.start();
    await pass(minute);
    expect(looks).toEqual([]);
    state.lease = true;
    await pass(6 * second);
    expect(looks.length).toBeGreaterThan(0);
    await loop.stop();
  });

  it("has no timer left when it was stopped", async () => {
    const { loop, pending, pass, looks } = bench();
    loop.start();
    await pass(second);
    await loop.stop();
    loop.wrote();
    loop.hint();
    expect(pending()).toBe(0);
    await pass(minute);
    expect(looks).toEqual([0]);
  });
});

describe("the pauses", () => {
  it("are those of the place and of whoever is looking", () => {
    const pause = (more: object) => lookPause(defaultPace, { ...calm, ...more });
    expect(pause({})).toBe(5 * second);
    expect(pause({ network: true })).toBe(15 * second);
    expect(pause({ focused: false })).toBe(minute);
    expect(pause({ focused: false, devices: 501 })).toBe(5 * minute);
  });

  it("double with each failure", () => {
    expect([1, 2, 3, 20].map((failures) => retryPause(defaultPace, failures))).toEqual([
      5000, 10_000, 20_000, 600_000,
    ]);
  });
});
