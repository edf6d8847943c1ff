/**
 * A quiet point: the carrier brings what it has and makes no more trouble, everybody is online, and
 * time passes until all devices hold the same, as they must within days at the app's own pace.
 */
import { calm } from "#test/support/carrier-knobs.ts";
import { note } from "./deeds.ts";
import type { Device } from "./device.ts";
import { logDigest } from "./observe.ts";
import type { World } from "./world.ts";

const minute = 60_000;

/** So many looks of everybody, some time apart, are enough for everything that can be mended. */
const mostRounds = 150;

export type Quiet = {
  /** Devices that belong to the library. */
  readonly members: readonly Device[];
  readonly rounds: number;
  readonly agree: boolean;
};

/** Lets the world come to rest. */
export async function comeToRest(world: World): Promise<Quiet> {
  const { carrier, devices } = world;
  carrier.setKnobs({ ...calm });
  for (const device of devices) {
    carrier.crashAt(device.name, 0);
    device.offlineUntil = 0;
  }
  carrier.settle();
  for (let rounds = 1; ; rounds += 1) {
    for (const device of devices) await lookAt(world, device, rounds % 6 === 1);
    carrier.advance(rounds < 4 ? minute : 15 * minute);
    const agree = rounds >= 3 && rounds % 2 === 1 && (await areOne(world));
    if (agree || rounds >= mostRounds) return { members: await membersAmong(world), rounds, agree };
  }
}

/** One look at the folder; what the folder refuses is told by its code and is no failure. */
export async function lookAt(world: World, device: Device, full = false): Promise<void> {
  const answer = await device.ask((app) => app.sharing.sync({ full }));
  if (answer.kind === "crashed") note(world, device, "died while it looked");
  if (answer.kind === "refused") note(world, device, `could not look: ${answer.code}`);
}

async function areOne(world: World): Promise<boolean> {
  const members = await membersAmong(world);
  if (new Set(members.map(logDigest)).size > 1) return false;
  for (const device of members) {
    const answer = await device.ask((app) => app.sharing.state({}));
    if (answer.kind !== "done" || answer.value.waiting > 0) return false;
  }
  return true;
}

/** Who was admitted and not removed, by their own knowledge. */
async function membersAmong(world: World): Promise<readonly Device[]> {
  const members: Device[] = [];
  for (const device of world.devices) {
    const answer = await device.ask((app) => app.sharing.state({}));
    if (answer.kind !== "done" || answer.value.state !== "sharing") continue;
    const reason = answer.value.problem?.reason;
    if (reason !== "removed" && reason !== "not_admitted") members.push(device);
  }
  return members;
}
