/** Opens a profile's databases, making them when they are missing. */
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { createCheckpoints } from "./checkpoint.ts";
import type { Databases, Snapshot } from "./database.ts";
import { localMigrations } from "./migrations/local.ts";
import { workspaceMigrations } from "./migrations/workspace.ts";
import { migrate, type Migrations } from "./migrate.ts";
import { createSideThread } from "./side-thread.ts";
import { asExpectedFailure, isStorageError } from "./storage-failure.ts";
import { createWriteQueue } from "./write-queue.ts";

type Handle = Sqlite.Database & { readonly readable: true };

type Options = {
  /** How long a writer waits for another process's writer, in milliseconds. */
  readonly patience?: number;
};

/** Opens both files. Throws an ExpectedFailure for a file that is newer, foreign, damaged or out of reach. */
export function openDatabases(profile: string, options: Options = {}): Databases {
  const files = { workspace: join(profile, "workspace.db"), local: join(profile, "local.db") };
  try {
    mkdirSync(profile, { recursive: true, mode: 0o700 });
    return assemble(files, options.patience ?? 60_000);
  } catch (error) {
    throw asExpectedFailure(error);
  }
}

function assemble(files: Databases["files"], patience: number): Databases {
  using opened = new DisposableStack();
  const closing = <H extends Handle>(handle: H): H => opened.adopt(handle, () => handle.close());
  const writer = closing(openWriter(files.workspace, workspaceMigrations));
  const local = closing(openWriter(files.local, localMigrations));
  const reader = closing(openReader(files.workspace));
  // The queue waits in steps of its own, so that this process can answer reads meanwhile.
  writer.pragma("busy_timeout = 20");
  writer.pragma("wal_autocheckpoint = 0");
  const side = opened.adopt(createSideThread(files.workspace), (thread) => thread.close());
  const copy = () => side.all("PRAGMA wal_checkpoint(PASSIVE)");
  const checkpoints = createCheckpoints({ db: writer, copy });
  const version = reader.prepare("PRAGMA data_version").pluck();
  const foreign = writer.prepare("PRAGMA data_version").pluck();
  let lastForeign = foreign.get();
  // Everything opened: from here on `close` closes it.
  opened.move();
  return {
    read: reader,
    queue: createWriteQueue(Object.assign(writer, { writable: true as const }), {
      patience,
      checkpoints,
    }),
    aside: async (sql, ...parameters) => {
      try {
        return await side.all(sql, ...parameters);
      } catch (error) {
        // Only where there can be no thread; what the statement itself meets is told.
        if (error instanceof Sqlite.SqliteError) throw error;
        return reader.prepare<string[]>(sql).all(...parameters);
      }
    },
    local,
    snapshot: () => openSnapshot(files.workspace),
    version: () => Number(version.get()),
    changedElsewhere: () => {
      // Inside a transaction of our own nobody else can have committed.
      if (!writer.open || writer.inTransaction) return false;
      const now = foreign.get();
      const changed = now !== lastForeign;
      lastForeign = now;
      return changed;
    },
    files,
    close: () => {
      side.close();
      closeWriter(writer);
      closeWriter(local);
      reader.close();
    },
  };
}

function openWriter(file: string, migrations: Migrations): Handle {
  // Made here rather than by SQLite, so that other accounts of the machine cannot read it.
  closeSync(openSync(file, "a", 0o600));
  const db = new Sqlite(file, { timeout: 10_000 });
  try {
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = FULL");
    db.pragma("foreign_keys = ON");
    db.pragma("trusted_schema = OFF");
    db.pragma("cache_size = -16000");
    // A long read lets the write-ahead log grow; this gives the space back afterwards.
    db.pragma("journal_size_limit = 33554432");
    migrate(db, migrations);
  } catch (error) {
    db.close();
    throw error;
  }
  return Object.assign(db, { readable: true as const });
}

function openReader(file: string): Handle {
  const db = new Sqlite(file, { readonly: true, timeout: 10_000 });
  db.pragma("trusted_schema = OFF");
  db.pragma("cache_size = -32000");
  return Object.assign(db, { readable: true as const });
}

function openSnapshot(file: string): Snapshot {
  const db = openReader(file);
  db.exec("BEGIN");
  // The snapshot is taken by the first read, not by BEGIN.
  db.prepare("SELECT count(*) FROM sqlite_schema").get();
  return Object.assign(db, { [Symbol.dispose]: () => db.close() });
}

function closeWriter(db: Sqlite.Database): void {
  if (!db.open) return;
  if (db.inTransaction) db.exec("ROLLBACK");
  for (const tidying of ["optimize", "wal_checkpoint(TRUNCATE)"]) {
    try {
      db.pragma(tidying);
    } catch (error) {
      // On a full disk what was committed stays in the write-ahead log, and the next start copies it.
      if (!isStorageError(error)) throw error;
    }
  }
  db.close();
}
