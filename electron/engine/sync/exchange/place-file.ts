/**
 * Puts a file into the shared folder so that nobody ever takes half of it for the whole: written
 * under a temporary name, flushed, renamed. Where the folder refuses to rename, the file is written
 * under its own name: the name holds its hash, and whoever reads verifies.
 */
import { temporaryName } from "#shared/format/names.ts";
import { type Folder, FolderError } from "../folder.ts";
import type { Context } from "./context.ts";
import { isFault, orMissing } from "./watched-folder.ts";

/** Writes the bytes at the path, in place of whatever is there. Fails as the folder does. */
export async function placeFile(
  folder: Folder,
  path: string,
  { bytes, writer }: { readonly bytes: Uint8Array; readonly writer: string },
): Promise<void> {
  // Two devices that write the same file at once must not meet in the temporary one.
  const temporary = temporaryName(path, `${markOf(writer)}${nameOf(path).slice(-24)}`);
  await inFolder(folder, path, () => writeAnew(folder, temporary, bytes));
  try {
    await folder.rename(temporary, path);
  } catch (error) {
    if (!isFault(error, "busy", "denied", "exists", "broken", "not_here")) throw error;
    await writeAnew(folder, path, bytes);
    await tryToRemove(folder, temporary);
  }
}

/** How the names of a device's temporary files begin. */
function markOf(writer: string): string {
  return `${writer.slice(0, 12)}.`;
}

/** A write that was interrupted longer ago than this is not going on any more. */
const abandoned = 60 * 60 * 1000;

/** Removes this device's own temporary files that a crash left behind. */
export async function removeUnfinished(
  paths: readonly string[],
  { folder, signer, clock }: Pick<Context, "folder" | "signer" | "clock">,
): Promise<void> {
  const writer = signer.device()?.id;
  if (writer === undefined) return;
  for (const path of paths.filter((one) => nameOf(one).startsWith(markOf(writer)))) {
    const file = await orMissing(folder.stat(path));
    if (file === undefined || clock.now() - file.modified < abandoned) continue;
    await folder.remove(path);
  }
}

/** Most folders are there already, and on a file server every question is a journey. */
async function inFolder(folder: Folder, path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const end = path.lastIndexOf("/");
    if (end < 0 || !isFault(error, "missing")) throw error;
    await folder.makeFolder(path.slice(0, end));
    await write();
  }
}

/** A temporary file of an earlier try, or half a file that was written directly, makes room. */
async function writeAnew(folder: Folder, path: string, bytes: Uint8Array): Promise<void> {
  try {
    await folder.write(path, bytes);
  } catch (error) {
    if (isFault(error, "exists")) {
      await folder.remove(path);
      await folder.write(path, bytes);
      return;
    }
    if (!isFault(error, "missing", "unavailable")) await tryToRemove(folder, path);
    throw error;
  }
}

/** What cannot be cleaned up now is overwritten by the next try; readers pass it by. */
async function tryToRemove(folder: Folder, path: string): Promise<void> {
  try {
    await folder.remove(path);
  } catch (error) {
    if (!(error instanceof FolderError)) throw error;
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
