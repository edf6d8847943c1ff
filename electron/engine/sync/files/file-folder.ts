/**
 * The shared folder as real files: a file server's share, a sync client's folder, a disk. It never
 * leaves its root, follows no link, never makes the root itself, and says every failure as one of
 * `FolderFault`. It is not the place that knows what the files mean.
 */
import type { Dirent } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { folderNames } from "#shared/format/names.ts";
import { type Folder, FolderError, type FolderEntry } from "../folder.ts";
import { type Access, createAccess } from "./access.ts";
import { faultOf } from "./fault-of.ts";
import { type FileSystem, nodeFileSystem, readFlags } from "./file-system.ts";
import { foldersAbove, isPlainName, placeIn } from "./folder-path.ts";
import { readPart } from "./read-part.ts";
import { watchPlaces } from "./watch-places.ts";
import { tryToRename, writeNew } from "./write-new.ts";

export type FileFolderOptions = {
  /** The absolute path of the folder, which must exist already. */
  readonly root: string;
  /** How long a call may take before it is `not_here`, in milliseconds. */
  readonly callLimit?: number;
  /** How long a refused rename is tried again: scanners and sync clients hold new files for moments. */
  readonly renameLimit?: number;
  readonly files?: FileSystem;
  readonly wait?: (milliseconds: number) => Promise<unknown>;
};

/** What the calls share. */
type Opened = Required<FileFolderOptions> & { readonly access: Access };

/** Opens a folder of real files. Nothing is touched before the first call. */
export function createFileFolder(options: FileFolderOptions): Folder {
  const given = { files: nodeFileSystem, wait: sleep, renameLimit: 60_000, ...options };
  const callLimit = options.callLimit ?? 10_000;
  const { root, files } = given;
  const access = createAccess({ root, files, callLimit });
  const opened: Opened = { ...given, callLimit, access };
  return {
    list: (folder) => access.within(folder, (place) => list(files, place)),
    stat: (file) =>
      access.at(file, async (place) => {
        const entry = await files.lstat(place);
        if (!entry.isFile()) throw new FolderError("missing", file);
        return { size: entry.size, modified: Math.trunc(entry.mtimeMs) };
      }),
    read: (file, part) => read(opened, file, part),
    write: (file, bytes) => access.at(file, (place) => writeNew(files, place, bytes)),
    rename: (from, to) => rename(opened, from, to),
    remove: (file) => unless("missing", () => access.at(file, (place) => files.unlink(place))),
    makeFolder: (folder) => makeFolder(opened, folder),
    watch: (changed) => {
      const names = ["", folderNames.head, folderNames.join];
      return watchPlaces(
        names.map((name) => path.join(root, name)),
        changed,
        files,
      );
    },
  };
}

/**
 * More names in one folder than this are not looked at: no library makes a tenth of them, and whoever
 * put them there must not fill the memory.
 */
const mostNames = 100_000;

async function list(files: FileSystem, place: string): Promise<readonly FolderEntry[]> {
  const entries: FolderEntry[] = [];
  for await (const entry of await files.opendir(place, { bufferSize: 1024 })) {
    if (entries.length >= mostNames) break;
    entries.push(...entryOf(entry));
  }
  return entries;
}

/** Links, pipes and names that lead elsewhere are not in the folder. */
function entryOf(entry: Dirent): readonly FolderEntry[] {
  if (!isPlainName(entry.name)) return [];
  if (!entry.isFile() && !entry.isDirectory()) return [];
  const kind = entry.isFile() ? "file" : "folder";
  return [{ name: entry.name, kind, size: null, modified: null }];
}

function read({ access, files }: Opened, file: string, part: Parameters<Folder["read"]>[1]) {
  return access.at(file, async (place) => {
    const handle = await files.open(place, readFlags);
    try {
      const bytes = await readPart(handle, part);
      if (bytes === "too_big") throw new FolderError("broken", file);
      if (bytes === "no_file") throw new FolderError("missing", file);
      return bytes;
    } finally {
      await handle.close();
    }
  });
}

/** Each try has the call's time limit, all of them together the rename's. */
async function rename(opened: Opened, from: string, to: string): Promise<void> {
  const { root, access, files, wait, renameLimit } = opened;
  const target = placeIn(root, to);
  if (target === undefined) throw new FolderError("broken", to);
  // The way to the target must be as safe as the way to the file.
  await access.at(to, () => Promise.resolve());
  for (let waited = 0, pause = 10; ; waited += pause, pause = Math.min(100, pause * 2)) {
    const refused = await access.at(from, (place) => tryToRename(files, place, target));
    if (refused === undefined) return;
    if (waited >= renameLimit) throw new FolderError(faultOf(refused), from, refused);
    await wait(pause);
  }
}

/** One folder after the other, never the root: what is not there may be a share that is away. */
async function makeFolder({ access, files }: Opened, folder: string): Promise<void> {
  for (const one of foldersAbove(`${folder}/.`)) {
    await unless("exists", () => access.at(one, (place) => files.mkdir(place)));
  }
  // A file or a link in the place of a folder is none.
  await access.within(folder, () => Promise.resolve());
}

/** Runs a call to which one of the faults is as good as success. */
async function unless(fault: "missing" | "exists", call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof FolderError) || error.fault !== fault) throw error;
  }
}
