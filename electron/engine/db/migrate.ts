/** Brings a database file to this version's schema, one numbered step after another. */
import type Sqlite from "better-sqlite3";
import { ExpectedFailure } from "#shared/rpc/wire.ts";

/** The steps of one file, oldest first; a file's `user_version` is how many of them it has taken. */
export type Migrations = {
  /** SQLite's `application_id`: says that the file is ours, and which of the two it is. */
  readonly applicationId: number;
  readonly steps: readonly string[];
};

/** Takes the steps that are missing, all or none. Refuses a file of a newer version or another program. */
export function migrate(db: Sqlite.Database, migrations: Migrations): void {
  if (isCurrent(db, migrations)) return;
  db.transaction(() => {
    // Asked again inside the transaction: another process may have been first.
    const version = versionOf(db);
    for (const step of migrations.steps.slice(version)) db.exec(step);
    db.pragma(`user_version = ${migrations.steps.length}`);
    db.pragma(`application_id = ${migrations.applicationId}`);
  }).immediate();
}

function isCurrent(db: Sqlite.Database, migrations: Migrations): boolean {
  const version = versionOf(db);
  const owner = Number(db.pragma("application_id", { simple: true }));
  const tables = Number(db.prepare("SELECT count(*) FROM sqlite_schema").pluck().get());
  if (owner !== migrations.applicationId && (owner !== 0 || tables > 0)) {
    throw new ExpectedFailure(
      "foreign_database",
      "A database in this profile belongs to another program, so Guildhall leaves it alone. Choose another folder for the profile.",
    );
  }
  if (version > migrations.steps.length) {
    throw new ExpectedFailure(
      "newer_database",
      "This profile was last used by a newer version of Guildhall, and opening it with this one could lose what only the newer one knows. Install the newer version, or choose another profile.",
      { found: version, known: migrations.steps.length },
    );
  }
  return version === migrations.steps.length;
}

function versionOf(db: Sqlite.Database): number {
  return Number(db.pragma("user_version", { simple: true }));
}
