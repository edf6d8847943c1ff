/** Errors of the disk and of SQLite that no code can prevent, as failures that a person can act on. */
import Sqlite from "better-sqlite3";
import { ExpectedFailure } from "#shared/rpc/wire.ts";

const sentences: Readonly<Record<string, readonly [code: string, sentence: string]>> = {
  FULL: [
    "disk_full",
    "The disk is full, so nothing was written; what was saved before is safe. Free some space and try again.",
  ],
  BUSY: [
    "busy",
    "Another Guildhall program is writing to this profile and did not finish in time, so nothing was written. Wait until it is done and try again.",
  ],
  READONLY: [
    "read_only",
    "The profile's folder cannot be written to, so nothing was saved. Give your account the right to write there, or choose another profile.",
  ],
  CANTOPEN: [
    "cannot_open",
    "The profile's database cannot be opened. Check that its folder exists and that your account may read and write there.",
  ],
  IOERR: [
    "disk_error",
    "The disk reported an error, so nothing was written. Check the disk, and restore the profile from a backup if it happens again.",
  ],
  CORRUPT: [
    "damaged",
    "The profile's database is damaged. Restore the profile from a backup; if there is none, keep the files as they are and ask for help.",
  ],
  NOTADB: [
    "damaged",
    "A file in the profile is not a Guildhall database. Choose another profile, or restore this one from a backup.",
  ],
};

/** What the file system's codes mean in SQLite's terms. */
const fileSystemCodes: Readonly<Record<string, string>> = {
  ENOSPC: "FULL",
  EDQUOT: "FULL",
  EROFS: "READONLY",
  EACCES: "READONLY",
  EPERM: "READONLY",
  EISDIR: "CANTOPEN",
  ENOTDIR: "CANTOPEN",
  ENOENT: "CANTOPEN",
  EIO: "IOERR",
};

/** The failure a person should see for an error of the machine's making; other errors as they are. */
export function asExpectedFailure(error: unknown): unknown {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) return error;
  const family =
    error instanceof Sqlite.SqliteError ? familyOf(error.code) : fileSystemCodes[error.code];
  const known = sentences[family ?? ""];
  return known === undefined
    ? error
    : new ExpectedFailure(known[0], known[1], { cause: error.code });
}

/** Whether an error is the disk's or the database's, wherever it was met, and not a bug's. */
export function isStorageError(error: unknown): boolean {
  if (error instanceof Sqlite.SqliteError) return sentences[familyOf(error.code)] !== undefined;
  return error instanceof Error && "code" in error && diskCodes.has(error.code);
}

/** Codes that no missing or misplaced file can give. */
const diskCodes: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT", "EROFS", "EIO"]);

function familyOf(code: string): string {
  // The index of the write-ahead log cannot grow: that is what a full disk says first at a start.
  if (code === "SQLITE_IOERR_SHMSIZE") return "FULL";
  return code.split("_")[1] ?? "";
}

/** Whether another process holds the lock for the moment. */
export function isBusy(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith("SQLITE_BUSY");
}

/** Whether a file's content is broken, as against out of reach. */
export function isDamage(error: unknown): boolean {
  if (!(error instanceof Sqlite.SqliteError)) return false;
  return ["CORRUPT", "NOTADB"].includes(familyOf(error.code));
}
