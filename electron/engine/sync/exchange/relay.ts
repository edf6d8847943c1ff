/**
 * Passes on what has not reached a peer: a copy of the same bytes under another name, for a file
 * that a sync client would not upload, or that only some copies of the folder ever got.
 */
import { formatName, streamFolder } from "#shared/format/names.ts";
import type { SegmentRow } from "../outbox.ts";
import type { Context } from "./context.ts";
import type { Holdings } from "./holdings.ts";
import { lackPassedOn, lastingLacks } from "./lacks.ts";
import { writeSegment } from "./publish.ts";
import { orMissing } from "./watched-folder.ts";

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
    const entries = (await orMissing(context.folder.list(folder))) ?? [];
    const there = new Set(entries.map(({ name }) => `${folder}/${name}`));
    for (const row of ofDevice) {
      const { incarnation, first, last, hash } = row;
      const path = formatName({ kind: "relay", device, incarnation, first, last, hash });
      if (there.has(path)) continue;
      if (!allows(row.size, context)) return undefined;
      if (await writeSegment(row, path, context)) written += 1;
    }
  }
  return written;
}

function allows(bytes: number, { memory, pace, clock }: Context): boolean {
  const { relay } = pace;
  if (clock.now() - memory.relayed.since >= relay.per) {
    memory.relayed = { since: clock.now(), files: 0, bytes: 0 };
  }
  const { files, bytes: spent, since } = memory.relayed;
  if (files >= relay.files || spent + bytes > relay.bytes) return false;
  memory.relayed = { since, files: files + 1, bytes: spent + bytes };
  return true;
}
