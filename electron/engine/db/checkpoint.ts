/**
 * Copies what was committed from the write-ahead log into the file, beside everything else: it takes
 * as long as there is much of it, and whoever types must not wait for it.
 */
import type Sqlite from "better-sqlite3";
import { isStorageError } from "./storage-failure.ts";

export type Checkpoints = {
  /** Starts one where so much waits that it is worth it, unless one is at work. */
  readonly consider: () => void;
  /** Resolves once the log is short enough to be written on. */
  readonly room: () => Promise<void>;
};

type Dependencies = {
  /** The connection that writes. */
  readonly db: Pick<Sqlite.Database, "open" | "prepare" | "pragma">;
  /** Copies what it can without holding anybody up. */
  readonly copy: () => Promise<unknown>;
};

/** Pages of 4 KB that may wait: what SQLite lets pile up by itself. */
const worthCopying = 1000;
/** A log longer than this is not written on before it was copied: it only shrinks in between. */
const tooLong = 24_000;

/** Builds it for one file, whose writer must not copy by itself (`wal_autocheckpoint = 0`). */
export function createCheckpoints({ db, copy }: Dependencies): Checkpoints {
  // NOOP copies nothing and tells how much there is.
  const count = db.prepare<[], { readonly log: number; readonly checkpointed: number }>(
    "PRAGMA wal_checkpoint(NOOP)",
  );
  let copying: Promise<void> | undefined;

  function waiting(): number {
    const row = count.get();
    return row === undefined ? 0 : row.log - row.checkpointed;
  }

  async function run(): Promise<void> {
    try {
      await copy();
    } catch {
      // There is no thread, or it lost the file: then it is done here, as SQLite itself would.
      copyHere(db);
    } finally {
      copying = undefined;
    }
  }

  return {
    consider: () => {
      if (copying === undefined && waiting() >= worthCopying) copying = run();
    },
    room: async () => {
      if (copying !== undefined && waiting() > tooLong) await copying;
    },
  };
}

function copyHere(db: Dependencies["db"]): void {
  try {
    if (db.open) db.pragma("wal_checkpoint(PASSIVE)");
  } catch (error) {
    // What was written is safe in the log; a later commit tries again.
    if (!isStorageError(error)) throw error;
  }
}
