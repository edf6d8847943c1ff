/**
 * Acknowledgements: this device says what it holds, and reads what others say. A hole that no look
 * at the own copy of the folder can find (an upload that a sync client refused) is found this way.
 */
import type { DeviceId } from "#shared/domain/ids.ts";
import {
  type AckLine,
  chainMark,
  checkAckLength,
  joinAckLines,
  openAck,
  readAckLines,
} from "#shared/format/ack.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import { limits } from "#shared/format/limits.ts";
import { formatName, parseName } from "#shared/format/names.ts";
import { ackPause } from "../pace.ts";
import type { Context } from "./context.ts";
import { elapsed } from "./elapsed.ts";
import {
  commonHeader,
  deflate,
  fitsHash,
  inflate,
  isAuthentic,
  nameHash,
  signFrame,
} from "./frames.ts";
import { noteLacks } from "./lacks.ts";
import { ackCounts, ackedAt, keepAck, type PeerAck, peerAck } from "./peers.ts";
import { placeFile } from "./place-file.ts";
import { pooled } from "./read-pool.ts";
import { isFault } from "./watched-folder.ts";

type Numbered = { readonly path: string; readonly device: DeviceId; readonly n: number };

/** Writes an acknowledgement when one is due; answers whether it did. */
export async function writeAckIfDue(context: Context): Promise<boolean> {
  const { library, signer, databases, clock } = context;
  const common = commonHeader(library.id, signer);
  if (common === undefined || !context.protections.acks) return false;
  if (!isTime(ackedAt(databases.read, common.dev), context)) return false;
  const before = peerAck(databases.read, common.dev);
  const lines = linesHere(context);
  if (lines.length === 0) return false;
  if (before !== undefined && !isWorth(before, lines, context)) {
    context.memory.ackCheckedAt = clock.now();
    return false;
  }
  const listed = numbered(context.memory.acks).filter(({ device }) => device === common.dev);
  const n = Math.max(before?.n ?? 0, ...listed.map((ack) => ack.n)) + 1;
  const now = clock.now();
  const payload = deflate(joinAckLines(lines));
  const phash = encodeBase64Url(context.cryptography.hash(payload));
  const header = { ...common, n, at: new Date(now).toISOString(), plen: payload.length, phash };
  const bytes = signFrame("ack", header, { signer, payload });
  const hash = nameHash(context.cryptography, bytes);
  const path = formatName({ kind: "ack", device: common.dev, n, hash });
  await placeFile(context.folder, path, { bytes, writer: common.dev });
  for (const old of listed) await context.folder.remove(old.path);
  context.memory.acks = [...context.memory.acks.filter((one) => !isOld(one)), path];
  await databases.queue.run((db) => {
    keepAck(db, { device: common.dev, n, at: now, seenAt: now, lines });
  });
  return true;

  function isOld(path: string): boolean {
    return listed.some((old) => old.path === path);
  }
}

function linesHere({ intake, databases }: Context): readonly AckLine[] {
  return intake
    .streamEnds(databases.read)
    .filter(({ sequence }) => sequence > 0)
    .map(({ device, incarnation, sequence, chain }) => [
      ...([device, incarnation, sequence] as const),
      chainMark(encodeBase64Url(chain)),
    ]);
}

/**
 * After changes, by the size of the library; soon when something is known to be missing here, since
 * others pass it on only after several acknowledgements that lack it; at long last in any case, so
 * that the others know who is still there.
 */
function isTime(last: number | undefined, context: Context): boolean {
  if (last === undefined) return true;
  const { pace, databases, clock, roster, memory } = context;
  const passed = clock.now() - last;
  // A clock that was set back would otherwise keep this device silent for as long.
  if (passed < 0) return true;
  if (passed < pace.ack.least) return false;
  if (passed >= pace.ack.most || memory.missing.length > 0) return true;
  if (elapsed(memory.ackCheckedAt, clock.now()) < pace.ack.least) return false;
  return passed >= ackPause(pace, roster.activeDevices(databases.read).length);
}

function isWorth(before: PeerAck, lines: readonly AckLine[], context: Context): boolean {
  const { pace, clock, memory } = context;
  const passed = clock.now() - before.at;
  if (passed < 0 || passed >= pace.ack.most || memory.missing.length > 0) return true;
  return joinAckLines(before.lines) !== joinAckLines(lines);
}

/** Reads the new acknowledgements among the listed ones: all in a small library, a sample in a big one; answers whether there were any. */
export async function readAcks(context: Context): Promise<boolean> {
  if (!context.protections.acks) return false;
  const counts = ackCounts(context.databases.read);
  const own = context.signer.device()?.id;
  const newest = new Map<DeviceId, Numbered>();
  for (const ack of numbered(context.memory.acks)) {
    if (ack.device === own || ack.n <= (counts.get(ack.device) ?? 0)) continue;
    if (ack.n > (newest.get(ack.device)?.n ?? 0)) newest.set(ack.device, ack);
  }
  const chosen = choose([...newest.values()], context);
  const read = await pooled(chosen, context.pace.readers, (ack) => readAck(ack, context));
  const acks = read.filter((ack) => ack !== undefined);
  if (acks.length === 0) return false;
  await context.databases.queue.run((db) => {
    for (const ack of acks) {
      keepAck(db, ack);
      noteLacks(db, ack, context);
    }
  });
  return true;
}

/** Above `many` devices: the stewards' and, once an hour, those of some others by chance. */
function choose(acks: readonly Numbered[], context: Context): readonly Numbered[] {
  const { pace, memory, clock, roster, databases } = context;
  if (new Set(numbered(memory.acks).map(({ device }) => device)).size <= pace.ack.many) return acks;
  const stewards = new Set(roster.stewardDevices(databases.read));
  const always = acks.filter(({ device }) => stewards.has(device));
  if (elapsed(memory.ackSampledAt, clock.now()) < pace.ack.sampleEvery) return always;
  memory.ackSampledAt = clock.now();
  const rest = acks.filter(({ device }) => !stewards.has(device));
  const sample: Numbered[] = [];
  while (sample.length < pace.ack.sample && rest.length > 0) {
    const [one] = rest.splice(randomBelow(rest.length, context), 1);
    if (one !== undefined) sample.push(one);
  }
  return [...always, ...sample];
}

/** A number from 0 on, below the limit. */
export function randomBelow(limit: number, { clock }: Pick<Context, "clock">): number {
  const bytes = clock.randomBytes(4);
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) % Math.max(1, limit);
}

async function readAck({ path }: Numbered, context: Context): Promise<PeerAck | undefined> {
  const { folder, clock, library, cryptography } = context;
  try {
    const opened = openAck(await folder.read(path, { at: 0, length: limits.ackFile }));
    if ("problem" in opened || checkAckLength(opened) !== undefined) return undefined;
    const { dev: device, n, at, phash } = opened.fields;
    if (!isAuthentic(opened, { cryptography, library: library.id })) return undefined;
    if (!fitsHash(cryptography, opened.payload, phash)) return undefined;
    const text = inflate(opened.payload, limits.ackText);
    const lines = text && readAckLines(text);
    if (lines === undefined || "problem" in lines) return undefined;
    return { device, n, at: Date.parse(at), seenAt: clock.now(), lines };
  } catch (error) {
    // Another one follows; what cannot be read now is missed by nobody.
    if (isFault(error, "missing", "not_here", "busy", "denied", "broken")) return undefined;
    throw error;
  }
}

function numbered(paths: readonly string[]): readonly Numbered[] {
  return paths.flatMap((path) => {
    const name = parseName(path);
    return name?.kind === "ack" ? [{ path, device: name.device, n: name.n }] : [];
  });
}
