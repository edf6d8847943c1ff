/** One writer at a time in this process, and patience with the writers of other processes. */
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
import type { Writable, WriteQueue } from "./database.ts";
import { asExpectedFailure, isBusy, isStorageError } from "./storage-failure.ts";

type Options = {
  /** How long to wait for another process's writer, in milliseconds. */
  readonly patience: number;
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
    await begin(db, options.patience);
    try {
      const value = write(db);
      // Awaiting a plain value would let other code run inside the transaction for nothing.
      const settled = value instanceof Promise ? await value : value;
      db.exec("COMMIT");
      return settled;
    } catch (error) {
      if (db.open && db.inTransaction) db.exec("ROLLBACK");
      throw error;
    }
  }

  /** What so much writing leaves to be copied into the file is copied in a turn of its own. */
  async function longTransaction<T>(write: (db: Writable) => Promise<T>): Promise<T> {
    const usual = Number(db.pragma("wal_autocheckpoint", { simple: true }));
    db.pragma("wal_autocheckpoint = 0");
    try {
      const value = await transaction(write);
      await nextTurn();
      if (db.open && waitingPages(db) >= usual) checkpoint(db);
      return value;
    } finally {
      if (db.open) db.pragma(`wal_autocheckpoint = ${usual}`);
    }
  }

  return {
    run: (write) => inTurn(() => transaction(write)),
    runLong: (write) => inTurn(() => longTransaction(write)),
    contended: () => waiting > 0,
  };
}

function checkpoint(db: Writable): void {
  try {
    db.pragma("wal_checkpoint(PASSIVE)");
  } catch (error) {
    // What was written is safe in the log; a later commit tries again, as SQLite's own does.
    if (!isStorageError(error)) throw error;
  }
}

/** How many pages of the write-ahead log are not in the file yet; NOOP only counts them. */
function waitingPages(db: Writable): number {
  const row = db
    .prepare<[], { readonly log: number; readonly checkpointed: number }>(
      "PRAGMA wal_checkpoint(NOOP)",
    )
    .get();
  return row === undefined ? 0 : row.log - row.checkpointed;
}

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
