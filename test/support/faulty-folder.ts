/** A folder whose nth call fails, for going through every call of a procedure one after another. */
import { type Folder, FolderError, type FolderFault } from "#engine/sync/folder.ts";

/** What one call was, as `calls` tells it. */
export type FolderCall = { readonly call: keyof Folder; readonly path: string };

export type FaultyFolder = Folder & {
  /** The calls so far, `watch` left out. */
  readonly calls: readonly FolderCall[];
};

export type Failure = {
  /** Which call fails, counted from 1. */
  readonly at: number;
  /** A fault of the folder, or any error, such as one that stands for a crash. */
  readonly fault: FolderFault | Error;
  /** Whether the call was done all the same: a crash right after it, an answer that got lost. */
  readonly done?: boolean;
  /** How many calls fail from there on; 1 unless given. */
  readonly times?: number;
};

/** Wraps a folder. Without a failure it only counts. */
export function faultyFolder(folder: Folder, failure?: Failure): FaultyFolder {
  const calls: FolderCall[] = [];

  async function pass<T>(call: keyof Folder, path: string, run: () => Promise<T>): Promise<T> {
    calls.push({ call, path });
    const number = calls.length;
    if (failure === undefined || number < failure.at) return run();
    if (number >= failure.at + (failure.times ?? 1)) return run();
    if (failure.done === true) await run();
    throw typeof failure.fault === "string" ? new FolderError(failure.fault, path) : failure.fault;
  }

  return {
    calls,
    list: (path) => pass("list", path, () => folder.list(path)),
    stat: (path) => pass("stat", path, () => folder.stat(path)),
    read: (path, part) => pass("read", path, () => folder.read(path, part)),
    write: (path, bytes) => pass("write", path, () => folder.write(path, bytes)),
    rename: (from, to) => pass("rename", from, () => folder.rename(from, to)),
    remove: (path) => pass("remove", path, () => folder.remove(path)),
    makeFolder: (path) => pass("makeFolder", path, () => folder.makeFolder(path)),
    watch: (changed) => folder.watch(changed),
  };
}
