/**
 * Founding: makes a library of this workspace in an empty folder. The root key is made for it,
 * admits this device's person as the first steward, and is given away on the recovery sheet.
 */
import { mkdir } from "node:fs/promises";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { libraryName } from "#shared/format/names.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { readWorkspace } from "../../workspace/workspace-row.ts";
import { placeFile } from "../exchange/place-file.ts";
import { type Folder, FolderError } from "../folder.ts";
import { fingerprintOf, formatRecovery } from "./codes.ts";
import { libraryFile, makeRoot, type Root, rootSegment } from "./founding.ts";
import { insertLibrary, markJoined, readLibraryRow, writeFolderPath } from "./library-row.ts";
import { type FolderLook, lookAtFolder, onFolder } from "./look-at-folder.ts";
import type { PeopleDependencies } from "./people-dependencies.ts";
import { requireOwnStreams, stewardAdmission } from "./own-streams.ts";

type Founded = {
  readonly library: string;
  readonly fingerprint: string;
  readonly recovery: string;
};

/** Founds a library in the folder at the path, which is made when only it is missing. */
export async function createLibrary(path: string, deps: PeopleDependencies): Promise<Founded> {
  const { databases, cryptography, clock } = deps;
  const workspace = requireWorkspace(deps);
  await requireOwnStreams(deps);
  await makeIfMissing(path);
  const folder = deps.openFolder(path);
  await onFolder(async () => requireEmpty(await lookAtFolder({ folder, cryptography, ...clock })));
  const root = makeRoot(deps);
  const library = recordIdSchema.parse(workspace.id);
  const file = libraryFile({ library, name: workspace.name, root }, deps);
  const act = stewardAdmission(deps);
  const segment = rootSegment({ root, act, known: { library, heads: [] } }, deps);
  await onFolder(() => writeFiles(folder, [segment, { path: libraryName, bytes: file }]));
  const fingerprint = fingerprintOf(cryptography, root.publicKey);
  await databases.queue.run((db) => {
    const row = { id: library, name: workspace.name, root: root.publicKey, fingerprint };
    insertLibrary(db, { ...row, joined: null }, file);
    markJoined(db, clock.now());
  });
  writeFolderPath(databases.local, path);
  await deps.intake.accept([segment]);
  deps.emit("sharing.changed", {});
  return { library, fingerprint, recovery: recoveryOf(deps, root) };
}

function recoveryOf({ cryptography }: PeopleDependencies, { secret }: Root): string {
  return formatRecovery(cryptography, secret);
}

function requireWorkspace({ databases }: PeopleDependencies) {
  const workspace = readWorkspace(databases.read);
  if (workspace === undefined) {
    throw new ExpectedFailure(
      "no_workspace",
      "There is no workspace in this profile yet, so there is nothing to share. Make one first, or join a shared workspace with an invitation's code.",
    );
  }
  if (readLibraryRow(databases.read) !== undefined) throw alreadyShared();
  return workspace;
}

/** The workspace belongs to a library already. */
export function alreadyShared(): ExpectedFailure {
  return new ExpectedFailure(
    "already_shared",
    "This workspace is shared already, and one workspace belongs to one shared folder. Stop sharing here first, or use another profile.",
  );
}

/** Only the last folder of the path: one that is missing further up is a slip or a missing drive. */
async function makeIfMissing(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EEXIST") return;
    if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
      return onFolder(() => Promise.reject(new FolderError("denied", path, error)));
    }
    if (code === "ENOSPC")
      return onFolder(() => Promise.reject(new FolderError("full", path, error)));
    return onFolder(() => Promise.reject(new FolderError("missing", path, error)));
  }
}

function requireEmpty(look: FolderLook): void {
  switch (look.kind) {
    case "empty":
      return;
    case "not_writable":
      throw new ExpectedFailure(
        "folder_read_only",
        "The folder can only be read, so nothing was shared. Ask whoever keeps it for permission to write, or choose another one.",
      );
    case "library":
      throw new ExpectedFailure(
        "other_library",
        `There is a shared workspace in this folder already (“${look.library.name}”), so no other was made. Join it with an invitation's code, or choose an empty folder.`,
      );
    case "other_files":
      throw new ExpectedFailure(
        "folder_not_empty",
        `There are other files in this folder (${look.entries}), so nothing was shared: a shared workspace needs a folder of its own. Choose an empty or a new one.`,
      );
  }
}

/** All or none, as far as the folder lets us. */
async function writeFiles(
  folder: Folder,
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
): Promise<void> {
  const written: string[] = [];
  try {
    for (const { path, bytes } of files) {
      written.push(path);
      await placeFile(folder, path, { bytes, writer: "founder" });
    }
  } catch (error) {
    for (const path of written) await folder.remove(path).catch(ignoreRefusal);
    throw error;
  }
}

/** The first refusal is what is told; what is left over is no library. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof FolderError)) throw error;
}
