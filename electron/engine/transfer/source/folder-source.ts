/** Reads a folder, or single files in it. Links are not followed, and nothing outside is touched. */
import { constants, type Dirent } from "node:fs";
import { lstat, open, readdir } from "node:fs/promises";
import path from "node:path";
import {
  linkReason,
  readProblem,
  type Refused,
  type Source,
  type SourceFile,
  SourceProblem,
  tooLarge,
} from "./source.ts";

/** Folders that tools keep beside the pages; their content is nobody's knowledge. */
const toolFolder = /^(?:\..+|node_modules|__pycache__)$/u;
/** Where a runaway tree of folders ends. */
const mostEntries = 500_000;
const deepest = 64;

type Entries = { readonly files: SourceFile[]; readonly refused: Refused[] };

/** Lists a folder; `breathe` lets other work go on between its parts. */
export async function openFolder(
  top: string,
  breathe: () => Promise<void>,
): Promise<Omit<Source, "name" | "parent" | "key">> {
  const entries: Entries = { files: [], refused: [] };
  const waiting: { readonly folder: string; readonly depth: number }[] = [{ folder: "", depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    await breathe();
    const { folder, depth } = next;
    const found = await listFolder(top, folder, entries);
    for (const entry of found.toSorted((a, b) => (a.name < b.name ? 1 : -1))) {
      const relative = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (!entry.isDirectory()) addEntry(top, relative, { entry, entries });
      else if (toolFolder.test(entry.name)) continue;
      else if (depth < deepest) waiting.push({ folder: relative, depth: depth + 1 });
      else entries.refused.push(failed(relative, "The folders lie too deep in one another."));
    }
    if (entries.files.length + entries.refused.length > mostEntries) {
      const reason = `There are more than ${mostEntries.toLocaleString("en")} files; the rest was not looked at. Import the folders one by one.`;
      entries.refused.push(failed(folder, reason));
      break;
    }
  }
  return { ...entries, [Symbol.asyncDispose]: () => Promise.resolve() };
}

/** One file that was chosen by itself. */
export async function openSingleFile(file: string): Promise<Entries> {
  const entries: Entries = { files: [], refused: [] };
  const name = path.basename(file);
  try {
    const found = await lstat(file);
    if (found.isSymbolicLink())
      entries.refused.push({ outcome: "skipped", path: name, reason: linkReason });
    else entries.files.push({ path: name, read: (most) => readWhole(file, most) });
  } catch (error) {
    entries.refused.push(failed(name, readProblem(error).message));
  }
  return entries;
}

async function listFolder(top: string, folder: string, entries: Entries): Promise<Dirent[]> {
  try {
    return await readdir(path.join(top, folder), { withFileTypes: true });
  } catch (error) {
    const { message } = readProblem(error);
    entries.refused.push(
      failed(
        folder || ".",
        message.replace(/^The file/u, "The folder").replace("this file", "this folder"),
      ),
    );
    return [];
  }
}

function addEntry(
  top: string,
  relative: string,
  { entry, entries }: { readonly entry: Dirent; readonly entries: Entries },
): void {
  if (entry.isSymbolicLink()) {
    entries.refused.push({ outcome: "skipped", path: relative, reason: linkReason });
  } else if (entry.isFile()) {
    entries.files.push({
      path: relative,
      read: (most) => readWhole(path.join(top, relative), most),
    });
  } else {
    const reason = "It is not a file: a device, a pipe or a socket.";
    entries.refused.push({ outcome: "skipped", path: relative, reason });
  }
}

/** Reads one file whole, never more than `most` bytes of it, and never through a link. */
async function readWhole(file: string, most: number): Promise<Uint8Array> {
  try {
    // Non-blocking, so that a pipe that took the file's place cannot hold the import up.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    await using handle = await open(file, flags);
    const found = await handle.stat();
    if (!found.isFile()) throw new SourceProblem("skipped", "It is not a file any more.");
    if (found.size > most) throw tooLarge(most);
    const bytes = Buffer.allocUnsafe(found.size);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } catch (error) {
    throw readProblem(error);
  }
}

function failed(where: string, reason: string): Refused {
  return { outcome: "failed", path: where, reason };
}
