/** How long work in one process lets everything else be answered in between. */
import { setImmediate as nextTurn } from "node:timers/promises";

/** Milliseconds of work between two breaths: a fraction of what an eye notices while typing. */
const stretch = 5;

/**
 * A function to await as often as one likes: it gives way once `stretch` milliseconds have been
 * worked since it last did, and answers at once otherwise.
 */
export function createBreath(now: () => number = performance.now.bind(performance)) {
  let since = now();
  return async (): Promise<void> => {
    if (now() - since < stretch) return;
    await nextTurn();
    since = now();
  };
}
