/** `share …`, `roster`, `devices`, `role …` and `remove-member`: the people of a shared library. */
import path from "node:path";
import type { GuildhallClient } from "#shared/contract/index.ts";
import type { Member } from "#shared/contract/sharing.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import { recordIdSchema } from "#shared/domain/ids.ts";
import type { Role } from "#shared/domain/roster/role.ts";
import { spoken } from "#shared/domain/roster/spoken.ts";
import { CommandFailure, count, type Outcome, table } from "./outcome.ts";
import { findByName } from "./references.ts";
import type { Session } from "./session.ts";
import { warnOfBareKeys } from "./workspace-commands.ts";
import { oddDevices, rolesInWords, stateInWords } from "./sharing-text.ts";

/** The folder as the engine's calls name it. */
function selectionOf({ running }: Session, folder: string): string {
  const chosen = path.resolve(folder);
  return running.engine.offerSelection([chosen], path.basename(chosen)).id;
}

/** Founds a library in an empty folder. The recovery sheet is shown this once. */
export async function shareCreate(session: Session, folder: string): Promise<Outcome> {
  const selection = selectionOf(session, folder);
  const { library, fingerprint, recovery } = await session.client.sharing.create({ selection });
  const sheet = [
    "",
    "RECOVERY SHEET. Print this and keep it where only the stewards get at it. It is the only way",
    "back when every steward's device is lost, and it is shown this once.",
    "",
    `  Library      ${library}`,
    `  Fingerprint  ${fingerprint}`,
    `  Recovery     ${recovery}`,
    "",
    ...spoken(recovery).map(({ group, said }) => `    ${group}  ${said}`),
    "",
    "",
  ];
  return {
    json: { library, fingerprint, recovery },
    text: () => {
      session.terminal.err(sheet.join("\n"));
      return `The shared workspace is ready.\nlibrary      ${library}\nfingerprint  ${fingerprint}`;
    },
  };
}

type Inviting = {
  readonly role: Role;
  readonly departments: readonly string[];
  readonly person: string | undefined;
};

/** Makes a code that takes in one device within seven days. */
export async function shareInvite(session: Session, inviting: Inviting): Promise<Outcome> {
  const { client } = session;
  const departments = await departmentIds(client, inviting.departments);
  const person =
    inviting.person === undefined ? undefined : await memberNamed(client, inviting.person);
  // The code is worth nothing before the invitation is in the folder.
  const { code, expires } = await inTheFolder(client, () =>
    client.sharing.invite({
      role: inviting.role,
      departments,
      ...(person && { person: person.person }),
    }),
  );
  return {
    json: { code, expires },
    text: (paint) =>
      [
        paint("bold", code),
        `It takes in one device, until ${minuteOf(expires)} UTC. Send it by any way that you trust.`,
        paint("dim", `There: guildhall share join FOLDER --code ${code}`),
      ].join("\n"),
  };
}

/** How somebody comes into a library, whatever lets them in. */
type Coming = { readonly folder: string; readonly name: string | undefined };
type Joining = Coming & { readonly code: string };

/** Asks to be taken into the library in the folder. */
export async function shareJoin(session: Session, joining: Joining): Promise<Outcome> {
  const { code } = joining;
  const joined = await session.client.sharing.join({ code, ...comingBy(session, joining) });
  await warnOfBareKeys(session);
  const { library, state } = joined;
  return {
    json: { library, name: joined.name, state },
    text: () =>
      state === "sharing"
        ? `You share the workspace “${joined.name}” now.`
        : `You have asked to join “${joined.name}”. A steward's open Guildhall lets you in by itself, or a steward runs: guildhall share admit`,
  };
}

/** Admits whoever asked with a valid code; looks at the folder before and after. */
export async function shareAdmit({ client }: Session): Promise<Outcome> {
  const known = new Set((await client.sharing.members({})).flatMap(devicesOf));
  const { admitted, refused } = await inTheFolder(client, () => client.sharing.admit({}));
  // The look before may have admitted them already, as an open window does.
  const fresh = (await client.sharing.members({})).filter(
    (member) => member.state === "active" && devicesOf(member).some((id) => !known.has(id)),
  );
  const seen = new Set(admitted.map(({ person }) => person));
  const all = [
    ...admitted,
    ...fresh
      .filter(({ person }) => !seen.has(person))
      .map(({ person, name, roles }) => ({ person, name, role: roles[0]?.role ?? "member" })),
  ];
  return {
    json: { admitted: all, refused },
    text: (paint) =>
      [
        all.length === 0 ? "Nobody was waiting." : `${count(all.length, "device")} admitted`,
        ...all.map(({ name, role }) => `  ${name} (${role})`),
        ...refused.map(({ name, reason }) => paint("yellow", `  ${name}: ${reason}`)),
      ].join("\n"),
  };
}

function devicesOf({ devices }: Member): readonly string[] {
  return devices.map(({ id }) => id);
}

type Recovering = Coming & { readonly recovery: string };

/** Makes this device's person a steward with the recovery sheet. */
export async function shareRecover(session: Session, recovering: Recovering): Promise<Outcome> {
  const { recovery } = recovering;
  const coming = comingBy(session, recovering);
  const { library } = await session.client.sharing.recover({ recovery, ...coming });
  await warnOfBareKeys(session);
  return { json: { library }, text: () => "You are a steward of the workspace again." };
}

/** The keys that joining makes are wrapped like those of a first start. */
function comingBy(session: Session, { folder, name }: Coming) {
  const passphrase = session.terminal.environment.GUILDHALL_PASSPHRASE;
  return {
    selection: selectionOf(session, folder),
    ...(name && { name }),
    ...(passphrase !== undefined && { passphrase }),
  };
}

/** Stops sharing on this device. */
export async function shareLeave({ client }: Session): Promise<Outcome> {
  await client.sharing.leave({});
  return {
    json: {},
    text: () => "Sharing has ended here. Everything stays on this device and in the folder.",
  };
}

/** Lists who belongs to the library. */
export async function roster({ client, terminal }: Session): Promise<Outcome> {
  const members = await client.sharing.members({});
  const json = members.map(({ person, name, department, state, roles, devices, late }) => {
    return { person, name, department, state, roles, devices: devices.length, late };
  });
  const rows = members.map((member) => [
    member.person,
    member.name,
    member.department?.name ?? "",
    rolesInWords(member.roles),
    stateInWords(member),
  ]);
  const headings = ["id", "name", "department", "roles", ""];
  return { json: { members: json }, text: (paint) => table(headings, rows, { terminal, paint }) };
}

/** Lists the devices of everybody. */
export async function devices({ client, terminal }: Session): Promise<Outcome> {
  const members = await client.sharing.members({});
  const all = members.flatMap(({ person, name, devices: theirs }) =>
    theirs.map((device) => ({ ...device, person, name })),
  );
  const rows = all.map((device) => [
    device.id,
    device.name,
    device.own ? "this device" : device.lastSeen === null ? "not seen" : minuteOf(device.lastSeen),
    device.version ?? "",
    String(device.changes),
    [device.state === "removed" ? "removed" : "", device.forked ? "copied" : ""].join(" ").trim(),
  ]);
  const headings = ["device", "person", "last seen", "version", "changes", ""];
  return {
    json: { devices: all },
    text: (paint) =>
      [
        table(headings, rows, { terminal, paint }),
        ...oddDevices(members).map((odd) => paint("yellow", odd)),
      ].join("\n"),
  };
}

type Granting = {
  readonly person: string;
  readonly role: Role;
  readonly departments: readonly string[];
};

/** Gives a role. */
export async function roleGrant({ client }: Session, granting: Granting): Promise<Outcome> {
  const { person, name } = await memberNamed(client, granting.person);
  const departments = await departmentIds(client, granting.departments);
  await inTheFolder(client, () =>
    client.sharing.grant({ person, role: granting.role, departments }),
  );
  return rolesNow(client, person, name);
}

/** Takes a role away: what they wrote until now stays. */
export async function roleRevoke(
  { client }: Session,
  { person: nameOrId, role }: Omit<Granting, "departments">,
): Promise<Outcome> {
  const { person, name } = await memberNamed(client, nameOrId);
  await inTheFolder(client, () => client.sharing.withdraw({ person, role }));
  return rolesNow(client, person, name);
}

async function rolesNow(client: GuildhallClient, person: string, name: string): Promise<Outcome> {
  const now = (await client.sharing.members({})).find((member) => member.person === person);
  const roles = now?.roles ?? [];
  return { json: { person, roles }, text: () => `${name}: ${rolesInWords(roles)}` };
}

/** Removes somebody with every device: what they wrote until now stays. */
export async function removeMember({ client }: Session, nameOrId: string): Promise<Outcome> {
  const { person, name } = await memberNamed(client, nameOrId);
  await inTheFolder(client, () => client.sharing.removeMember({ person }));
  return {
    json: { person },
    text: () => `${name} is removed. What they wrote until now stays; what comes later is held.`,
  };
}

/** "2026-11-22 14:03", in UTC as it is stored. */
function minuteOf(instant: string): string {
  return instant.slice(0, 16).replace("T", " ");
}

/** Acts on what the folder says now, and sends the act at once: others wait for it. */
async function inTheFolder<T>(client: GuildhallClient, act: () => Promise<T>): Promise<T> {
  await client.sharing.sync({});
  const done = await act();
  await client.sharing.sync({});
  return done;
}

/** The member of that name or id. */
async function memberNamed(client: GuildhallClient, nameOrId: string): Promise<Member> {
  const members = await client.sharing.members({});
  const id = recordIdSchema.safeParse(nameOrId.toLowerCase());
  const wanted = nameOrId.normalize("NFC").trim().toLocaleLowerCase("en");
  const [match, another] = members.filter(({ person, name }) =>
    id.success
      ? person === id.data
      : name.normalize("NFC").trim().toLocaleLowerCase("en") === wanted,
  );
  if (match === undefined) {
    throw new CommandFailure(
      "unknown_person",
      `Nobody in this shared workspace is called "${nameOrId}". "guildhall roster" lists who belongs to it.`,
    );
  }
  if (another === undefined) return match;
  throw new CommandFailure(
    "ambiguous",
    `More than one person is called "${nameOrId}". Name them by id: ${match.person} or ${another.person}.`,
  );
}

async function departmentIds(
  client: GuildhallClient,
  names: readonly string[],
): Promise<RecordId[]> {
  const found: RecordId[] = [];
  for (const name of names) found.push((await findByName(client, "department", name)).id);
  return found;
}
