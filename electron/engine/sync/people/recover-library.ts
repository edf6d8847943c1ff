/**
 * With the recovery sheet the root key is there again for a moment: it takes this device in as a
 * steward, whatever happened to the others, and is given away as before.
 */
import type { RecordId } from "#shared/domain/ids.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import { memberKey } from "#shared/domain/record-state.ts";
import type { Roster } from "#shared/domain/roster/roster.ts";
import type { Library } from "#shared/format/library.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { isStarted, readWorkspace } from "../../workspace/workspace-row.ts";
import { placeFile } from "../exchange/place-file.ts";
import { readRecovery } from "./codes.ts";
import { alreadyShared } from "./create-library.ts";
import { rootOf, rootSegment } from "./founding.ts";
import { beginSharing, makeSelf, requireLibrary, stopSharing } from "./join-library.ts";
import { readLibraryRow, writeFolderPath } from "./library-row.ts";
import { onFolder } from "./look-at-folder.ts";
import { requireOwnStreams, stewardAdmission } from "./own-streams.ts";
import type { PeopleDependencies } from "./people-dependencies.ts";
import { reachOf, takeBack } from "./take-back.ts";
import { requireRoster } from "./write-acts.ts";

export type Recovering = {
  readonly path: string;
  readonly recovery: string;
  readonly name?: string | undefined;
  readonly passphrase?: string | undefined;
};

/** Makes this device's person a steward. Fails with a sentence for a wrong sheet or folder. */
export async function recoverLibrary(
  { path, recovery, name, passphrase }: Recovering,
  deps: PeopleDependencies,
): Promise<{ readonly library: RecordId }> {
  const { databases, cryptography } = deps;
  const secret = readRecovery(cryptography, recovery);
  if (secret === undefined) throw mistyped();
  const { library, file } = await requireLibrary(path, deps);
  const root = rootOf(cryptography, secret);
  if (encodeBase64Url(root.publicKey) !== library.root) throw otherSheet(library.name);
  const fresh = await prepare(library, name, deps);
  const reach = reachOf(databases.read);
  if (fresh) await beginSharing({ library, file, path }, deps);
  else writeFolderPath(databases.local, path);
  try {
    await deps.lookNow();
    const known = requireRoster(deps.roster, databases.read);
    const person = name === undefined ? undefined : stewardCalled(name, known, deps);
    await makeSelf(library, { name, passphrase, person }, deps);
    const segment = rootSegment({ root, act: stewardAdmission(deps), known }, deps);
    const folder = deps.openFolder(path);
    const writer = deps.identity.device()?.id ?? "";
    await onFolder(() => placeFile(folder, segment.path, { bytes: segment.bytes, writer }));
    await deps.intake.accept([segment]);
  } catch (error) {
    if (fresh) {
      await stopSharing(deps);
      await takeBack(reach, deps);
    }
    throw error;
  }
  await deps.lookNow();
  deps.emit("sharing.changed", {});
  deps.emit("workspace.changed", {});
  return { library: library.library };
}

/** Whether the library is new to this profile; fails where it cannot come in. */
async function prepare(
  library: Library,
  name: string | undefined,
  deps: PeopleDependencies,
): Promise<boolean> {
  const { read } = deps.databases;
  const row = readLibraryRow(read);
  if (row !== undefined && row.id !== library.library) throw alreadyShared();
  if (row !== undefined) return false;
  if (isStarted(read)) {
    if (readWorkspace(read)?.id !== library.library) await requireOwnStreams(deps);
    return true;
  }
  if (name !== undefined && name.trim() !== "") return true;
  throw new ExpectedFailure(
    "no_name",
    "This profile has no workspace yet, so colleagues would not know who comes. Give your name as well.",
  );
}

/** On a fresh device a steward of that name comes back as the person they were. */
function stewardCalled(
  name: string,
  roster: Roster,
  { databases, nameOf }: PeopleDependencies,
): RecordId | undefined {
  const wanted = memberKey(name);
  const stewards = [...roster.rights.values()].flat().filter((right) => right.role === "steward");
  const called = new Set(stewards.map((right) => right.person)).values().filter((person) => {
    return memberKey(nameOf(databases.read, person)) === wanted;
  });
  const [match, ...others] = called;
  return others.length === 0 ? match : undefined;
}

function mistyped(): ExpectedFailure {
  return new ExpectedFailure(
    "wrong_recovery",
    "That is not a whole recovery code: a letter is wrong or missing. It has eight groups of four; spaces, hyphens and capitals do not matter.",
  );
}

function otherSheet(name: string): ExpectedFailure {
  return new ExpectedFailure(
    "wrong_recovery",
    `This recovery sheet belongs to another shared workspace than the one in this folder (“${name}”), so nothing was done. Look for the sheet with this workspace's fingerprint.`,
  );
}
