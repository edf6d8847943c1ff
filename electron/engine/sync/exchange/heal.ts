/** Puts back what somebody or something took out of the folder, byte for byte, under the same name. */
import type { DeviceId } from "#shared/domain/ids.ts";
import { libraryName, streamFolder } from "#shared/format/names.ts";
import type { Folder } from "../folder.ts";
import type { SegmentRow } from "../outbox.ts";
import type { Context } from "./context.ts";
import { noteEvent } from "./folder-events.ts";
import { ownHeads, writeHead } from "./heads.ts";
import type { Look } from "./look.ts";
import { peerHead } from "./peers.ts";
import { placeFile } from "./place-file.ts";
import { compare, lastWritten, pathOfSegment, writeSegment } from "./publish.ts";
import { isLasting, longer, noteAbsences, type Shelf } from "./shelves.ts";
import { lyingIn } from "./watched-folder.ts";

/** The most files that one cycle puts back; the others follow in the next. */
const mostFiles = 500;

/** Puts back what has been missing for long enough; answers how many files. */
export async function heal(
  shelves: readonly Shelf[],
  context: Context,
  atOnce: boolean,
): Promise<number> {
  await forgetSuperseded(shelves, context);
  if (!context.protections.healing) return 0;
  const lasting = noteAbsences(shelves, context).filter(
    ({ absence }) => atOnce || isLasting(absence, context),
  );
  const rows = lasting.slice(0, mostFiles).map(({ row }) => row);
  let healed = 0;
  for (const [device, ofDevice] of Map.groupBy(rows, (row) => row.device)) {
    healed += await healDevice(device, ofDevice, context);
  }
  return healed;
}

/** Somebody else may have been quicker, so the names are looked at once more. */
async function healDevice(
  device: DeviceId,
  rows: readonly SegmentRow[],
  context: Context,
): Promise<number> {
  const loose = await lyingIn(context.folder, streamFolder("loose", device));
  const there = loose.union(await lyingIn(context.folder, streamFolder("pack", device)));
  let healed = 0;
  for (const row of rows) {
    const path = pathOfSegment(row);
    if (!there.has(path) && (await writeSegment(row, path, context))) healed += 1;
    context.memory.absences.delete(`${device}/${String(row.id)}`);
  }
  return healed;
}

/** Loose segments that their owner packed and removed need not be kept here either. */
async function forgetSuperseded(shelves: readonly Shelf[], context: Context): Promise<void> {
  const ids = shelves
    .flatMap(({ superseded }) => superseded)
    .filter(({ origin }) => origin === "received")
    .map(({ id }) => id);
  if (ids.length === 0) return;
  await context.databases.queue.run((db) => context.outbox.drop(db, ids));
}

/** What the heads in the folder say about what happened to it. */
export function headsAre(look: Look, context: Context): "well" | "gone" | "back" {
  const device = context.signer.device()?.id;
  const known = device === undefined ? undefined : peerHead(context.databases.read, device);
  if (device === undefined || known === undefined) return "well";
  const newest = Math.max(0, ...ownHeads(look.heads, device).map(({ n }) => n));
  if (newest >= known.n) return "well";
  return look.heads.length === 0 ? "gone" : "back";
}

/** This device's head is missing or an old one: it is written again after a while. */
export async function healHead(look: Look, context: Context): Promise<void> {
  const device = context.signer.device()?.id;
  const { memory } = context;
  if (device === undefined || !context.protections.healing) return;
  if (headsAre(look, context) === "well") {
    memory.headAbsence = undefined;
    return;
  }
  const absence = longer(memory.headAbsence, true, context);
  memory.headAbsence = absence;
  const last = isLasting(absence, context) ? lastWritten(device, context) : undefined;
  if (last === undefined) return;
  await writeHead(last, look.heads, context);
  memory.headAbsence = undefined;
}

/** LIBRARY.json is not there or damaged: it is put back as it was verified once. */
export async function healLibrary(
  folder: Folder,
  context: Context,
  atOnce: boolean,
): Promise<boolean> {
  const { memory, library, clock } = context;
  memory.rootAbsence = longer(memory.rootAbsence, false, context);
  const writer = context.signer.device()?.id;
  if (library.file === undefined || writer === undefined) return false;
  if (!context.protections.healing) return false;
  if (!atOnce && !isLasting(memory.rootAbsence, context)) return false;
  await placeFile(folder, libraryName, { bytes: library.file, writer });
  memory.rootAbsence = undefined;
  await context.databases.queue.run((db) =>
    noteEvent(db, { at: clock.now(), kind: "library_restored", amount: 1 }),
  );
  return true;
}

/**
 * Reads some of this device's own files again, a few in each full look: a disk or a carrier that
 * changes a byte of an old file is found out by nobody else who has read it already.
 */
export async function patrol(context: Context): Promise<void> {
  const { databases, outbox, memory, pace } = context;
  const device = context.signer.device()?.id;
  const own = outbox
    .streams(databases.read)
    .filter((stream) => stream.device === device)
    .flatMap((stream) => outbox.segmentsOf(databases.read, stream))
    .filter(({ published }) => published === "read_back");
  for (let count = 0; count < Math.min(pace.patrol, own.length); count += 1) {
    const row = own[memory.patrolAt % own.length];
    memory.patrolAt += 1;
    if (row === undefined || (await compare(row, context)) !== "different") continue;
    await databases.queue.run((db) => outbox.markMissing(db, row.id));
  }
}
