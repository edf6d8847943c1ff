/** Unpacks a ZIP file with its file modes, without a program of the system. */
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { openPromise } from "yauzl";

/** `rename` gives each entry's path below the folder, or undefined to leave the entry out. */
export async function unzip(
  file: string,
  folder: string,
  rename: (name: string) => string | undefined,
): Promise<void> {
  const archive = await openPromise(file, { lazyEntries: true });
  for await (const entry of archive.eachEntry()) {
    const name = rename(entry.fileName);
    // Folders come with the files in them.
    if (name === undefined || entry.fileName.endsWith("/")) continue;
    const target = path.join(folder, name);
    await mkdir(path.dirname(target), { recursive: true });
    const mode = (entry.externalFileAttributes >>> 16) & 0o777;
    const content = await archive.openReadStreamPromise(entry);
    await pipeline(content, createWriteStream(target, { mode: mode === 0 ? 0o644 : mode }));
  }
}
