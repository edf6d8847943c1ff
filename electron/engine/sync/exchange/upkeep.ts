/** What keeps the folder whole and small once news have come in and gone out. */
import { type Timestamp, timestampToMilliseconds } from "#shared/domain/clock.ts";
import type { DeviceId } from "#shared/domain/ids.ts";
import { folderNames, parseName } from "#shared/format/names.ts";
import { statement } from "../../db/statement.ts";
import { readAcks, writeAckIfDue } from "./acks.ts";
import { missAttachments, publishAttachments } from "./attachments-out.ts";
import { bundleIfDue } from "./bundle.ts";
import type { Context } from "./context.ts";
import { forgetAbsent } from "./folder-files.ts";
import { type FolderEventKind, noteEvent } from "./folder-events.ts";
import { readHeads } from "./heads.ts";
import { heal, headsAre, healHead, patrol } from "./heal.ts";
import type { Look } from "./look.ts";
import { missingHere } from "./missing.ts";
import { pack, removePacked } from "./pack.ts";
import { keepHead, peerHead, peerHeads } from "./peers.ts";
import { removeUnfinished } from "./place-file.ts";
import { relay, removeOldRelays } from "./relay.ts";
import { compareShelves } from "./shelves.ts";

/**
 * Reads what peers say of themselves, where that tells something that their files do not; answers
 * whether anything was read.
 */
export async function listen(
  look: Look,
  heard: ReadonlySet<DeviceId>,
  context: Context,
): Promise<boolean> {
  if (look.listed(folderNames.ack)) context.memory.acks = pathsIn(look, folderNames.ack);
  if (look.listed(folderNames.bundle)) context.memory.bundles = pathsIn(look, folderNames.bundle);
  const { silent, spoken } = newHeads(look, heard, context);
  const heads = await readHeads(silent, context);
  await noteSpoken(spoken, context);
  const acks = await readAcks(context);
  return heads || acks;
}

function pathsIn(look: Look, folder: string): readonly string[] {
  return look.files.map(({ path }) => path).filter((path) => path.startsWith(`${folder}/`));
}

type Spoken = { readonly device: DeviceId; readonly n: number };

/** A head whose device's changes came with this look has nothing more to say. */
function newHeads(look: Look, heard: ReadonlySet<DeviceId>, context: Context) {
  const { databases, signer, memory, pace } = context;
  const own = signer.device()?.id;
  const waiting = new Set(memory.missing.map(({ device }) => device));
  const silent: string[] = [];
  const spoken: Spoken[] = [];
  for (const name of look.changedHeads) {
    const parsed = parseName(`${folderNames.head}/${name}`);
    if (parsed?.kind !== "head" || parsed.device === own) continue;
    const known = peerHead(databases.read, parsed.device);
    if (known !== undefined && known.n >= parsed.n) continue;
    if (heard.has(parsed.device) && !waiting.has(parsed.device)) spoken.push(parsed);
    else silent.push(name);
  }
  if (look.full) silent.push(...namesWithoutVersion(look, context).slice(0, pace.leisureFiles));
  return { silent, spoken };
}

/** Heads that were never opened: their devices' versions are learnt a few at a time. */
function namesWithoutVersion(look: Look, { databases }: Context): readonly string[] {
  const unread = new Set(
    peerHeads(databases.read)
      .filter(({ version }) => version === "")
      .map(({ device }) => device),
  );
  const changed = new Set(look.changedHeads);
  return look.heads.filter((name) => {
    const parsed = parseName(`${folderNames.head}/${name}`);
    return parsed?.kind === "head" && unread.has(parsed.device) && !changed.has(name);
  });
}

const writtenAt = statement<
  [device: string, incarnation: number, sequence: number],
  { readonly at: Timestamp }
>("SELECT at FROM change_log WHERE device = ? AND incarnation = ? AND sequence = ?");

/** Remembers the heads' numbers with what came, so that they need not be opened after a new start. */
async function noteSpoken(spoken: readonly Spoken[], context: Context): Promise<void> {
  if (spoken.length === 0) return;
  const { databases, clock } = context;
  const ends = Map.groupBy(context.intake.streamEnds(databases.read), ({ device }) => device);
  await databases.queue.run((db) => {
    for (const { device, n } of spoken) {
      const end = ends.get(device)?.at(-1);
      if (end === undefined) continue;
      const version = peerHead(db, device)?.version ?? "";
      const place = { incarnation: end.incarnation, sequence: end.sequence, chain: "" };
      const written = writtenAt(db).get(device, end.incarnation, end.sequence)?.at;
      const seenAt = clock.now();
      // Its own clock's time, as far as that is known without opening the head.
      const ahead = written === undefined ? 0 : timestampToMilliseconds(written) - seenAt;
      keepHead(db, { device, n, ...place, version, at: seenAt + Math.max(0, ahead), seenAt });
    }
  });
}

/** Looks for what is known to exist elsewhere; answers how many changes that is. */
export function countMissing(context: Context): number {
  context.memory.missing = missingHere(context.databases.read, context);
  return context.memory.missing.reduce((sum, { changes }) => sum + changes, 0);
}

/** Puts back, passes on, acknowledges, packs and bundles, each where it is due. */
export async function keepUp(
  look: Look,
  context: Context,
  { atOnce, busy }: { readonly atOnce: boolean; readonly busy: boolean },
): Promise<void> {
  const { databases, memory } = context;
  const holdings = context.holdings(databases.read);
  await noteState(look, context);
  const shelves = compareShelves(look, holdings, context);
  const healed = await heal(shelves, context, atOnce);
  await healHead(look, context);
  await note(memory.emptied ? "emptied" : "healed", healed, context);
  if (healed > 0 && memory.absences.size === 0) memory.emptied = false;
  if (look.full) await keepUpFully(look, context);
  await note("relayed", await relay(holdings, context), context);
  await writeAckIfDue(context);
  if (busy) await pack(context);
  if (look.full) {
    await removePacked(context);
    await removeOldRelays(context);
  }
  if (busy || isPast(memory.bundleDueAt, context)) await bundleIfDue(holdings, context);
}

/** What takes a full look: files that are gone are missed, and rows of them forgotten. */
async function keepUpFully(look: Look, context: Context): Promise<void> {
  const { databases, memory } = context;
  await missAttachments(context);
  await publishAttachments(context);
  await patrol(context);
  await removeUnfinished(look.unfinished, context);
  const present = new Set(look.files.map(({ path }) => path));
  for (const path of memory.settled) if (!present.has(path)) memory.settled.delete(path);
  await databases.queue.run((db) => forgetAbsent(db, present));
}

function isPast(time: number | undefined, { clock }: Context): boolean {
  return time !== undefined && clock.now() >= time;
}

/**
 * What happened to the folder as a whole, seen by the heads. A listing that is a little old shows an
 * older head too, so one that was written just now says nothing.
 */
async function noteState(look: Look, context: Context): Promise<void> {
  const { memory, signer, databases, clock, pace } = context;
  const state = headsAre(look, context);
  if (state === "gone") memory.emptied = true;
  const device = signer.device()?.id;
  const written = device && peerHead(databases.read, device)?.seenAt;
  const isOld = written !== undefined && clock.now() - written >= pace.heal.after;
  const wentBack = state === "back" && (isOld || memory.wentBack);
  if (wentBack && !memory.wentBack) await note("rolled_back", 1, context);
  memory.wentBack = wentBack;
}

async function note(kind: FolderEventKind, amount: number, context: Context): Promise<void> {
  if (amount === 0) return;
  const at = context.clock.now();
  await context.databases.queue.run((db) => noteEvent(db, { at, kind, amount }));
}
