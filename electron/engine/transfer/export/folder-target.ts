/**
 * Writes an export into a folder. Nothing is written outside of it, through links, or over a file
 * that Guildhall did not write or import itself.
 */
import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { lstat, mkdir, open, readFile, realpath, rename, rm } from "node:fs/promises";
import path from "node:path";
import type Sqlite from "better-sqlite3";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { statement } from "../../db/statement.ts";
import { fileHash } from "../file-hash.ts";

/** Where an export's files go. `write` answers why a file was left out, or null. */
export type ExportTarget = {
  readonly write: (file: ExportFile) => Promise<string | null>;
  readonly finish: () => Promise<void>;
  readonly abandon: () => Promise<void>;
};

export type ExportFile = {
  /** Relative and safe. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly changedAt: Date;
  /** The content that may be replaced besides our own: what was imported from there. */
  readonly replaces?: string;
};

const known = statement<[path: string], { hash: string }>(
  "SELECT hash FROM export_file WHERE path = ?",
);
const note = statement<[path: string, hash: string]>(
  `INSERT INTO export_file (path, hash) VALUES (?, ?)
   ON CONFLICT (path) DO UPDATE SET hash = excluded.hash`,
);

const mostNoted = 500;

/** Opens the folder, which is made where it is missing; fails with a sentence where it cannot be written to. */
export async function createFolderTarget(
  folder: string,
  local: Sqlite.Database,
): Promise<ExportTarget> {
  await mkdir(folder, { recursive: true }).catch(explain);
  const top = await realpath(folder);
  let written: (readonly [string, string])[] = [];

  function noteWritten(): void {
    const rows = written;
    written = [];
    local.transaction(() => {
      for (const [place, hash] of rows) note(local).run(place, hash);
    })();
  }

  async function write({ path: relative, bytes, replaces }: ExportFile): Promise<string | null> {
    const place = path.join(top, ...relative.split("/"));
    const outside = path.relative(top, place);
    if (outside.startsWith("..") || path.isAbsolute(outside))
      return "Its name leads out of the folder.";
    try {
      await mkdir(path.dirname(place), { recursive: true });
      const parent = path.relative(top, await realpath(path.dirname(place)));
      if (parent.startsWith("..") || path.isAbsolute(parent)) {
        return "A link in the folder leads out of it, so nothing was written there.";
      }
      const hash = fileHash(bytes);
      const there = await hashOf(place);
      if (there === "link")
        return "There is a link of this name, and links are not written through.";
      const ours = there === null || there === replaces || there === known(local).get(place)?.hash;
      if (there !== hash && !ours) {
        return "There is another file of this name that did not come from Guildhall; it was left as it is.";
      }
      if (there !== hash) await writeWhole(place, bytes);
      written.push([place, hash]);
      if (written.length >= mostNoted) noteWritten();
      return null;
    } catch (error) {
      return explain(error);
    }
  }

  return { write, finish: async () => noteWritten(), abandon: async () => noteWritten() };
}

/** The hash of the file that is there, null for none, "link" for what must not be touched. */
async function hashOf(place: string): Promise<string | null> {
  try {
    const stat = await lstat(place);
    if (stat.isSymbolicLink() || !stat.isFile()) return "link";
    return fileHash(await readFile(place));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** Whole or not at all: another program never sees half a file. */
async function writeWhole(place: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${place}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
    await using file = await open(temporary, flags, 0o644);
    await file.writeFile(bytes);
    await rename(temporary, place);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** A full disk ends the export; what is wrong with one file is told of that file. */
function explain(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      throw new ExpectedFailure(
        "disk_full",
        "The disk that you export to is full. The files written so far are whole; free some space and export again.",
      );
    case "EROFS":
    case "EACCES":
    case "EPERM":
      return "Your account may not write there.";
    case "ENAMETOOLONG":
      return "The path is too long for this disk.";
    case "ENOTDIR":
    case "EEXIST":
      return "A file is in the way of the folder it belongs in.";
    case "EISDIR":
      return "There is a folder of this name.";
    default:
      throw error;
  }
}
