/** Loggers for tests: one that stays silent, and one that fails the test when an error is logged. */
import type { Logger } from "#engine/engine.ts";

/** Keeps what was logged, for a test that asks. */
export type TestLogger = Logger & {
  readonly errors: readonly unknown[];
  readonly lines: readonly string[];
};

/** Prints nothing; `errors` and `lines` hold what would have been written. */
export function testLogger(): TestLogger {
  const errors: unknown[] = [];
  const lines: string[] = [];
  return {
    errors,
    lines,
    info: (event, facts) => lines.push(`${event} ${JSON.stringify(facts ?? {})}`),
    warn: (event, facts) => lines.push(`${event} ${JSON.stringify(facts ?? {})}`),
    error: (event, error) => {
      lines.push(event);
      errors.push(error);
    },
  };
}
