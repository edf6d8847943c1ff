/**
 * Owner packs: a device joins its own small files into big ones, and removes the small ones once
 * the pack was read again, enough time has passed and everybody who is around has the changes.
 * Nobody else ever removes them.
 */
import type { AckLine } from "#shared/format/ack.ts";
import type { SegmentRow } from "../outbox.ts";
import type { Context } from "./context.ts";
import { peerAcks, peerHeads } from "./peers.ts";
import { compare, pathOfSegment } from "./publish.ts";

/** Signs packs where there is enough to pack; `publish` writes them. Answers how many. */
export async function pack(context: Context): Promise<number> {
  let packs = 0;
  for (const run of packable(context)) {
    const made = await context.databases.queue.run((db) =>
      context.outbox.replaceByPack(
        db,
        run.map(({ id }) => id),
      ),
    );
    packs += made.length;
  }
  return packs;
}

/** Neighbouring own segments that are worth joining: small files, or many packs of one level. */
function packable(context: Context): readonly (readonly SegmentRow[])[] {
  const { pace } = context;
  const runs: (readonly SegmentRow[])[] = [];
  for (const rows of ownStreams(context)) {
    const standing = rows.filter((row) => row.published === "read_back" && !isInside(row, rows));
    for (const [level, most] of pace.pack.levels.entries()) {
      const least = pace.pack.levels[level - 1] ?? 0;
      const small = standing.filter((row) => {
        const changes = row.last - row.first + 1;
        return level === 0 ? row.kind === "loose" : changes >= least / 2 && changes < most / 2;
      });
      const run = neighbours(small);
      if (level === 0 ? isEnough(run, context) : run.length >= most / least) {
        runs.push(run);
        break;
      }
    }
  }
  return runs;
}

function isEnough(run: readonly SegmentRow[], { pace }: Context): boolean {
  if (run.length < 2) return false;
  const bytes = run.reduce((sum, { size }) => sum + size, 0);
  return run.length >= pace.pack.files || bytes >= pace.pack.bytes;
}

/** The longest run of segments of which each begins where the one before ends. */
function neighbours(rows: readonly SegmentRow[]): readonly SegmentRow[] {
  let best: readonly SegmentRow[] = [];
  let run: SegmentRow[] = [];
  for (const row of rows) {
    const before = run.at(-1);
    const follows = before === undefined || row.first === before.last + 1;
    run = follows ? [...run, row] : [row];
    if (run.length > best.length) best = run;
  }
  return best;
}

/** Whether a longer own segment holds the same changes. */
function isInside(row: SegmentRow, rows: readonly SegmentRow[]): boolean {
  return around(row, rows) !== undefined;
}

function around(row: SegmentRow, rows: readonly SegmentRow[]): SegmentRow | undefined {
  return rows.find(
    (other) =>
      other.first <= row.first &&
      other.last >= row.last &&
      other.last - other.first > row.last - row.first,
  );
}

function ownStreams({
  databases,
  outbox,
  signer,
  intake,
}: Context): readonly (readonly SegmentRow[])[] {
  const device = signer.device()?.id;
  if (device === undefined || intake.forked(databases.read).includes(device)) return [];
  return outbox
    .streams(databases.read)
    .filter((stream) => stream.device === device)
    .map((stream) => outbox.segmentsOf(databases.read, stream));
}

/** Removes own files that a pack holds, where all conditions are met; answers how many. */
export async function removePacked(context: Context): Promise<number> {
  const { databases, outbox, folder } = context;
  const gone: number[] = [];
  for (const rows of ownStreams(context)) {
    const packed = rows.flatMap((row) => {
      const big = around(row, rows);
      return big !== undefined && isSettled(big, context) ? [{ row, big }] : [];
    });
    const everybody = packed.length === 0 ? [] : whoIsAround(context);
    const verified = new Map<number, boolean>();
    for (const { row, big } of packed) {
      if (!everybody.every((lines) => lines.some((line) => reaches(line, row)))) continue;
      const whole = verified.get(big.id) ?? (await compare(big, context)) === "whole";
      verified.set(big.id, whole);
      if (!whole) continue;
      await folder.remove(pathOfSegment(row));
      gone.push(row.id);
    }
  }
  if (gone.length > 0) await databases.queue.run((db) => outbox.drop(db, gone));
  return gone.length;
}

/** The pack was read again, and has been in the folder for long enough. */
function isSettled(big: SegmentRow, { pace, clock }: Context): boolean {
  return big.published === "read_back" && clock.now() - big.at >= pace.pack.keep;
}

/** What the other devices that were heard of lately acknowledged last; nothing for one that never did. */
function whoIsAround(context: Context): readonly (readonly AckLine[])[] {
  const { pace, clock, databases, roster, signer } = context;
  const since = clock.now() - pace.pack.active;
  const acks = new Map(peerAcks(databases.read).map((ack) => [ack.device, ack]));
  const heads = peerHeads(databases.read).filter(({ seenAt }) => seenAt >= since);
  const heard = new Set(heads.map(({ device }) => device));
  return roster
    .activeDevices(databases.read)
    .filter((device) => device !== signer.device()?.id)
    .filter((device) => heard.has(device) || (acks.get(device)?.seenAt ?? 0) >= since)
    .map((device) => acks.get(device)?.lines ?? []);
}

function reaches([device, incarnation, sequence]: AckLine, row: SegmentRow): boolean {
  return device === row.device && incarnation === row.incarnation && sequence >= row.last;
}
