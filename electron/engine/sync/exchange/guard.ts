/**
 * Lets nothing be written to or removed from the shared folder before LIBRARY.json was verified in
 * the same cycle: the place may be an empty mount point, or another library by now.
 */
import type { ProblemReason } from "./folder-problem.ts";
import { lookAtRoot, type RootState } from "./root.ts";
import type { ExpectedLibrary } from "./context.ts";
import type { Cryptography } from "../../identity/cryptography.ts";
import type { WatchedFolder } from "./watched-folder.ts";

/** Thrown instead of a write, and by nothing else. */
export class NotOurLibrary extends Error {
  readonly reason: ProblemReason;
  constructor(reason: ProblemReason) {
    super(`The shared folder is not the library: ${reason}.`);
    this.name = "NotOurLibrary";
    this.reason = reason;
  }
}

export type RootGuard = {
  /** Looks at LIBRARY.json now. */
  readonly look: () => Promise<RootState>;
  /** The next write looks at it again. */
  readonly forget: () => void;
  /** The folder as the exchange may use it. */
  readonly folder: WatchedFolder;
};

type Dependencies = { readonly library: ExpectedLibrary; readonly cryptography: Cryptography };

/** Puts the guard before a folder. */
export function guardRoot(folder: WatchedFolder, deps: Dependencies): RootGuard {
  const { library, cryptography } = deps;
  let verified = false;

  async function look(): Promise<RootState> {
    const expected = { library: library.id, root: library.root };
    const state = await lookAtRoot(expected, { folder, cryptography });
    verified = state === "ours";
    return state;
  }

  async function verify(): Promise<void> {
    if (verified) return;
    const state = await look();
    if (state !== "ours") throw new NotOurLibrary(reasonOf(state));
  }

  return {
    look,
    forget: () => {
      verified = false;
    },
    folder: {
      ...folder,
      write: async (path, bytes) => {
        await verify();
        await folder.write(path, bytes);
      },
      rename: async (from, to) => {
        await verify();
        await folder.rename(from, to);
      },
      remove: async (path) => {
        await verify();
        await folder.remove(path);
      },
      makeFolder: async (path) => {
        await verify();
        await folder.makeFolder(path);
      },
    },
  };
}

/** What a person is told about a root that is not ours. */
export function reasonOf(state: Exclude<RootState, "ours">): ProblemReason {
  return state === "lost" ? "damaged" : state;
}
