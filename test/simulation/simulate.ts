/**
 * One story from a seed: several people with the real engine work over one simulated folder, with
 * every misfortune that can befall folders and computers, and everything has to be well whenever it
 * becomes quiet. The same seed tells the same story.
 */
import { everyProtection, type Protections } from "#engine/sync/pace.ts";
import { act, note } from "./deeds.ts";
import type { Device } from "./device.ts";
import { violations } from "./invariants.ts";
import { befall } from "./misfortunes.ts";
import { logOf } from "./observe.ts";
import { actOnPeople } from "./people.ts";
import { comeToRest, lookAt } from "./quiet.ts";
import { closeWorld, openWorld, type World } from "./world.ts";

export type Told = {
  readonly seed: number;
  /** What was wrong at a quiet point; nothing in a good story. */
  readonly violations: readonly string[];
  readonly counts: ReadonlyMap<string, number>;
  readonly story: readonly string[];
};

export type Telling = {
  readonly protections?: Partial<Protections>;
  /** The story's length in steps; by chance unless given. */
  readonly steps?: number;
};

/** Tells the story of the seed. */
export async function simulate(seed: number, telling: Telling = {}): Promise<Told> {
  const world = await openWorld(seed, { ...everyProtection, ...telling.protections });
  const found: string[] = [];
  try {
    const steps = telling.steps ?? world.random.between(25, 120);
    const knobs = world.mood;
    const acts = world.random.happens(0.4) ? 2 : 1;
    for (let part = 0; part < acts && found.length === 0; part += 1) {
      world.carrier.setKnobs(knobs);
      for (let step = 0; step < steps / acts; step += 1) await take(world);
      found.push(...(await rest(world)));
    }
  } catch (error) {
    found.push(
      `It broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  } finally {
    await closeWorld(world);
  }
  for (const [what, times] of world.carrier.counts) world.counts.set(`carrier: ${what}`, times);
  return { seed, violations: found, counts: world.counts, story: world.story };
}

async function rest(world: World): Promise<readonly string[]> {
  const held = new Map<Device, ReadonlySet<string>>();
  for (const device of world.devices) if (!device.wasReset) held.set(device, logOf(device));
  const quiet = await comeToRest(world);
  world.story.push(`— quiet after ${quiet.rounds} rounds`);
  return violations(world, quiet, held);
}

/** Some time passes, and something happens somewhere. */
async function take(world: World): Promise<void> {
  const { random, carrier } = world;
  carrier.advance(
    random.between(1000, random.oneOf([10_000, 10 * 60_000, 4 * 3_600_000]) ?? 10_000),
  );
  const device = random.oneOf(world.devices);
  if (device === undefined) return;
  const dice = random.below(100);
  if (dice < 54) await act(world, device);
  else if (dice < 77) await everybodyLooks(world);
  else if (dice < 82) await actOnPeople(world, device);
  else await befall(world, device);
}

async function everybodyLooks(world: World): Promise<void> {
  for (const device of world.devices) {
    if (device.offlineUntil > world.carrier.now() || world.random.happens(0.5)) continue;
    await lookAt(world, device, world.random.happens(0.05));
    world.carrier.advance(world.random.between(100, 5000));
  }
  note(world, world.devices[0]!, "and the others looked");
}
