/**
 * A time limit for calls that cannot be cancelled. A call that is still running behind its limit
 * keeps one of the few threads that Node has for files, so after some of those no new call begins
 * until one comes back: a share that hangs must not stop the app from reading its own disk.
 */

/** What is said instead of the call's answer. */
export type Overdue = "overdue";

/** Runs a call; answers `overdue` when it takes too long, or when too many others do. */
export type TimeLimit = <T>(call: () => Promise<T>) => Promise<T | Overdue>;

/** Most calls that may be running behind their limit; Node has four threads. */
const mostOverdue = 3;

/** Builds a limit of so many milliseconds for each call. */
export function createTimeLimit(milliseconds: number): TimeLimit {
  let running = 0;
  return async (call) => {
    if (running >= mostOverdue) return "overdue";
    const answer = call();
    const { promise: limit, resolve } = Promise.withResolvers<Overdue>();
    const timer = setTimeout(() => {
      running += 1;
      const back = () => {
        running -= 1;
      };
      answer.then(back, back);
      resolve("overdue");
    }, milliseconds);
    try {
      return await Promise.race([answer, limit]);
    } finally {
      clearTimeout(timer);
    }
  };
}
