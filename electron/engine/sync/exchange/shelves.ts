/**
 * Compares what lies in the folders of a device with what is held here of it. What is held and does
 * not lie there is remembered; nothing is done about it before it was missing for a while.
 */
import { type DeviceId, deviceIdSchema } from "#shared/domain/ids.ts";
import { parseName } from "#shared/format/names.ts";
import type { SegmentRow } from "../outbox.ts";
import { randomBelow } from "./acks.ts";
import { isSegment } from "./candidates.ts";
import type { Absence, Context } from "./context.ts";
import { elapsed } from "./elapsed.ts";
import { folderFile } from "./folder-files.ts";
import type { Holdings } from "./holdings.ts";
import type { FoundFile, Look } from "./look.ts";
import { isCovered, joinRanges, type Range } from "./ranges.ts";

export type Shelf = {
  readonly device: DeviceId;
  /** Held, meant to be in the folder, and not there. */
  readonly missing: readonly SegmentRow[];
  /** Not there either, and others that lie there hold the same changes: their owner packed them. */
  readonly superseded: readonly SegmentRow[];
};

/** The shelves of the look that are not as they were when they were compared last. */
export function compareShelves(look: Look, holdings: Holdings, context: Context): readonly Shelf[] {
  const listed = Map.groupBy(look.files, ({ path }) => deviceOf(path));
  const forked = new Set(context.intake.forked(context.databases.read));
  return [...look.complete].flatMap((device) => {
    const files = listed.get(device) ?? [];
    const digest = digestOf(files);
    if (!look.full && context.memory.shelves.get(device) === digest) return [];
    const shelf = compareShelf(device, files, { holdings, context, forked: forked.has(device) });
    // Compared again with every look as long as something is missing.
    if (shelf.missing.length === 0) context.memory.shelves.set(device, digest);
    else context.memory.shelves.delete(device);
    return [shelf];
  });
}

function compareShelf(
  device: DeviceId,
  files: readonly FoundFile[],
  {
    holdings,
    context,
    forked,
  }: { readonly holdings: Holdings; readonly context: Context; readonly forked: boolean },
): Shelf {
  const { hashes, ranges } = lyingThere(files, context);
  const missing: SegmentRow[] = [];
  const superseded: SegmentRow[] = [];
  for (const row of holdings.of(device)) {
    const absent = row.published !== "none" || row.origin === "received";
    if (hashes.has(row.hash) || !absent) continue;
    // The branches of a fork have the same numbers, so there only the very file counts.
    const joined = forked ? [] : joinRanges(ranges.get(row.incarnation) ?? []);
    if (isCovered(row, joined)) superseded.push(row);
    else missing.push(row);
  }
  return { device, missing, superseded };
}

/** The segments that the files are, by their hashes and ranges, as far as they have been read. */
function lyingThere(files: readonly FoundFile[], context: Context) {
  const hashes = new Set<string>();
  const ranges = new Map<number, Range[]>();
  for (const { path } of files) {
    const name = parseName(path);
    const row = folderFile(context.databases.read, path);
    if (row !== undefined && row.outcome !== "read") continue;
    const hash = row?.hash ?? undefined;
    if (hash !== undefined) hashes.add(hash);
    if (name === undefined || !isSegment(name)) continue;
    if (hash !== undefined && hash !== name.hash) continue;
    if (row === undefined && !context.memory.settled.has(path)) continue;
    hashes.add(name.hash);
    const known = ranges.get(name.incarnation) ?? [];
    known.push(name);
    ranges.set(name.incarnation, known);
  }
  return { hashes, ranges };
}

/** How long each missing thing has been missing; what is there again is forgotten. */
export function noteAbsences(
  shelves: readonly Shelf[],
  context: Context,
): readonly { readonly row: SegmentRow; readonly absence: Absence }[] {
  const { absences } = context.memory;
  const compared = new Set(shelves.map(({ device }) => device));
  const before = new Map(absences);
  for (const key of absences.keys()) {
    if (compared.has(deviceOfKey(key))) absences.delete(key);
  }
  return shelves.flatMap(({ missing }) =>
    missing.map((row) => {
      const key = `${row.device}/${String(row.id)}`;
      const absence = longer(before.get(key), row.origin === "own", context);
      absences.set(key, absence);
      return { row, absence };
    }),
  );
}

/** One more look without it. The owner acts at once when the time has come, others at their own time. */
export function longer(before: Absence | undefined, own: boolean, context: Context): Absence {
  if (before !== undefined) return { ...before, sweeps: before.sweeps + 1 };
  const delay = own ? 0 : randomBelow(context.pace.heal.spread + 1, context);
  return { since: context.clock.now(), sweeps: 1, delay };
}

/** Whether it has been missing often and long enough. */
export function isLasting(absence: Absence, { pace, clock }: Context): boolean {
  const { sweeps, after } = pace.heal;
  return absence.sweeps >= sweeps && elapsed(absence.since, clock.now()) >= after + absence.delay;
}

/** Neither a name nor an order: only whether anything changed. */
function digestOf(files: readonly FoundFile[]): string {
  let sum = 0;
  for (const { path } of files) {
    let mixed = 0x811c9dc5;
    for (let index = 0; index < path.length; index += 1) {
      mixed = Math.imul(mixed ^ path.charCodeAt(index), 0x01000193);
    }
    sum = (sum + (mixed >>> 0)) % Number.MAX_SAFE_INTEGER;
  }
  return `${String(files.length)}.${String(sum)}`;
}

/** The device in whose folder a file lies; what lies elsewhere is no help to whoever looks there. */
function deviceOf(path: string): string {
  return path.split("/")[2] ?? "";
}

function deviceOfKey(key: string): DeviceId {
  return deviceIdSchema.parse(key.slice(0, key.indexOf("/")));
}
