/**
 * Passes on what has not reached a peer: a copy of the same bytes under another name, for a file
 * that a sync client would not upload, or that only some copies of the folder ever got.
 */
import { formatName, streamFolder } from "#shared/format/names.ts";
import { statement } from "../../db/statement.ts";
import type { SegmentRow } from "../outbox.ts";
import { bundleOf } from "./bundle.ts";
import type { Context } from "./context.ts";
import { elapsed } from "./elapsed.ts";
import { nameHash } from "./frames.ts";
import type { Holdings } from "./holdings.ts";
import { lackPassedOn, lastingLacks } from "./lacks.ts";
import { placeFile } from "./place-file.ts";
import { writeSegment } from "./publish.ts";
import { lyingIn } from "./watched-folder.ts";

const keepRelay = statement<[path: string, at: number]>(
  "INSERT OR REPLACE INTO relay_file (path, at) VALUES (?, ?)",
);
const oldRelays = statement<[before: number], { readonly path: string }>(
  "SELECT path FROM relay_file WHERE at < ? LIMIT 200",
);
const dropRelay = statement<[path: string]>("DELETE FROM relay_file WHERE path = ?");

/** Writes the copies that are due, within the limits of an hour; answers how many. */
export async function relay(holdings: Holdings, context: Context): Promise<number> {
  if (!context.protections.acks) return 0;
  let written = 0;
  for (const lack of lastingLacks(context.databases.read, context)) {
    const rows = holdings
      .of(lack.device)
      .filter((row) => row.incarnation === lack.incarnation)
      .filter((row) => row.last > lack.held && row.first <= lack.until);
    const copied = await copy(rows, context);
    if (copied === undefined) return written;
    written += copied;
    await context.databases.queue.run((db) => lackPassedOn(db, lack));
  }
  return written;
}

/** Undefined when the hour's limit does not allow all of them. */
async function copy(rows: readonly SegmentRow[], context: Context): Promise<number | undefined> {
  let written = 0;
  for (const [device, ofDevice] of Map.groupBy(rows, (row) => row.device)) {
    const folder = streamFolder("relay", device);
    const there = await lyingIn(context.folder, folder);
    const again: SegmentRow[] = [];
    for (const row of ofDevice) {
      const { incarnation, first, last, hash } = row;
      const path = formatName({ kind: "relay", device, incarnation, first, last, hash });
      if (there.has(path)) {
        again.push(row);
        continue;
      }
      if (!allows(row.size, context)) return undefined;
      if (await writeSegment(row, path, context)) written += await noteRelay(path, context);
    }
    if (again.length === 0) continue;
    if (!allows(sizeOf(again), context)) return undefined;
    written += await copyUnderNewName(folder, again, context);
  }
  return written;
}

/**
 * The copies are here and have not arrived there: whatever spoilt them on their way sticks to their
 * names. A small bundle of them has bytes of its own, and so a name that was never used.
 */
async function copyUnderNewName(
  folder: string,
  rows: readonly SegmentRow[],
  context: Context,
): Promise<number> {
  const file = bundleOf(rows, context);
  const writer = context.signer.device()?.id;
  if (file === undefined || writer === undefined) return 0;
  const path = `${folder}/${nameHash(context.cryptography, file.bytes)}.gb`;
  await placeFile(context.folder, path, { bytes: file.bytes, writer });
  context.memory.settled.add(path);
  return noteRelay(path, context);
}

function sizeOf(rows: readonly SegmentRow[]): number {
  return rows.reduce((sum, { size }) => sum + size, 0);
}

async function noteRelay(path: string, { databases, clock }: Context): Promise<number> {
  await databases.queue.run((db) => keepRelay(db).run(path, clock.now()));
  return 1;
}

/** Copies have done their service after a while; each device removes those that it wrote. */
export async function removeOldRelays(context: Context): Promise<number> {
  const { databases, clock, pace, folder } = context;
  const old = oldRelays(databases.read).all(clock.now() - pace.relay.keep);
  for (const { path } of old) await folder.remove(path);
  if (old.length > 0) {
    await databases.queue.run((db) => {
      for (const { path } of old) dropRelay(db).run(path);
    });
  }
  return old.length;
}

function allows(bytes: number, { memory, pace, clock }: Context): boolean {
  const { relay } = pace;
  if (elapsed(memory.relayed.since, clock.now()) >= relay.per) {
    memory.relayed = { since: clock.now(), files: 0, bytes: 0 };
  }
  const { files, bytes: spent, since } = memory.relayed;
  if (files >= relay.files || spent + bytes > relay.bytes) return false;
  memory.relayed = { since, files: files + 1, bytes: spent + bytes };
  return true;
}
