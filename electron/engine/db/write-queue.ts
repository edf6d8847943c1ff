/** One writer at a time in this process, and patience with the writers of other processes. */
import { setTimeout as wait } from "node:timers/promises";
import type { Checkpoints } from "./checkpoint.ts";
import type { Writable, WriteQueue } from "./database.ts";
import { asExpectedFailure, isBusy } from "./storage-failure.ts";

type Options = {
  /** How long to wait for another process's writer, in milliseconds. */
  readonly patience: number;
  readonly checkpoints: Checkpoints;
};

/** Builds the queue over the only connection that writes. */
export function createWriteQueue(db: Writable, options: Options): WriteQueue {
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;

  /** Starts after everything queued before has ended, however it ended. */
  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const before = last;
    const mine = Promise.withResolvers<void>();
    last = mine.promise;
    waiting += 1;
    await before;
    waiting -= 1;
    try {
      return await work();
    } catch (error) {
      throw asExpectedFailure(error);
    } finally {
      mine.resolve();
    }
  }

  async function transaction<T>(write: (db: Writable) => T | Promise<T>): Promise<T> {
    await options.checkpoints.room();
    await begin(db, options.patience);
    try {
      const value = write(db);
      // Awaiting a plain value would let other code run inside the transaction for nothing.
      const settled = value instanceof Promise ? await value : value;
      db.exec("COMMIT");
      options.checkpoints.consider();
      return settled;
    } catch (error) {
      if (db.open && db.inTransaction) db.exec("ROLLBACK");
      throw error;
    }
  }

  /** The cache is kept small meanwhile: what does not fit is written at once, and not by the commit. */
  async function longTransaction<T>(write: (db: Writable) => Promise<T>): Promise<T> {
    const usual = Number(db.pragma("cache_size", { simple: true }));
    db.pragma(longCache);
    try {
      return await transaction(write);
    } finally {
      if (db.open) db.pragma(`cache_size = ${usual}`);
    }
  }

  return {
    run: (write) => inTurn(() => transaction(write)),
    runLong: (write) => inTurn(() => longTransaction(write)),
    contended: () => waiting > 0,
    settled: () => last,
  };
}

/** A commit writes so much in some ten milliseconds. */
const longCache = "cache_size = -6000";

/** Takes the write lock without blocking this process while another one holds it. */
async function begin(db: Writable, patience: number): Promise<void> {
  const deadline = performance.now() + patience;
  let pause = 1;
  for (;;) {
    try {
      db.exec("BEGIN IMMEDIATE");
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
    }
    await wait(pause);
    pause = Math.min(pause * 2, 50);
  }
}
