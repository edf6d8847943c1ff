/**
 * The two SQLite files of a profile. `workspace.db` holds the change log and its projections;
 * `local.db` holds what never leaves this device (drafts, settings, recent, saved searches), so a
 * draft is safe on the disk even while a long import holds the other file's write lock.
 *
 * Several processes may have a profile open at once (the window and the command line): every write
 * is one IMMEDIATE transaction and takes whatever it depends on from inside of it. What is kept in
 * memory between calls must therefore be keyed by `version()`.
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
  /** Whether a writer of this process waits for its turn: a long series then makes room for it. */
  readonly contended: () => boolean;
  /** Resolves when every writer that was handed in has ended, however it ended. */
  readonly settled: () => Promise<void>;
};

/** A view of `workspace.db` that stays as it was when it was taken, until it is disposed of. */
export type Snapshot = Readable & Disposable;

export type Databases = {
  readonly read: Readable;
  readonly queue: WriteQueue;
  /** One statement on `workspace.db` that takes long, in a thread of its own; every row of it. */
  readonly aside: (sql: string, ...parameters: readonly string[]) => Promise<readonly unknown[]>;
  /** Local-only rows; written directly, each statement its own commit. */
  readonly local: Sqlite.Database;
  /** For long comparisons. While one is open the write-ahead log cannot shrink: dispose of it soon. */
  readonly snapshot: () => Snapshot;
  /** Differs after every commit to `workspace.db`, by this process or another one. */
  readonly version: () => number;
  /** True once for each commit or series of commits that another process made since it was asked last. */
  readonly changedElsewhere: () => boolean;
  /** The two files, for sizes and integrity checks. */
  readonly files: { readonly workspace: string; readonly local: string };
  /** Checkpoints and closes; a writer that is still at work is rolled back. Safe to call twice. */
  readonly close: () => void;
};
