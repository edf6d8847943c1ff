/**
 * One way into the folder for every call: the path stays inside the root, no link is followed on
 * the way, the call has a time limit, and its failure is said in the folder's terms.
 */
import path from "node:path";
import { FolderError, type FolderFault } from "../folder.ts";
import { faultOf } from "./fault-of.ts";
import type { FileSystem } from "./file-system.ts";
import { foldersAbove, placeIn } from "./folder-path.ts";
import { createTimeLimit } from "./time-limit.ts";

export type Access = {
  /** Runs a call at a file's or a folder's place. */
  readonly at: <T>(relative: string, call: (place: string) => Promise<T>) => Promise<T>;
  /** The same for what the folder itself holds: then it must be no link either. */
  readonly within: <T>(folder: string, call: (place: string) => Promise<T>) => Promise<T>;
};

/** How long a folder counts as looked at: only in this time can a link have come into its place. */
const trustFor = 30_000;

/** Opens the way into a folder. */
export function createAccess(options: {
  readonly root: string;
  readonly files: Pick<FileSystem, "lstat" | "stat">;
  /** In milliseconds. */
  readonly callLimit: number;
}): Access {
  const { root, files } = options;
  const limit = createTimeLimit(options.callLimit);
  const trusted = new Map<string, number>();

  async function run<T>(relative: string, call: () => Promise<T>): Promise<T> {
    try {
      const answer = await limit(async () => ({ value: await call() }));
      if (answer !== "overdue") return answer.value;
    } catch (error) {
      if (error instanceof FolderError) throw error;
      throw new FolderError(await whyNot(error, relative), relative, error);
    }
    throw new FolderError("not_here", relative);
  }

  async function requireFolders(folders: readonly string[]): Promise<void> {
    for (const folder of folders) {
      if ((trusted.get(folder) ?? -Infinity) > performance.now() - trustFor) continue;
      const entry = await files.lstat(path.join(root, folder));
      if (!entry.isDirectory()) throw new FolderError("missing", folder);
      trusted.set(folder, performance.now());
    }
  }

  /** What is missing together with the root is not missing: the whole folder is away. */
  async function whyNot(error: unknown, relative: string): Promise<FolderFault> {
    const fault = faultOf(error);
    if (fault !== "missing") return fault;
    trusted.delete(relative);
    if (await isThere()) return "missing";
    trusted.clear();
    return "unavailable";
  }

  async function isThere(): Promise<boolean> {
    try {
      const answer = await limit(() => files.stat(root));
      return answer !== "overdue" && answer.isDirectory();
    } catch {
      // Whatever keeps the root from being looked at keeps everything in it away.
      return false;
    }
  }

  function enter<T>(
    relative: string,
    folders: readonly string[],
    call: (place: string) => Promise<T>,
  ): Promise<T> {
    const place = placeIn(root, relative);
    if (place === undefined) return Promise.reject(new FolderError("broken", relative));
    return run(relative, async () => {
      await requireFolders(folders);
      return call(place);
    });
  }

  return {
    at: (relative, call) => enter(relative, foldersAbove(relative), call),
    within: (folder, call) =>
      enter(folder, folder === "" ? [] : [...foldersAbove(folder), folder], call),
  };
}
