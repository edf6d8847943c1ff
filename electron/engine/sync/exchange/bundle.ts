/**
 * Bundles for newcomers: everybody's segments, as they were signed, in one file. Whoever makes one
 * is trusted with nothing, since every part is verified as its author's.
 */
import { encodeBase64Url } from "#shared/format/bytes.ts";
import { chainMark, joinAckLines, type AckLine } from "#shared/format/ack.ts";
import { joinParts, openBundle } from "#shared/format/bundle.ts";
import { limits } from "#shared/format/limits.ts";
import { formatName, parseName } from "#shared/format/names.ts";
import type { SegmentRow } from "../outbox.ts";
import { randomBelow } from "./acks.ts";
import type { Context } from "./context.ts";
import { commonHeader, isAuthentic, nameHash, signFrame } from "./frames.ts";
import type { Holdings } from "./holdings.ts";
import { placeFile } from "./place-file.ts";
import { isFault } from "./watched-folder.ts";

/** Newest first, by the day in the name. */
export function newestBundles(paths: readonly string[]): readonly string[] {
  return paths.toSorted((a, b) => (a < b ? 1 : -1));
}

/** Makes a bundle when the newest one holds too little; at a time of this device's own. */
export async function bundleIfDue(holdings: Holdings, context: Context): Promise<boolean> {
  const { memory, clock, pace, roster, databases, signer } = context;
  if (!(await isNeeded(context))) {
    memory.bundleDueAt = undefined;
    return false;
  }
  const device = signer.device()?.id;
  const steward = device !== undefined && roster.stewardDevices(databases.read).includes(device);
  const { spread } = pace.bundle;
  memory.bundleDueAt ??=
    clock.now() + (steward ? 0 : spread / 4) + randomBelow(spread / (steward ? 4 : 1), context);
  const ahead = memory.bundleDueAt - clock.now();
  // Further ahead than it was ever set: the clock was set back meanwhile.
  if (ahead > 0 && ahead <= 2 * spread) return false;
  memory.bundleDueAt = undefined;
  return makeBundle(holdings, context);
}

async function isNeeded(context: Context): Promise<boolean> {
  const { pace, memory } = context;
  const here = changesHere(context);
  if (here < pace.bundle.least) return false;
  const [newest] = newestBundles(memory.bundles);
  const covered = newest === undefined ? 0 : await changesIn(newest, context);
  const uncovered = here - covered;
  return uncovered > pace.bundle.changes || uncovered > here * pace.bundle.share;
}

function changesHere({ intake, databases }: Context): number {
  return intake.streamEnds(databases.read).reduce((sum, { sequence }) => sum + sequence, 0);
}

/** What the bundle's header says it holds; nothing when it is no bundle of this library. */
export async function changesIn(path: string, context: Context): Promise<number> {
  const known = context.memory.bundleChanges.get(path);
  if (known !== undefined) return known;
  const changes = await readChanges(path, context);
  context.memory.bundleChanges.set(path, changes);
  return changes;
}

async function readChanges(path: string, { folder, pace, library, cryptography }: Context) {
  try {
    const opened = openBundle(await folder.read(path, { at: 0, length: pace.peek }));
    if ("problem" in opened || !isAuthentic(opened, { library: library.id, cryptography }))
      return 0;
    return opened.fields.cover.changes;
  } catch (error) {
    if (isFault(error, "missing", "not_here", "busy", "denied", "broken")) return 0;
    throw error;
  }
}

/** Writes a bundle of all that is held, and removes this device's own oldest ones. */
export async function makeBundle(holdings: Holdings, context: Context): Promise<boolean> {
  const { databases, clock, memory, signer } = context;
  const device = signer.device()?.id;
  const forked = new Set(context.intake.forked(databases.read));
  const rows = holdings.devices().flatMap((one) => fewest(holdings.of(one), forked.has(one)));
  const bundle = bundleOf(rows, context);
  if (bundle === undefined || device === undefined) return false;
  const hash = nameHash(context.cryptography, bundle.bytes);
  const day = new Date(clock.now()).toISOString().slice(0, 10).replaceAll("-", "");
  const path = formatName({ kind: "bundle", day, device, hash });
  await placeFile(context.folder, path, { bytes: bundle.bytes, writer: device });
  memory.settled.add(path);
  memory.bundles = [...memory.bundles, path];
  memory.bundleChanges.set(path, bundle.changes);
  await removeOld(context);
  return true;
}

/** The segments in one file, as many as fit; undefined when there is none. */
export function bundleOf(
  rows: readonly SegmentRow[],
  context: Context,
): { readonly bytes: Uint8Array; readonly changes: number } | undefined {
  const { library, signer, databases, outbox, clock, cryptography } = context;
  const common = commonHeader(library.id, signer);
  const parts: Uint8Array[] = [];
  const lines: AckLine[] = [];
  let changes = 0;
  let room = limits.bundleFile - limits.firstRead;
  for (const row of rows) {
    const bytes = outbox.bytesOf(databases.read, row.id);
    if (bytes === undefined || bytes.length + 4 > room) continue;
    room -= bytes.length + 4;
    parts.push(bytes);
    changes += row.last - row.first + 1;
    const mark = chainMark(encodeBase64Url(row.end));
    lines.push([row.device, row.incarnation, row.last, mark]);
  }
  if (common === undefined || parts.length === 0) return undefined;
  const payload = joinParts(parts);
  const text = Buffer.from(joinAckLines(lines), "utf8");
  const header = {
    ...common,
    at: new Date(clock.now()).toISOString(),
    parts: parts.length,
    plen: payload.length,
    phash: encodeBase64Url(cryptography.hash(payload)),
    cover: {
      streams: new Set(lines.map(([device, incarnation]) => `${device}-${String(incarnation)}`))
        .size,
      changes,
      digest: encodeBase64Url(cryptography.hash(text)),
    },
  };
  return { bytes: signFrame("bundle", header, { signer, payload }), changes };
}

/** As few segments as hold everything: of those that begin within what is covered, the one that ends last. */
function fewest(rows: readonly SegmentRow[], forked: boolean): readonly SegmentRow[] {
  // Branches have the same numbers, and all of them are kept.
  if (forked) return rows;
  return [...Map.groupBy(rows, ({ incarnation }) => incarnation).values()].flatMap(fewestOfStream);
}

function fewestOfStream(rows: readonly SegmentRow[]): readonly SegmentRow[] {
  const chosen: SegmentRow[] = [];
  let end = 0;
  let best: SegmentRow | undefined;
  for (const row of rows.toSorted((a, b) => a.first - b.first)) {
    if (row.first > end + 1) {
      if (best !== undefined) chosen.push(best);
      end = Math.max(best?.last ?? 0, row.first - 1);
      best = undefined;
    }
    if (row.last > (best?.last ?? end)) best = row;
  }
  if (best !== undefined) chosen.push(best);
  return chosen;
}

/** Only who wrote a bundle removes it, and never one of the newest. */
async function removeOld(context: Context): Promise<void> {
  const { memory, pace, folder, signer } = context;
  const own = signer.device()?.id;
  const old = newestBundles(memory.bundles)
    .slice(pace.bundle.kept)
    .filter((path) => {
      const name = parseName(path);
      return name?.kind === "bundle" && name.device === own;
    });
  for (const path of old) await folder.remove(path);
  memory.bundles = memory.bundles.filter((path) => !old.includes(path));
}
