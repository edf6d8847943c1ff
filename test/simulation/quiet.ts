/**
 * A quiet point: the carrier brings what it has and makes no more trouble, everybody is online, and
 * time passes until all devices hold the same, as they must within days at the app's own pace.
 */
import { nodeCryptography } from "#engine/identity/cryptography.ts";
import { verifySegment } from "#engine/sync/verify-segment.ts";
import { isSetApart, parseName } from "#shared/format/names.ts";
import { calm } from "#test/support/carrier-knobs.ts";
import { nameOf } from "#test/support/folder-tree.ts";
import { note } from "./deeds.ts";
import type { Device } from "./device.ts";
import { admittedAt, logDigest, logOf, type Seen, writerOf } from "./observe.ts";
import type { World } from "./world.ts";

const minute = 60_000;

/** So many looks of everybody, some time apart, are enough for everything that can be mended. */
const mostRounds = 150;

export type Quiet = {
  /** Devices that belong to the library. */
  readonly members: readonly Seen[];
  readonly rounds: number;
  readonly agree: boolean;
  /** Files that lie whole in a device's folder, whatever their names, and that it did not take. */
  readonly passedBy: readonly string[];
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
  let passedBy: readonly string[] = [];
  /** Somebody took LIBRARY.json away, so that nothing is read before it is back. */
  const shutOut = new Set<Device>();
  for (let rounds = 1; ; rounds += 1) {
    for (const device of devices) {
      if (!(await lookAt(world, device, rounds % 6 === 1))) shutOut.add(device);
    }
    carrier.advance(rounds < 4 ? minute : 15 * minute);
    if (rounds === 2) {
      const members = await membersAmong(world);
      const looked = members.filter(({ device }) => !shutOut.has(device));
      passedBy = looked.flatMap(({ device }) => filesPassedBy(world, device));
    }
    const agree = rounds >= 3 && rounds % 2 === 1 && (await areOne(world));
    if (agree || rounds >= mostRounds) {
      return { members: await membersAmong(world), rounds, agree, passedBy };
    }
  }
}

/**
 * Whole segments under names that carriers and people gave them, of devices that are known, whose
 * changes are not here though nothing is left to be waited for.
 */
function filesPassedBy({ carrier }: World, device: Device): readonly string[] {
  const log = logOf(device);
  const known = new Set([...log].map(writerOf));
  const { library, waiting } = device.look((db) => ({
    library: db.prepare<[], string>("SELECT id FROM library").pluck().get(),
    waiting: new Set(
      db.prepare<[], string>("SELECT path FROM folder_file WHERE outcome <> 'read'").pluck().all(),
    ),
  }));
  const view = carrier.viewOf(device.name);
  return view.paths().flatMap((path) => {
    const [copy, twin] = view.get(path);
    if (copy === undefined || twin !== undefined || waiting.has(path)) return [];
    if (parseName(path) !== undefined || isSetApart(nameOf(path))) return [];
    const by = { cryptography: nodeCryptography, library, verifiers: new Map() };
    const signed = verifySegment(copy.bytes, by);
    if ("reason" in signed) return [];
    const { dev, inc, last } = signed.segment.fields;
    const end = Buffer.from(signed.end).toString("hex").toUpperCase();
    const isHere = !known.has(dev) || log.has(`${dev}-${inc}-${last}-${end}`);
    return isHere ? [] : [`${device.name} passed by ${path}`];
  });
}

/** One look at the folder; what the folder refuses is told by its code and is no failure. */
export async function lookAt(world: World, device: Device, full = false): Promise<boolean> {
  const answer = await device.ask((app) => app.sharing.sync({ full }));
  if (answer.kind === "crashed") note(world, device, "died while it looked");
  if (answer.kind === "refused") note(world, device, `could not look: ${answer.code}`);
  return answer.kind === "done";
}

async function areOne(world: World): Promise<boolean> {
  const members = await membersAmong(world);
  if (new Set(members.map(logDigest)).size > 1) return false;
  for (const { device } of members) {
    const answer = await device.ask((app) => app.sharing.state({}));
    if (answer.kind !== "done" || answer.value.waiting > 0) return false;
  }
  return true;
}

/** Who was admitted and not removed, by their own knowledge. */
async function membersAmong(world: World): Promise<readonly Seen[]> {
  const members: Seen[] = [];
  for (const device of world.devices) {
    const answer = await device.ask((app) => app.sharing.state({}));
    if (answer.kind !== "done" || answer.value.state !== "sharing") continue;
    const reason = answer.value.problem?.reason;
    if (reason === "removed" || reason === "not_admitted") continue;
    members.push({ device, admitted: await admittedAt(device) });
  }
  return members;
}
