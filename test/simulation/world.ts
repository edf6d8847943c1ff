/** The state of one simulated story: its devices, its carrier, and what people believe to be safe. */
import { rmSync } from "node:fs";
import path from "node:path";
import type { Protections } from "#engine/sync/pace.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import { type CarrierKnobs, stormy } from "#test/support/carrier-knobs.ts";
import { createChance } from "#test/support/chance.ts";
import { type Carrier, simulateCarrier } from "#test/support/simulated-folder.ts";
import { type Device, startDevice } from "./device.ts";
import { createRandom, type Random } from "./random.ts";
import { people, simulationPlace, template } from "./template.ts";

/** Somebody wrote over what they had before their eyes. */
export type Overwriting = {
  readonly record: RecordId;
  readonly field: string;
  /** The changes whose values stood there; another one may say the same again. */
  readonly seen: readonly string[];
  /** The change that did it. */
  readonly change: string;
};

export type World = {
  readonly seed: number;
  readonly random: Random;
  readonly carrier: Carrier;
  /** How bad the carrier is in this story. */
  readonly mood: CarrierKnobs;
  readonly protections: Protections;
  readonly devices: Device[];
  /** Views that no device has yet, for newcomers and for copies. */
  readonly spare: string[];
  readonly place: string;
  readonly records: RecordId[];
  readonly overwritings: Overwriting[];
  readonly backups: Map<Device, string[]>;
  /** Invitations whose code nobody has used yet. */
  readonly codes: string[];
  readonly counts: Map<string, number>;
  readonly story: string[];
  /** People who were given a role beyond that of a member. */
  readonly trusted: Set<string>;
  readonly removals: RecordId[];
  serial: number;
};

const spares = ["pc6", "pc7", "pc8"] as const;

/** Opens a library of some people, as it was when all had met; how bad the carrier is depends on the seed. */
export async function openWorld(seed: number, protections: Protections): Promise<World> {
  const before = await template();
  const random = createRandom(seed);
  const names = people.slice(0, random.between(4, people.length + 1));
  const bad = [0.1, 0.3, 0.6, 1][random.below(4)] ?? 1;
  const slowest = random.oneOf([5000, 60_000, 20 * 60_000]) ?? 5000;
  const mood: CarrierKnobs = { ...scaled(bad), delay: [1000, slowest] };
  const devices = [...people, ...spares];
  const chance = createChance(seed);
  const carrier = simulateCarrier({
    seed,
    devices,
    insensitive: devices.filter((name) => chance.happens(0.3, "insensitive", name)),
    knobs: mood,
    start: before.now + 60_000,
  });
  const place = path.join(simulationPlace, `seed-${seed}`);
  const world: World = {
    seed,
    random,
    carrier,
    mood,
    protections,
    place,
    devices: [],
    spare: [...spares],
    records: [],
    overwritings: [],
    backups: new Map(),
    codes: [],
    counts: new Map(),
    story: [],
    serial: 0,
    trusted: new Set(),
    removals: [],
  };
  for (const name of devices) {
    const tree = before.views.get(name) ?? before.views.get("ana");
    for (const file of tree?.paths() ?? []) {
      const copies = tree?.get(file).map((copy) => ({ ...copy, serial: 0, hereFrom: 0 })) ?? [];
      carrier.viewOf(name).set(file, copies);
    }
  }
  for (const name of names) await addDevice(world, name, before.profiles.get(name));
  return world;
}

/** A device more; with a copy of a profile, or with an empty one. */
export async function addDevice(world: World, name: string, from?: string): Promise<Device> {
  const { carrier, protections, seed } = world;
  const options = { name, carrier, protections, place: path.join(world.place, name) };
  const device = await startDevice({
    ...options,
    seed: seed * 1000 + world.devices.length,
    ...(from !== undefined && { from }),
  });
  world.devices.push(device);
  return device;
}

/** Ends everything and clears away what it wrote. */
export async function closeWorld(world: World): Promise<void> {
  for (const device of world.devices) await device.close();
  rmSync(world.place, { recursive: true, force: true });
}

export function count(world: World, what: string): void {
  world.counts.set(what, (world.counts.get(what) ?? 0) + 1);
}

function scaled(factor: number) {
  const knobs = Object.entries(stormy).map(([name, value]) =>
    typeof value === "number" ? [name, value * factor] : [name, value],
  );
  return Object.fromEntries(knobs) as typeof stormy;
}
