/** How long to wait before the engine is started again, and when to give up. Pure. */

/** Milliseconds before the first, second … restart in a row. */
export const delays: readonly number[] = [200, 1000, 4000, 15_000];

/** An engine that lived this long had a good start: what comes later is a new mishap. */
export const goodLife = 60_000;

/** What to do after an exit: wait and start again, or stop. `failures` counts this one. */
export function afterExit(options: {
  readonly failures: number;
  readonly lived: number;
}):
  | { readonly restart: true; readonly delay: number; readonly failures: number }
  | { readonly restart: false } {
  const failures = options.lived >= goodLife ? 1 : options.failures + 1;
  const delay = delays[failures - 1];
  return delay === undefined ? { restart: false } : { restart: true, delay, failures };
}
