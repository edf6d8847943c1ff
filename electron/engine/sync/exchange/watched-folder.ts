/** A folder whose reads are counted, and what its refusals mean to the exchange. */
import { type Folder, FolderError } from "../folder.ts";

export type WatchedFolder = Folder & {
  /** Files opened and bytes read since the counts were taken last. */
  readonly takeCounts: () => { readonly filesOpened: number; readonly bytesRead: number };
};

/** Wraps the folder. */
export function watchFolder(folder: Folder): WatchedFolder {
  let opened = new Set<string>();
  let bytesRead = 0;
  return {
    ...folder,
    read: async (path, part) => {
      opened.add(path);
      const bytes = await folder.read(path, part);
      bytesRead += bytes.length;
      return bytes;
    },
    takeCounts: () => {
      const counts = { filesOpened: opened.size, bytesRead };
      opened = new Set();
      bytesRead = 0;
      return counts;
    },
  };
}

/** Whether the folder refused for one of these reasons. */
export function isFault(error: unknown, ...faults: readonly FolderError["fault"][]): boolean {
  return error instanceof FolderError && faults.includes(error.fault);
}

/** The paths of everything in a folder; none where there is no such folder. */
export async function lyingIn(folder: Folder, path: string): Promise<ReadonlySet<string>> {
  const entries = (await orMissing(folder.list(path))) ?? [];
  return new Set(entries.map(({ name }) => `${path}/${name}`));
}

/** What the folder answers; undefined when it is missing there. */
export async function orMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isFault(error, "missing")) return undefined;
    throw error;
  }
}
