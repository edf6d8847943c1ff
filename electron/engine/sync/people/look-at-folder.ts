/** What lies in a folder that somebody chose, before anything is done with it. */
import type { Library } from "#shared/format/library.ts";
import { limits } from "#shared/format/limits.ts";
import { isSetApart, libraryName } from "#shared/format/names.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Cryptography } from "../../identity/cryptography.ts";
import { readVerified } from "../exchange/root.ts";
import { isFault, orMissing } from "../exchange/watched-folder.ts";
import { type Folder, FolderError } from "../folder.ts";

export type FolderLook =
  | { readonly kind: "empty"; readonly entries: 0 }
  | { readonly kind: "other_files" | "not_writable"; readonly entries: number }
  | {
      readonly kind: "library";
      readonly entries: number;
      readonly library: Library;
      /** LIBRARY.json as it is. */
      readonly file: Uint8Array;
    };

type Dependencies = {
  readonly folder: Folder;
  readonly cryptography: Cryptography;
  /** Given where an empty folder is to be tried for whether it can be written. */
  readonly randomBytes?: (length: number) => Uint8Array;
};

/** Looks. Fails as the folder does. */
export async function lookAtFolder(deps: Dependencies): Promise<FolderLook> {
  const { folder, cryptography } = deps;
  const entries = (await folder.list("")).filter(({ name }) => !isSetApart(name)).length;
  const part = { at: 0, length: limits.libraryFile + 1 };
  const file = await orMissing(folder.read(libraryName, part));
  if (file !== undefined) {
    const library = readVerified(file, cryptography);
    if (library === "future_format") throw newerFormat();
    if (library !== undefined) return { kind: "library", entries, library, file };
  }
  if (entries > 0) return { kind: "other_files", entries };
  return (await isWritable(deps))
    ? { kind: "empty", entries: 0 }
    : { kind: "not_writable", entries };
}

async function isWritable({ folder, randomBytes }: Dependencies): Promise<boolean> {
  if (randomBytes === undefined) return true;
  const name = `guildhall-${Buffer.from(randomBytes(8)).toString("hex")}.tmp`;
  try {
    await folder.write(name, new Uint8Array([10]));
    await folder.remove(name);
    return true;
  } catch (error) {
    if (isFault(error, "denied", "read_only")) return false;
    throw error;
  }
}

function newerFormat(): ExpectedFailure {
  return new ExpectedFailure(
    "newer_format",
    "The shared workspace in this folder was made by a newer version of Guildhall, which this one cannot read. Update Guildhall, then try again.",
  );
}

/** Runs work on a chosen folder; what the folder refuses becomes a sentence for a person. */
export async function onFolder<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FolderError) throw folderFailure(error);
    throw error;
  }
}

function folderFailure({ fault }: FolderError): ExpectedFailure {
  // A folder that is not there and one whose drive is not connected look the same.
  const name = fault === "unavailable" ? "missing" : fault;
  return new ExpectedFailure(`folder_${name}`, sentences[name]);
}

const sentences = {
  missing:
    "There is no such folder, or it cannot be reached, so nothing was done. Check the path; if it is on a network drive, connect the drive first.",
  read_only:
    "The folder can only be read, so nothing was done. Ask whoever keeps it for permission to write, or choose another one.",
  denied:
    "The folder refuses Guildhall, so nothing was done. Ask whoever keeps it for permission to read and write, or choose another one.",
  full: "The disk of the folder is full, so nothing was done. Make room there, then try again.",
  exists:
    "A file of the same name appeared in the folder meanwhile, so nothing was done. Try again.",
  busy: "Another program holds the folder's files at the moment, so nothing was done. Try again.",
  not_here:
    "The folder did not answer in time, or its files are not on this computer yet, so nothing was done. If OneDrive, Dropbox or the like copies it, let that finish, then try again.",
  broken:
    "The folder could not be read or written, so nothing was done. Try again, or choose another one.",
} as const;

/** Nobody has told this device where the folder lies. */
export function noFolder(): ExpectedFailure {
  return new ExpectedFailure(
    "no_folder",
    "This device does not know where the shared folder is. Point Guildhall at it first.",
  );
}
