/**
 * Joining: with an invitation's code this device finds out whether the folder is the library that
 * the code was made for, makes keys and a person where the profile has none, and lays its request
 * into the folder. A steward's app answers in the roster; until then this device sends nothing else.
 */
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import { type Roster, standingOf } from "#shared/domain/roster/roster.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import { type JoinRequest, provenMessage } from "#shared/format/join-request.ts";
import { incarnations } from "#shared/format/limits.ts";
import { formatName } from "#shared/format/names.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Library } from "#shared/format/library.ts";
import { newcomerEdit } from "../../workspace/start-workspace.ts";
import { insertWorkspace, isStarted, readWorkspace } from "../../workspace/workspace-row.ts";
import { signFrame } from "../exchange/frames.ts";
import { placeFile } from "../exchange/place-file.ts";
import { fingerprintOf, readInvitation, signerOf } from "./codes.ts";
import { alreadyShared } from "./create-library.ts";
import {
  forgetFolder,
  forgetLibrary,
  insertLibrary,
  keepJoinFile,
  readLibraryRow,
  writeFolderPath,
} from "./library-row.ts";
import { lookAtFolder, onFolder } from "./look-at-folder.ts";
import { broughtHere, requireOwnStreams } from "./own-streams.ts";
import type { PeopleDependencies } from "./people-dependencies.ts";
import { reachOf, takeBack } from "./take-back.ts";

export type Joining = {
  readonly path: string;
  readonly code: string;
  readonly name?: string;
  /** Wraps the keys of a profile that has none yet. */
  readonly passphrase?: string | undefined;
};

/** What was asked for, as it stands after the first look at the folder. */
export type Joined = { readonly library: RecordId; readonly name: string };

/** Asks to join. Fails with a sentence for every way in which that cannot be. */
export async function joinLibrary(joining: Joining, deps: PeopleDependencies): Promise<Joined> {
  const { cryptography, databases } = deps;
  const code = readInvitation(cryptography, joining.code);
  if (code === undefined) throw mistyped();
  const { library, file } = await requireLibrary(joining.path, deps);
  const root = Buffer.from(library.root, "base64url");
  if (fingerprintOf(cryptography, root) !== code.fingerprint) throw otherLibrary(library.name);
  const again = await requireJoinable(library.library, joining, deps);
  const reach = reachOf(databases.read);
  if (again) writeFolderPath(databases.local, joining.path);
  else await beginSharing({ library, file, path: joining.path }, deps);
  try {
    await deps.lookNow();
    const signer = signerOf(cryptography, code.secret, "invitation");
    const invite = encodeBase64Url(signer.publicKey);
    const invited = requireOpen(deps.roster.rosterOf(databases.read), invite, deps);
    await makeSelf(library, { ...joining, person: invited }, deps);
    await ask({ library, path: joining.path, invite, prove: signer.sign }, deps);
  } catch (error) {
    if (!again) {
      await stopSharing(deps);
      await takeBack(reach, deps);
    }
    throw error;
  }
  await deps.lookNow();
  deps.emit("sharing.changed", {});
  deps.emit("workspace.changed", {});
  return { library: library.library, name: library.name };
}

/** The library in the folder; fails where there is none. */
export async function requireLibrary(path: string, deps: PeopleDependencies) {
  const { cryptography, clock } = deps;
  const folder = deps.openFolder(path);
  const look = await onFolder(() => lookAtFolder({ folder, cryptography, ...clock }));
  if (look.kind === "library") return look;
  throw new ExpectedFailure(
    "no_library",
    look.kind === "other_files"
      ? "There is no shared workspace in this folder, only other files. Choose the folder in which LIBRARY.json lies."
      : "There is no shared workspace in this folder; it is empty. If OneDrive, Dropbox or the like copies it, wait until that has finished, then try again.",
  );
}

/** From here on the folder is looked at; nothing is sent before this device is admitted. */
export async function beginSharing(
  { library, file, path }: { library: Library; file: Uint8Array; path: string },
  { databases, cryptography }: PeopleDependencies,
): Promise<void> {
  const root = Buffer.from(library.root, "base64url");
  const row = { id: library.library, name: library.name, root, joined: null };
  const fingerprint = fingerprintOf(cryptography, root);
  await databases.queue.run((db) => {
    if (readLibraryRow(db) !== undefined) throw alreadyShared();
    insertLibrary(db, { ...row, fingerprint }, file);
  });
  writeFolderPath(databases.local, path);
}

/** Takes everything back that makes a workspace a shared one. */
export async function stopSharing({ databases, sharingEnded }: PeopleDependencies): Promise<void> {
  await databases.queue.run(forgetLibrary);
  forgetFolder(databases.local);
  sharingEnded();
}

/** Whether this device has asked already, with a code that perhaps has expired since. */
async function requireJoinable(
  library: RecordId,
  joining: Joining,
  deps: PeopleDependencies,
): Promise<boolean> {
  const { databases } = deps;
  const row = readLibraryRow(databases.read);
  if (row !== undefined) {
    if (row.joined !== null || row.id !== library) throw alreadyShared();
    return true;
  }
  const workspace = readWorkspace(databases.read);
  if (!isStarted(databases.read) || workspace === undefined) {
    if (joining.name !== undefined) return false;
    throw new ExpectedFailure(
      "no_name",
      "This profile has no workspace yet, so colleagues would not know who joins. Give your name as well.",
    );
  }
  if (workspace.id !== library) await requireOwnStreams(deps);
  return false;
}

/** Refuses a code that nobody can be admitted with any more; answers whose further device it is for. */
function requireOpen(
  roster: Roster | undefined,
  key: string,
  { clock, databases }: PeopleDependencies,
): RecordId | undefined {
  const invitation = roster?.invitations.get(key);
  // It may not have reached this copy of the folder yet: whoever admits looks again.
  if (roster === undefined || invitation === undefined) return undefined;
  if (invitation.withdrawn) throw spent("was taken back");
  if (invitation.usedBy !== null) throw spent("has been used already; each takes in one device");
  if (clock.now() > Date.parse(invitation.expires)) throw spent("has expired");
  const { person } = invitation;
  const workspace = isStarted(databases.read) ? readWorkspace(databases.read) : undefined;
  if (person === null) return undefined;
  if (workspace === undefined || workspace.person_id === person) return person;
  if (!standingOf(roster, person).active) return undefined;
  throw new ExpectedFailure(
    "other_person",
    "This code is for a further device of somebody who is a member already, and this profile has a workspace of somebody of its own. Join with an empty profile, or ask for an invitation as a new colleague.",
  );
}

type Self = {
  readonly name?: string | undefined;
  readonly passphrase?: string | undefined;
  readonly person: RecordId | undefined;
};

/** An empty profile gets keys, a workspace of the library's name, and a person. */
export async function makeSelf(
  library: Library,
  self: Self,
  deps: PeopleDependencies,
): Promise<void> {
  const { databases, identity, store, clock } = deps;
  const present = readWorkspace(databases.read);
  if (present !== undefined && present.person_id !== "") return;
  const device =
    identity.state() === "absent"
      ? await identity.create(self.passphrase)
      : (identity.device() ?? undefined);
  if (device === undefined) throw new Error("Keys were made and are not there.");
  const person = self.person ?? store.newId();
  const row = {
    id: library.library,
    name: library.name,
    sample: 0,
    device: device.id,
    incarnation: Buffer.from(clock.randomBytes(4)).readUInt32BE() % incarnations,
    person_id: person,
    // The invitation says which, once it has been answered.
    department_id: "",
  };
  await databases.queue.run((db) => insertWorkspace(db, row, device));
  // A further device adds itself to its person's page once it is admitted.
  if (self.person !== undefined) return;
  await store.write([newcomerEdit({ person, name: self.name ?? "" }, device)]);
}

type Asking = {
  readonly library: Library;
  readonly path: string;
  readonly invite: string;
  readonly prove: (message: Uint8Array) => Uint8Array;
};

async function ask(
  { library, path, invite, prove }: Asking,
  deps: PeopleDependencies,
): Promise<void> {
  const { databases, identity, clock } = deps;
  const device = identity.device();
  const workspace = readWorkspace(databases.read);
  if (device === undefined || workspace === undefined) throw new Error("Nobody is there to ask.");
  const unproven = {
    v: 1 as const,
    lib: library.library,
    dev: device.id,
    key: encodeBase64Url(device.signingKey),
    agreementKey: encodeBase64Url(device.agreementKey),
    person: recordIdSchema.parse(workspace.person_id),
    name: deps.nameOf(databases.read, workspace.person_id).slice(0, 200) || "?",
    invite,
    brought: broughtHere(deps),
    at: new Date(clock.now()).toISOString(),
  } satisfies Omit<JoinRequest, "proof">;
  const proof = encodeBase64Url(prove(provenMessage(unproven)));
  const bytes = signFrame("join", { ...unproven, proof }, { signer: identity });
  const random = Buffer.from(clock.randomBytes(8)).toString("hex");
  const file = { path: formatName({ kind: "join", random }), bytes };
  keepJoinFile(databases.local, file);
  await onFolder(() => placeFile(deps.openFolder(path), file.path, { bytes, writer: device.id }));
}

function mistyped(): ExpectedFailure {
  return new ExpectedFailure(
    "wrong_code",
    "That is not a whole invitation code: a letter is wrong or missing. It has nine groups of five; spaces, hyphens and capitals do not matter.",
  );
}

function otherLibrary(name: string): ExpectedFailure {
  return new ExpectedFailure(
    "other_library",
    `The code is for another shared workspace than the one in this folder (“${name}”), so nothing was done. Choose the folder that the code was made for, or ask a steward of this one for a code.`,
  );
}

function spent(how: string): ExpectedFailure {
  return new ExpectedFailure(
    "invitation_spent",
    `The invitation ${how}, so nobody can be admitted with it. Ask a steward for a new code.`,
  );
}
