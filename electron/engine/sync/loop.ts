/**
 * When to look at the shared folder: the only place of sync with timers. It looks soon after a local
 * write, when the folder hints at a change, and otherwise at its own pace; after a failure ever more
 * rarely. One process for each profile runs it. It decides nothing about what a look does.
 */
import type { Pace } from "./pace.ts";

export type Surroundings = {
  /** Whether somebody is looking at a window. */
  readonly focused: boolean;
  /** Whether the folder lies on a file server, whose listings are kept for seconds by its clients. */
  readonly network: boolean;
  readonly devices: number;
};

type Dependencies = {
  /** Looks once; whether the folder could be used. */
  readonly look: () => Promise<boolean>;
  readonly surroundings: () => Surroundings;
  readonly pace: Pace;
  readonly now: () => number;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  /** Calls once after so many milliseconds, unless it is disposed of. */
  readonly timer: (milliseconds: number, call: () => void) => Disposable;
  /** Takes or keeps the right to run for so long; false while another process has it. */
  readonly lease: (milliseconds: number) => boolean;
  /** Hears of whatever goes wrong in a look beyond the folder. */
  readonly failed: (error: unknown) => void;
};

export type Loop = {
  readonly start: () => void;
  /** Something was written here that is to go out. */
  readonly wrote: () => void;
  /** The folder hints that something changed, or somebody came back to the window. */
  readonly hint: () => void;
  /** Ends it, and waits for a look that is under way. */
  readonly stop: () => Promise<void>;
};

/** The pause between two looks when all is well. */
export function lookPause(pace: Pace, { focused, network, devices }: Surroundings): number {
  const { look } = pace;
  if (focused) return network ? look.network : look.focused;
  return devices > look.crowd ? look.crowded : look.background;
}

/** The pause after so many failures in a row. */
export function retryPause(pace: Pace, failures: number): number {
  return Math.min(pace.retry.most, pace.retry.first * 2 ** Math.max(0, failures - 1));
}

/** Builds the loop; nothing happens before `start`. */
export function createLoop(deps: Dependencies): Loop {
  const { pace, now } = deps;
  let running = false;
  let timer: Disposable | undefined;
  /** When the timer is due; the soonest wish wins. */
  let due = Infinity;
  let looking: Promise<void> | undefined;
  /** Somebody wished for a look while one was under way. */
  let again = false;
  let failures = 0;
  let firstWrite: number | undefined;

  function jittered(pause: number): number {
    return pause * (1 - pace.look.jitter + 2 * pace.look.jitter * deps.random());
  }

  function schedule(pause: number, keepSooner: boolean): void {
    if (!running) return;
    const at = now() + pause;
    if (keepSooner && at >= due) return;
    timer?.[Symbol.dispose]();
    due = at;
    timer = deps.timer(pause, run);
  }

  function run(): void {
    timer = undefined;
    due = Infinity;
    if (!running) return;
    again = looking !== undefined;
    looking ??= lookOnce().finally(() => {
      looking = undefined;
      const pause =
        failures > 0 ? retryPause(pace, failures) : lookPause(pace, deps.surroundings());
      // What was written during the look has made its own, sooner, wish.
      schedule(again && failures === 0 ? 0 : jittered(pause), true);
    });
  }

  async function lookOnce(): Promise<void> {
    firstWrite = undefined;
    const longest = Math.max(pace.look.crowded, pace.retry.most);
    try {
      // Noting the lease fails, too, where the disk is full.
      if (!deps.lease(longest * 1.5)) return;
      failures = (await deps.look()) ? 0 : failures + 1;
    } catch (error) {
      failures += 1;
      deps.failed(error);
    }
  }

  return {
    start: () => {
      if (running) return;
      running = true;
      schedule(0, false);
    },
    wrote: () => {
      // Each write puts the look off a little, but not beyond the longest pause since the first one,
      // and no look that was due sooner anyway.
      const isFirst = firstWrite === undefined;
      const first = (firstWrite ??= now());
      const at = Math.min(now() + pace.writePause, first + pace.writePauseMost);
      if (failures === 0) schedule(Math.max(0, at - now()), isFirst);
    },
    hint: () => {
      if (failures === 0) schedule(pace.hintPause, true);
    },
    stop: async () => {
      running = false;
      timer?.[Symbol.dispose]();
      timer = undefined;
      await looking;
    },
  };
}

/** A timer that keeps no process alive. */
export function ringOnce(milliseconds: number, call: () => void): Disposable {
  const timer = setTimeout(call, milliseconds);
  timer.unref();
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}
