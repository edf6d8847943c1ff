/** Own heads written, others' heads read: the latter only when the folder does not show what they promise. */
import type { DeviceId } from "#shared/domain/ids.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import { openHead } from "#shared/format/head.ts";
import { folderNames, formatName, parseName } from "#shared/format/names.ts";
import type { SegmentRow } from "../outbox.ts";
import type { Context } from "./context.ts";
import { commonHeader, isAuthentic, nameHash, signFrame } from "./frames.ts";
import { keepHead, type PeerHead, peerHead } from "./peers.ts";
import { placeFile } from "./place-file.ts";
import { pooled } from "./read-pool.ts";
import { isFault } from "./watched-folder.ts";

/** Writes a head that says where the stream ends in the folder, and removes this device's older ones. */
export async function writeHead(
  last: Pick<SegmentRow, "incarnation" | "last" | "end">,
  listed: readonly string[],
  context: Context,
): Promise<void> {
  const { library, signer, clock, version, databases } = context;
  const common = commonHeader(library.id, signer);
  if (common === undefined) return;
  const own = ownHeads(listed, common.dev);
  const before = peerHead(databases.read, common.dev);
  const n = Math.max(before?.n ?? 0, ...own.map((head) => head.n)) + 1;
  const now = clock.now();
  const header = {
    ...common,
    n,
    inc: last.incarnation,
    seq: last.last,
    chain: encodeBase64Url(last.end),
    app: version,
    at: new Date(now).toISOString(),
  };
  const bytes = signFrame("head", header, { signer });
  const hash = nameHash(context.cryptography, bytes);
  const path = formatName({ kind: "head", device: common.dev, n, hash });
  await placeFile(context.folder, path, { bytes, writer: common.dev });
  for (const head of own) await context.folder.remove(`${folderNames.head}/${head.name}`);
  const { inc: incarnation, seq: sequence, chain } = header;
  await context.databases.queue.run((db) =>
    keepHead(db, {
      device: common.dev,
      n,
      incarnation,
      sequence,
      chain,
      version,
      at: now,
      seenAt: now,
    }),
  );
}

/** This device's heads among the listed names. */
export function ownHeads(
  listed: readonly string[],
  device: DeviceId,
): readonly { readonly name: string; readonly n: number }[] {
  return listed.flatMap((name) => {
    if (!name.startsWith(device)) return [];
    const parsed = parseName(`${folderNames.head}/${name}`);
    return parsed?.kind === "head" && parsed.device === device ? [{ name, n: parsed.n }] : [];
  });
}

/** Reads these heads and keeps those that are newer than what is known; answers whether any is. */
export async function readHeads(names: readonly string[], context: Context): Promise<boolean> {
  const read = await pooled(names, context.pace.readers, (name) => readHead(name, context));
  const fresh = read.flatMap((head) => {
    if (head === undefined) return [];
    const known = peerHead(context.databases.read, head.device);
    return known === undefined || known.n < head.n || known.version === "" ? [head] : [];
  });
  if (fresh.length === 0) return false;
  await context.databases.queue.run((db) => {
    for (const head of fresh) keepHead(db, head);
  });
  return true;
}

async function readHead(name: string, context: Context): Promise<PeerHead | undefined> {
  const { folder, clock, pace, library, cryptography } = context;
  try {
    const path = `${folderNames.head}/${name}`;
    const opened = openHead(await folder.read(path, { at: 0, length: pace.peek }));
    if ("problem" in opened) return undefined;
    if (!isAuthentic(opened, { cryptography, library: library.id })) return undefined;
    const { dev: device, n, inc, seq, chain, app: version, at } = opened.fields;
    const place = { incarnation: inc, sequence: seq, chain };
    return { device, n, ...place, version, at: Date.parse(at), seenAt: clock.now() };
  } catch (error) {
    // A head is a hint; one that cannot be read is missed by nobody.
    if (isFault(error, "missing", "not_here", "busy", "denied", "broken")) return undefined;
    throw error;
  }
}
