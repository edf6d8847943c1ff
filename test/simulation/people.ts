/** What stewards and newcomers do: invitations, joining, roles, removals. */
import path from "node:path";
import type { Member } from "#shared/contract/sharing.ts";
import { note } from "./deeds.ts";
import { type Device, sharedFolder } from "./device.ts";
import { addDevice, type World } from "./world.ts";

/** One deed about people at the device; most devices may do none and are refused, which is part of it. */
export async function actOnPeople(world: World, device: Device): Promise<void> {
  const deed = world.random.oneOf([invite, join, join, grant, withdraw, removeSomebody, adopt]);
  await deed?.(world, device);
}

async function invite(world: World, device: Device): Promise<void> {
  const answer = await device.ask((app) => app.sharing.invite({ role: "member" }));
  note(world, device, `invites somebody: ${answer.kind}`);
  if (answer.kind === "done") world.codes.push(answer.value.code);
}

/** Somebody comes with the code of an invitation, on a computer that nobody knows yet. */
async function join(world: World): Promise<void> {
  const code = world.codes.shift();
  const name = code === undefined ? undefined : world.spare.shift();
  if (code === undefined || name === undefined) return;
  const device = await addDevice(world, name);
  const selection = sharedFolder(device, path.join(world.place, name));
  const joining = { selection, code, name };
  const answer = await device.ask((app) => app.sharing.join(joining));
  note(world, device, `asks to join: ${answer.kind}`);
}

async function grant(world: World, device: Device): Promise<void> {
  const person = await somebody(world, device);
  if (person === undefined) return;
  const lead = {
    role: "lead" as const,
    departments: person.department ? [person.department.id] : [],
  };
  const role = world.random.oneOf([
    lead,
    { role: "verifier" as const },
    { role: "steward" as const },
  ]);
  if (role === undefined) return;
  const answer = await device.ask((app) => app.sharing.grant({ person: person.person, ...role }));
  note(world, device, `gives ${person.name} the role ${role.role}: ${answer.kind}`);
  if (answer.kind === "done") world.trusted.add(person.name);
}

async function withdraw(world: World, device: Device): Promise<void> {
  const person = await somebody(world, device);
  const held = person?.roles.find(({ role }) => role !== "member");
  if (person === undefined || held === undefined || person.own) return;
  const { role } = held;
  const answer = await device.ask((app) => app.sharing.withdraw({ person: person.person, role }));
  note(world, device, `takes the role ${role} from ${person.name}: ${answer.kind}`);
}

/** Once in a story; two that remove each other are another test's. */
async function removeSomebody(world: World, device: Device): Promise<void> {
  if (world.removals.length > 0) return;
  const person = await somebody(world, device);
  if (person === undefined || person.own) return;
  const answer = await device.ask((app) => app.sharing.removeMember({ person: person.person }));
  note(world, device, `removes ${person.name}: ${answer.kind}`);
  if (answer.kind === "done") world.removals.push(person.person);
}

async function adopt(world: World, device: Device): Promise<void> {
  const [person] = world.removals;
  if (person === undefined) return;
  const answer = await device.ask((app) => app.sharing.adopt({ person }));
  note(world, device, `adopts what came late: ${answer.kind}`);
}

async function somebody(world: World, device: Device): Promise<Member | undefined> {
  const answer = await device.ask((app) => app.sharing.members({}));
  return answer.kind === "done" ? world.random.oneOf(answer.value) : undefined;
}
