/**
 * Brings this device's changes into the folder: segments first, each read again in the next cycle,
 * then the head. Whatever fails is still in the outbox and goes out with a later cycle.
 */
import type { DeviceId } from "#shared/domain/ids.ts";
import { formatName } from "#shared/format/names.ts";
import type { SegmentRow } from "../outbox.ts";
import type { Context } from "./context.ts";
import { writeHead } from "./heads.ts";
import { placeFile } from "./place-file.ts";
import { pooled } from "./read-pool.ts";
import { isFault } from "./watched-folder.ts";

/** Where the segment lies in the folder. */
export function pathOfSegment(segment: SegmentRow): string {
  const { kind, device, incarnation, first, last, hash } = segment;
  return formatName({ kind, device, incarnation, first, last, hash });
}

/** Writes what waits; answers how many changes went out. Fails as the folder does. */
export async function publish(heads: readonly string[], context: Context): Promise<number> {
  const { databases, outbox } = context;
  const device = context.signer.device()?.id;
  if (device === undefined) return 0;
  if (outbox.waiting(databases.read) > 0) {
    await databases.queue.run((db) => outbox.build(db));
  }
  const pending = outbox.unpublished(databases.read);
  let sent = 0;
  let changed = false;
  for (const segment of pending.filter(({ published }) => published === "none")) {
    if (!(await writeSegment(segment, pathOfSegment(segment), context))) continue;
    await databases.queue.run((db) => outbox.markPublished(db, segment.id));
    if (segment.kind === "loose") sent += segment.last - segment.first + 1;
    context.memory.shelves.delete(segment.device);
    changed = true;
  }
  if (changed) {
    const last = lastWritten(device, context);
    if (last !== undefined) await writeHead(last, heads, context);
  }
  return sent;
}

/** Writes a held segment at the path; false when its bytes are not here. */
export async function writeSegment(
  segment: SegmentRow,
  path: string,
  context: Context,
): Promise<boolean> {
  const writer = context.signer.device()?.id ?? segment.device;
  const bytes = context.outbox.bytesOf(context.databases.read, segment.id);
  if (bytes === undefined) return false;
  await placeFile(context.folder, path, { bytes, writer });
  // The quick half of the check; the other one reads the file again in the next cycle.
  const { size } = await context.folder.stat(path);
  return size === bytes.length;
}

/** Where this device's newest stream ends in the folder. */
export function lastWritten(device: DeviceId, context: Context): SegmentRow | undefined {
  const { databases, outbox } = context;
  const { read } = databases;
  const rows = outbox
    .streams(read)
    .filter((stream) => stream.device === device)
    .flatMap((stream) => outbox.segmentsOf(read, stream))
    .filter(({ origin, published }) => origin === "received" || published !== "none");
  return rows.reduce<SegmentRow | undefined>(
    (best, row) => (best === undefined || isLater(row, best) ? row : best),
    undefined,
  );
}

function isLater(row: SegmentRow, best: SegmentRow): boolean {
  if (row.incarnation === best.incarnation) return row.last >= best.last;
  return row.at >= best.at;
}

/**
 * Reads again what was written in an earlier cycle: a share that says "written" and loses the file is
 * found out here, and the file goes out once more.
 */
export async function readBack(context: Context): Promise<void> {
  const { databases, outbox } = context;
  const written = outbox
    .unpublished(databases.read)
    .filter(({ published }) => published === "written");
  const checked = await pooled(written, context.pace.readers, async (segment) => {
    return { segment, state: await compare(segment, context) };
  });
  const decided = checked.filter(({ state }) => state !== "unsure");
  if (decided.length === 0) return;
  await databases.queue.run((db) => {
    for (const { segment, state } of decided) {
      if (state === "whole") outbox.markReadBack(db, segment.id);
      else outbox.markMissing(db, segment.id);
    }
  });
}

/** Whether the file in the folder is the segment to the last byte. */
export async function compare(
  segment: SegmentRow,
  context: Context,
): Promise<"whole" | "different" | "unsure"> {
  const bytes = context.outbox.bytesOf(context.databases.read, segment.id);
  if (bytes === undefined) return "unsure";
  try {
    const part = { at: 0, length: bytes.length + 1 };
    const there = await context.folder.read(pathOfSegment(segment), part);
    return Buffer.compare(there, bytes) === 0 ? "whole" : "different";
  } catch (error) {
    if (isFault(error, "missing")) return "different";
    if (isFault(error, "not_here", "busy", "denied", "broken")) return "unsure";
    throw error;
  }
}
