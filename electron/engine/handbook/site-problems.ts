/** Why a handbook cannot be written where somebody wants it, in sentences that say what to do. */
import { ExpectedFailure } from "#shared/rpc/wire.ts";

/** The system's code of an error; "" where it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** Something lies there that no export wrote: the first name, and how many there are. */
export function foreign(name: string, count = 1): ExpectedFailure {
  const more = count > 1 ? ` and ${(count - 1).toString()} more` : "";
  return new ExpectedFailure(
    "foreign_files",
    `There is something in that folder which is not part of a handbook (“${name}”${more}), and an export must never write over it. Nothing was changed. Choose an empty folder, or a handbook that was exported before.`,
  );
}

/** The folder is inside the workspace's own. */
export function insideProfile(): ExpectedFailure {
  return new ExpectedFailure(
    "inside_profile",
    "That folder lies inside the one in which Guildhall keeps this workspace, where a handbook would be in its way. Nothing was written. Choose a folder elsewhere.",
  );
}

/** The folder of the last export is not there. */
export function gone(): ExpectedFailure {
  return new ExpectedFailure(
    "gone",
    "The handbook is not where it was exported to: the folder was moved or emptied, or its drive is not connected. It is tried again; if the folder is gone for good, export the handbook into another one.",
  );
}

/** What the disk refuses, as a sentence; every other error is itself. */
export function explainDisk(error: unknown): unknown {
  switch (errorCode(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return new ExpectedFailure(
        "disk_full",
        "The disk of that folder is full. Pages that were there before are as they were. Free some space and export again.",
      );
    case "EROFS":
    case "EACCES":
    case "EPERM":
      return new ExpectedFailure(
        "not_writable",
        "Your account may not write in that folder, so the handbook was not finished; the next export goes on from there. Ask whoever keeps the folder for leave to write, or choose another one.",
      );
    case "ENOTDIR":
    case "EEXIST":
      return new ExpectedFailure(
        "foreign_files",
        "There is a file where the handbook needs a folder. Nothing was replaced. Choose an empty folder.",
      );
    case "ENAMETOOLONG":
      return new ExpectedFailure(
        "name_too_long",
        "The path of that folder is so long that the pages in it would have no room for their names. Choose a folder nearer to the top of the disk.",
      );
    case "EBUSY":
      return new ExpectedFailure(
        "busy",
        "Another program has a page of the handbook open and does not let go of it. Close it and export again; the pages that are there are whole.",
      );
    default:
      return error;
  }
}
