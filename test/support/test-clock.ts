/** Time and randomness that are the same in every run. */
import type { IdSource } from "#shared/domain/ids.ts";

export type TestClock = IdSource & {
  /** Moves the time on, in milliseconds; negative for a clock that jumps back. */
  readonly advance: (milliseconds: number) => void;
};

/** 2026-01-05T09:00:00Z, a Monday. It stands still unless it is advanced. */
export function testClock(seed = 1, start = Date.UTC(2026, 0, 5, 9)): TestClock {
  let now = start;
  let state = seed >>> 0;
  return {
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    randomBytes: (length) => {
      const bytes = new Uint8Array(length);
      for (let index = 0; index < length; index += 1) {
        // Mulberry32: small, even and seeded; nothing that a test makes has to be secret.
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        bytes[index] = (mixed ^ (mixed >>> 14)) & 0xff;
      }
      return bytes;
    },
  };
}
