/** Makes a profile's folder, and says in a sentence why it cannot be one. */
import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { ExpectedFailure } from "#shared/rpc/wire.ts";

/** Fails with `profile` where the folder is something else, or can be neither made nor written to. */
export function requireProfileFolder(profile: string): void {
  try {
    makeFolder(path.resolve(profile));
    accessSync(profile, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    throw new ExpectedFailure(
      "profile",
      `The workspace cannot be opened: ${profile} ${reason}. Choose another folder for the profile, or mend this one.`,
    );
  }
}

/** Step by step: made in one go, a folder below a file system without folders never comes to an end. */
function makeFolder(folder: string): void {
  const there = statSync(folder, { throwIfNoEntry: false });
  if (there?.isDirectory() === true) return;
  if (there !== undefined) throw Object.assign(new Error("not a folder"), { code: "EEXIST" });
  if (path.dirname(folder) !== folder) makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process was faster.
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}

function reasonOf(error: unknown): string | undefined {
  switch (error instanceof Error && "code" in error ? error.code : undefined) {
    case "EEXIST":
    case "ENOTDIR":
      return "is a file, or lies below one";
    case "EACCES":
    case "EPERM":
      return "may not be read and written by your account";
    case "EROFS":
      return "lies on a disk that cannot be written to";
    case "ENOENT":
      return "cannot be made there";
    case "ENAMETOOLONG":
      return "has too long a name";
    case "ENOSPC":
    case "EDQUOT":
      return "has no room: the disk is full";
    default:
      return undefined;
  }
}
