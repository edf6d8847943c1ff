/**
 * Answers what the contract's `sharing` group asks about people: founding, joining and leaving a
 * library, invitations, roles and removals. The folder itself is the exchange's.
 */
import type { sharing } from "#shared/contract/sharing.ts";
import type { Act } from "#shared/domain/roster/act.ts";
import { type Actor, holds, isActive, type Roster } from "#shared/domain/roster/roster.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import type { GroupHandlers } from "#shared/rpc/define.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { admitWaiting } from "./admit.ts";
import { codeSecretLength, fingerprintOf, formatInvitation, signerOf } from "./codes.ts";
import { createLibrary } from "./create-library.ts";
import { joinLibrary, requireLibrary, stopSharing } from "./join-library.ts";
import { lateChangesOf } from "./late-changes.ts";
import { readFolderPath, readLibraryRow, writeFolderPath } from "./library-row.ts";
import { lookAtFolder, noFolder, onFolder } from "./look-at-folder.ts";
import { invitationsOf, membersOf } from "./members.ts";
import type { PeopleDependencies } from "./people-dependencies.ts";
import { recoverLibrary } from "./recover-library.ts";
import { cutsOf, deviceIdsOf, requireRoster } from "./write-acts.ts";

const names = [
  "look",
  "create",
  "join",
  "recover",
  "moveFolder",
  "leave",
  "invite",
  "invitations",
  "withdrawInvitation",
  "admit",
  "members",
  "grant",
  "withdraw",
  "removeMember",
  "removeDevice",
  "adopt",
] as const;

export type PeopleHandlers = Pick<GroupHandlers<typeof sharing>, (typeof names)[number]>;

type Dependencies = PeopleDependencies & {
  /** The absolute path of the folder that somebody chose. */
  readonly folderOf: (selection: string) => string;
};

/** How long an invitation can be used. */
const invitationLife = 7 * 24 * 60 * 60 * 1000;

/** Builds the handlers. */
export function createPeopleHandlers(deps: Dependencies): PeopleHandlers {
  return { ...folderHandlers(deps), ...invitationHandlers(deps), ...memberHandlers(deps) };
}

function folderHandlers(deps: Dependencies) {
  const { cryptography, clock, databases, emit, folderOf } = deps;
  return {
    look: async ({ selection }) => {
      const folder = deps.openFolder(folderOf(selection));
      const look = await onFolder(() => lookAtFolder({ folder, cryptography, ...clock }));
      const nothing = { library: null, name: null, fingerprint: null };
      if (look.kind !== "library") return { ...nothing, kind: look.kind, entries: look.entries };
      const { library, name, root } = look.library;
      const fingerprint = fingerprintOf(cryptography, Buffer.from(root, "base64url"));
      return { kind: look.kind, library, name, fingerprint, entries: look.entries };
    },
    create: async ({ selection }) => {
      const founded = await createLibrary(folderOf(selection), deps);
      await deps.lookNow();
      return founded;
    },
    join: async ({ selection, name, ...joining }) => {
      const path = folderOf(selection);
      const joined = await joinLibrary({ ...joining, path, ...(name && { name }) }, deps);
      const waiting = readLibraryRow(databases.read)?.joined === null;
      return { ...joined, state: waiting ? "asking" : "sharing" };
    },
    recover: ({ selection, ...recovering }) =>
      recoverLibrary({ ...recovering, path: folderOf(selection) }, deps),
    moveFolder: async ({ selection }) => {
      const { id } = requireRow(deps);
      const path = folderOf(selection);
      const { library } = await requireLibrary(path, deps);
      if (library.library !== id) throw notThisLibrary(library.name);
      writeFolderPath(databases.local, path);
      emit("sharing.changed", {});
      await deps.lookNow();
      return {};
    },
    leave: async () => {
      requireRow(deps);
      await stopSharing(deps);
      emit("sharing.changed", {});
      emit("workspace.changed", {});
      return {};
    },
  } satisfies Partial<PeopleHandlers>;
}

function invitationHandlers(deps: Dependencies) {
  const { acts, clock, cryptography, databases } = deps;
  return {
    invite: async ({ role, departments, person }) => {
      const { root } = requireRow(deps);
      const secret = clock.randomBytes(codeSecretLength);
      const key = encodeBase64Url(signerOf(cryptography, secret, "invitation").publicKey);
      const expires = new Date(clock.now() + invitationLife).toISOString();
      const given = departments.length === 0 ? { role } : { role, departments };
      requireDepartments(role, departments);
      await acts.write((roster) => {
        if (person !== undefined) requirePerson(roster, person);
        return [{ kind: "invite", key, ...given, expires, ...(person && { person }) }];
      });
      return { id: key, code: formatInvitation(cryptography, { root, secret }), expires };
    },
    invitations: () => [...invitationsOf(deps)],
    withdrawInvitation: async ({ id }) => {
      await acts.write((roster) => {
        if (roster.invitations.has(id)) return [{ kind: "withdraw_invite", invite: id }];
        throw new ExpectedFailure(
          "not_found",
          "There is no such invitation in this shared workspace, so nothing was taken back.",
        );
      });
      return {};
    },
    admit: async () => {
      requireRow(deps);
      const path = readFolderPath(databases.local);
      if (path === undefined) throw noFolder();
      const folder = deps.openFolder(path);
      const { admitted, refused } = await onFolder(() => admitWaiting(folder, deps));
      return { admitted: [...admitted], refused: [...refused] };
    },
  } satisfies Partial<PeopleHandlers>;
}

function memberHandlers(deps: Dependencies) {
  const { acts, intake, databases } = deps;
  return {
    members: () => [...membersOf(deps)],
    grant: async ({ person, role, departments }) => {
      requireDepartments(role, departments);
      const given = departments.length === 0 ? { role } : { role, departments };
      await acts.write((roster) => {
        requirePerson(roster, person);
        return [{ kind: "grant", person, ...given }];
      });
      return {};
    },
    withdraw: async ({ person, role }) => {
      await acts.write((roster, db) => {
        requirePerson(roster, person);
        if (!holds(roster, person, role)) throw notHeld(role);
        const cuts = cutsOf(intake, db, deviceIdsOf(roster, person));
        return [{ kind: "withdraw", person, role, cuts }];
      });
      return {};
    },
    removeMember: async ({ person }) => {
      await acts.write((roster, db): readonly Act[] => {
        requirePerson(roster, person);
        const cuts = cutsOf(intake, db, deviceIdsOf(roster, person));
        return [{ kind: "remove", person, cuts }];
      });
      return {};
    },
    removeDevice: async ({ device }) => {
      await acts.write((roster, db): readonly Act[] => {
        if (roster.admissions.get(device)?.some(isActive) !== true) throw unknownDevice();
        return [{ kind: "remove", device, cuts: cutsOf(intake, db, [device]) }];
      });
      return {};
    },
    adopt: async ({ person }) => {
      const roster = requireRoster(deps.roster, databases.read);
      requirePerson(roster, person);
      const { changes, adoptions } = lateChangesOf(deps, { roster, person });
      if (adoptions.length > 0) await acts.write(() => adoptions);
      return { changes };
    },
  } satisfies Partial<PeopleHandlers>;
}

function requireRow({ databases }: Dependencies) {
  const row = readLibraryRow(databases.read);
  if (row !== undefined) return row;
  throw new ExpectedFailure(
    "not_shared",
    "This workspace is not shared with anybody yet. Start sharing in an empty folder, or join a shared workspace with an invitation's code.",
  );
}

function requirePerson(roster: Roster, person: Actor["person"]): void {
  if ([...roster.admissions.values()].flat().some((one) => one.person === person)) return;
  throw new ExpectedFailure(
    "unknown_person",
    "Nobody with that id belongs to this shared workspace. The list of people shows who does; invite a colleague who is new.",
  );
}

function requireDepartments(role: string, departments: readonly string[]): void {
  if (role !== "lead" || departments.length > 0) return;
  throw new ExpectedFailure("no_department", "A lead leads a department: name at least one.");
}

function notHeld(role: string): ExpectedFailure {
  return new ExpectedFailure(
    "not_held",
    `They do not hold the role ${role} now, so nothing was taken away.`,
  );
}

function unknownDevice(): ExpectedFailure {
  return new ExpectedFailure(
    "unknown_device",
    "No such device belongs to this shared workspace, or it was removed already. The list of people shows the devices of each.",
  );
}

function notThisLibrary(name: string): ExpectedFailure {
  return new ExpectedFailure(
    "other_library",
    `The folder holds another shared workspace (“${name}”), so the old place was kept. Choose the folder of your own.`,
  );
}
