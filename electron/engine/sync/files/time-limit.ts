/**
 * A time limit for calls that cannot be cancelled. Every call takes one of the few threads that Node
 * has for files, and one that hangs keeps it; so fewer run at once than there are threads, and when
 * all of those hang nothing new begins until one comes back. A share that hangs must not stop the app
 * from reading its own disk.
 */

/** What is said instead of the call's answer. */
export type Overdue = "overdue";

/** Runs a call; answers `overdue` when it takes too long, or when all that may run hang already. */
export type TimeLimit = <T>(call: () => Promise<T>) => Promise<T | Overdue>;

/** Node's threads for files; one of them is left to everybody else. */
const threads = Number(process.env.UV_THREADPOOL_SIZE ?? 4);

/** Builds a limit of so many milliseconds for each call. Waiting for a turn does not count. */
export function createTimeLimit(milliseconds: number, most = Math.max(1, threads - 1)): TimeLimit {
  let free = most;
  let overdue = 0;
  const waiting: ((turn: "turn" | Overdue) => void)[] = [];

  function turn(): Promise<"turn" | Overdue> {
    if (overdue >= most) return Promise.resolve("overdue");
    const mine = Promise.withResolvers<"turn" | Overdue>();
    waiting.push(mine.resolve);
    next();
    return mine.promise;
  }

  function next(): void {
    if (free === 0) return;
    const one = waiting.shift();
    if (one === undefined) return;
    free -= 1;
    one("turn");
  }

  function begin<T>(call: () => Promise<T>): Promise<T | Overdue> {
    const ended = Promise.withResolvers<T | Overdue>();
    let isOverdue = false;
    const timer = setTimeout(() => {
      isOverdue = true;
      overdue += 1;
      ended.resolve("overdue");
      if (overdue >= most) for (const one of waiting.splice(0)) one("overdue");
    }, milliseconds);
    const leave = () => {
      clearTimeout(timer);
      if (isOverdue) overdue -= 1;
      free += 1;
      next();
    };
    call().then(ended.resolve, ended.reject).finally(leave);
    return ended.promise;
  }

  return async (call) => ((await turn()) === "turn" ? begin(call) : "overdue");
}
