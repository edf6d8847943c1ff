/**
 * Whether the folder is the library that it should be. Nothing is read, written or deleted in one
 * that is not: an empty place is a drive that is not connected far more often than an empty library.
 */
import type { RecordId } from "#shared/domain/ids.ts";
import { decodeBase64Url } from "#shared/format/bytes.ts";
import { type Library, readLibrary, signedLibrary } from "#shared/format/library.ts";
import { limits } from "#shared/format/limits.ts";
import { folderNames, isSetApart, libraryName } from "#shared/format/names.ts";
import type { Cryptography } from "../../identity/cryptography.ts";
import type { Folder } from "../folder.ts";
import type { ProblemReason } from "./folder-problem.ts";
import { isFault, orMissing } from "./watched-folder.ts";

type Expected = { readonly library: RecordId; readonly root: string };

/** `lost`: it is our library's folder, and LIBRARY.json has to be put back. */
export type RootState = "ours" | "lost" | Exclude<ProblemReason, "damaged">;

type Dependencies = { readonly folder: Folder; readonly cryptography: Cryptography };

/** Looks at LIBRARY.json, and at what lies beside it where there is none. */
export async function lookAtRoot(expected: Expected, deps: Dependencies): Promise<RootState> {
  const bytes = await orMissing(
    deps.folder.read(libraryName, { at: 0, length: limits.libraryFile + 1 }),
  );
  if (bytes === undefined) return lookBeside(deps.folder);
  const read = readVerified(bytes, deps.cryptography);
  if (read === "future_format") return "newer_format";
  if (read === undefined) return lookBeside(deps.folder);
  const ours = read.library === expected.library && read.root === expected.root;
  return ours ? "ours" : "other_library";
}

/** The library that the bytes name, if its root key signed them. */
export function readVerified(
  bytes: Uint8Array,
  cryptography: Cryptography,
): Library | "future_format" | undefined {
  const read = readLibrary(bytes);
  if ("problem" in read) return read.problem === "future_format" ? "future_format" : undefined;
  const library = read.fields;
  const { signature, ...signed } = library;
  const verify = cryptography.verifier(decodeBase64Url(library.root));
  const fits = verify(signedLibrary(signed), decodeBase64Url(signature));
  return fits ? library : undefined;
}

const streams: ReadonlySet<string> = new Set([
  folderNames.head,
  folderNames.loose,
  folderNames.pack,
]);

/** Without LIBRARY.json the folder is ours only when heads or streams still stand in it. */
async function lookBeside(folder: Folder): Promise<RootState> {
  try {
    const entries = (await folder.list("")).filter(({ name }) => !isSetApart(name));
    if (entries.some(({ kind, name }) => kind === "folder" && streams.has(name))) return "lost";
    return entries.length === 0 ? "empty" : "missing";
  } catch (error) {
    if (isFault(error, "missing")) return "missing";
    throw error;
  }
}
