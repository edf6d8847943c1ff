/** What happens to computers and folders: deaths, backups, copies, wrong clocks, forgers. */
import { createHash } from "node:crypto";
import { newRecordId, recordIdSchema } from "#shared/domain/ids.ts";
import { canonicalJson } from "#shared/domain/json.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import { type SampleDevice, sampleDevice, sampleSegment } from "#test/support/format-samples.ts";
import { note } from "./deeds.ts";
import type { Device } from "./device.ts";
import { addDevice, type World } from "./world.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** The title that every forged change gives; no device may ever hold it. */
export const forgedTitle = "FORGED";

/** One misfortune. */
export async function befall(world: World, device: Device): Promise<void> {
  const one = world.random.oneOf(misfortunes);
  await one?.(world, device);
}

type Misfortune = (world: World, device: Device) => void | Promise<void>;

/** The app dies at one of the next calls to the folder. */
function crash(world: World, device: Device): void {
  const call = world.random.between(1, 40);
  world.carrier.crashAt(device.name, call);
  note(world, device, "is going to die");
}

async function restart(world: World, device: Device): Promise<void> {
  await device.restart();
  note(world, device, "starts again");
}

async function backUp(world: World, device: Device): Promise<void> {
  const copies = world.backups.get(device) ?? [];
  world.backups.set(device, [...copies, await device.backup()]);
  note(world, device, "is backed up");
}

async function putBack(world: World, device: Device): Promise<void> {
  const copy = world.random.oneOf(world.backups.get(device) ?? []);
  if (copy === undefined) return backUp(world, device);
  const what = world.random.oneOf(["profile", "database"] as const) ?? "profile";
  await device.putBack(copy, what);
  note(world, device, `gets its ${what} back from a backup`);
}

/** The whole profile goes to a second computer, and both are used. */
async function clone(world: World, device: Device): Promise<void> {
  if (world.random.happens(0.5)) return;
  const name = world.spare.shift();
  if (name === undefined) return;
  const copy = await addDevice(world, name, await device.backup());
  copy.wasReset = device.wasReset;
  note(world, device, "is copied to another computer");
}

function skewClock(world: World, device: Device): void {
  const skew = world.random.oneOf([0, 365 * day, -2 * day, hour, -hour, 3 * day]) ?? 0;
  world.carrier.setSkew(device.name, skew);
  note(world, device, "has another time");
}

function goOffline(world: World, device: Device): void {
  device.offlineUntil = world.carrier.now() + world.random.between(hour, 3 * day);
  note(world, device, "goes offline");
}

function meddle(world: World): void {
  for (let time = 0; time < 4; time += 1) world.carrier.meddle();
}

/** Somebody lays a segment into the folder that says it is the device's and is not. */
function forge(world: World, device: Device): void {
  const victim = device.look((db) => {
    const row = db
      .prepare<
        [],
        { device: string; incarnation: number; person_id: string; library: string; key: Buffer }
      >(
        `SELECT workspace.device, incarnation, person_id, library.id AS library, signing_key AS key
         FROM workspace JOIN library JOIN device ON device.id = workspace.device`,
      )
      .get();
    const end =
      row &&
      db
        .prepare<[string, number], { sequence: number; chain: Buffer }>(
          "SELECT sequence, chain FROM change_log WHERE device = ? AND incarnation = ? ORDER BY sequence DESC",
        )
        .get(row.device, row.incarnation);
    return row && { ...row, sequence: end?.sequence ?? 0, chain: end?.chain ?? new Uint8Array(32) };
  });
  if (victim === undefined) return;
  const forger = sampleDevice(world.seed + 5000);
  const stolen: SampleDevice = {
    ...forger,
    id: victim.device as SampleDevice["id"],
    key: encodeBase64Url(victim.key),
  };
  const record =
    world.random.oneOf(world.records) ??
    newRecordId({ now: world.carrier.now, randomBytes: world.random.bytes });
  const signer = world.random.oneOf([stolen, { ...stolen, key: forger.key }]) ?? stolen;
  const first = victim.sequence + 1;
  const body = canonicalJson({
    v: 1,
    device: victim.device,
    incarnation: victim.incarnation,
    sequence: first,
    at: `${world.carrier.now().toString(16).padStart(11, "0")}-0000`,
    author: victim.person_id,
    record,
    type: "lesson",
    writes: [
      {
        kind: "set",
        path: "title",
        value: forgedTitle,
        after: [],
      },
    ],
  });
  const bytes = sampleSegment(signer, {
    library: recordIdSchema.parse(victim.library),
    incarnation: victim.incarnation,
    first,
    prev: new Uint8Array(victim.chain),
    bodies: [body],
  });
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const number = (value: number, width: number) => String(value).padStart(width, "0");
  const range = `${number(first, 8)}-${number(first, 8)}`;
  const name = `${number(victim.incarnation, 6)}.${range}.${hash}.gs`;
  const place = `s/${victim.device.slice(0, 2)}/${victim.device}/${name}`;
  world.carrier.person(device.name, place, bytes);
  note(world, device, "has something forged in its name");
}

const misfortunes: readonly Misfortune[] = [
  crash,
  crash,
  crash,
  restart,
  backUp,
  backUp,
  putBack,
  clone,
  skewClock,
  goOffline,
  goOffline,
  meddle,
  meddle,
  meddle,
  forge,
];
