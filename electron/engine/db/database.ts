/**
 * The two SQLite files of a profile. `workspace.db` holds the change log and its projections;
 * `local.db` holds what never leaves this device (drafts, settings, recent, saved searches), so a
 * draft is safe on the disk even while a long import holds the other file's write lock.
 */
import type Sqlite from "better-sqlite3";

/** A handle that can only read; a function that takes it cannot write. */
export type Readable = Pick<Sqlite.Database, "prepare"> & { readonly readable: true };

/** A handle that may write. Get one through the write queue, never keep it. */
export type Writable = Sqlite.Database & { readonly readable: true; readonly writable: true };

/**
 * Runs writers one after another, each in one transaction (synchronous = FULL). A writer that
 * throws changes nothing. Reads go on meanwhile on a connection of their own (WAL).
 */
export type WriteQueue = {
  readonly run: <T>(write: (db: Writable) => T) => Promise<T>;
  /**
   * One transaction over several turns of the event loop, so that reads are answered in between:
   * for a rebuild. Other writers wait until it ends.
   */
  readonly runLong: <T>(write: (db: Writable) => Promise<T>) => Promise<T>;
};

export type Databases = {
  readonly read: Readable;
  readonly queue: WriteQueue;
  /** Local-only rows; written directly, each statement its own commit. */
  readonly local: Sqlite.Database;
  readonly close: () => void;
};
