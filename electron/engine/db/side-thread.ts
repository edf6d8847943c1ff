/**
 * A thread with a connection of its own, for single statements that take long: copying the write-ahead
 * log into the file, and checking a whole table. It starts with the first of them.
 */
import { Worker } from "node:worker_threads";
import Sqlite from "better-sqlite3";

export type SideThread = {
  /** Every row of one statement. Rejects as the statement does, or when there can be no thread. */
  readonly all: (sql: string, ...parameters: readonly string[]) => Promise<readonly unknown[]>;
  /** Ends it, whatever it is at: a statement that it has not finished is one that did not happen. */
  readonly close: () => void;
};

/** What the thread is asked. */
export type SideQuestion = {
  readonly id: number;
  readonly sql: string;
  readonly parameters: readonly string[];
};

/** What it answers. */
export type SideAnswer =
  | { readonly id: number; readonly rows: readonly unknown[] }
  | { readonly id: number; readonly message: string; readonly code: string };

/** The thread's program lies beside this one, in the sources as in the bundle. */
const program = new URL(
  import.meta.url.endsWith(".ts") ? "side-thread-program.ts" : "side-thread-program.js",
  import.meta.url,
);

/** Nothing starts before the first statement. `file`: the database. */
export function createSideThread(file: string): SideThread {
  const open = new Map<number, PromiseWithResolvers<readonly unknown[]>>();
  let worker: Worker | undefined;
  let last = 0;

  function settle(answer: SideAnswer): void {
    const asked = open.get(answer.id);
    open.delete(answer.id);
    // A process that has nothing else to do ends; one that waits for an answer does not.
    if (open.size === 0) worker?.unref();
    if ("rows" in answer) asked?.resolve(answer.rows);
    else asked?.reject(new Sqlite.SqliteError(answer.message, answer.code));
  }

  function lose(error: Error): void {
    worker = undefined;
    for (const asked of open.values()) asked.reject(error);
    open.clear();
  }

  function start(): Worker {
    const started = new Worker(program, { workerData: file, execArgv: [] });
    started.on("message", settle);
    started.on("error", lose);
    started.on("exit", () => lose(new Error("The thread beside the engine has ended.")));
    return started;
  }

  return {
    all: (sql, ...parameters) => {
      const asked = Promise.withResolvers<readonly unknown[]>();
      last += 1;
      open.set(last, asked);
      worker ??= start();
      worker.ref();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- an end between threads has no origin
      worker.postMessage({ id: last, sql, parameters } satisfies SideQuestion);
      return asked.promise;
    },
    close: () => void worker?.terminate(),
  };
}
