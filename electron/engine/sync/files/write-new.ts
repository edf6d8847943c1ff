/** Puts new files and new names onto the disk so that they are still there after a crash. */
import path from "node:path";
import { codeOf } from "./fault-of.ts";
import { createFlags, type FileHandle, type FileSystem } from "./file-system.ts";

type Files = Pick<FileSystem, "open" | "rename" | "unlink">;

/** Makes a file and flushes it; what could not be written whole is taken away again. */
export async function writeNew(files: Files, place: string, bytes: Uint8Array): Promise<void> {
  const file = await files.open(place, createFlags, 0o666);
  try {
    await closing(file, async () => {
      await file.writeFile(bytes);
      await flush(file);
    });
  } catch (error) {
    await files.unlink(place).catch(() => {
      // The first failure is the one to report; readers see by the content that this is no file.
    });
    throw error;
  }
  await flushFolder(files, path.dirname(place));
}

/** Renames; answers the error when it was refused for what may be a moment. */
export async function tryToRename(files: Files, from: string, to: string): Promise<unknown> {
  try {
    await files.rename(from, to);
  } catch (error) {
    if (passing.has(codeOf(error) ?? "")) return error;
    throw error;
  }
  await flushFolder(files, path.dirname(to));
  return undefined;
}

/** What scanners, indexers and sync clients cause while they hold a new file. */
const passing: ReadonlySet<string> = new Set(["EPERM", "EACCES", "EBUSY", "ENOTSUP", "EOPNOTSUPP"]);

/** What file systems say that have no way of flushing this; there is nothing to be done then. */
const cannotFlush: ReadonlySet<string> = new Set([
  "EINVAL",
  "ENOTSUP",
  "EOPNOTSUPP",
  "ENOSYS",
  "EBADF",
  "EISDIR",
  "EPERM",
  "EACCES",
]);

/** Makes a new name durable; Windows has no handle for a folder and needs none. */
async function flushFolder(files: Files, place: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await files.open(place, 0);
  await closing(folder, () => flush(folder));
}

async function flush(file: Pick<FileHandle, "sync">): Promise<void> {
  try {
    await file.sync();
  } catch (error) {
    if (!cannotFlush.has(codeOf(error) ?? "")) throw error;
  }
}

/** Closes the file however the work ends; a failure to close is a failure of the work. */
async function closing(file: Pick<FileHandle, "close">, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } finally {
    await file.close();
  }
}
