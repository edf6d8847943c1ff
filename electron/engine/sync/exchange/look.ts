/**
 * Goes through the shared folder by names alone. A look lists the heads, the folders of the devices
 * whose heads changed, and one part of all the others in turn; a full look lists everything there is,
 * down to a depth. It opens nothing: what the names mean is decided elsewhere.
 */
import type { DeviceId } from "#shared/domain/ids.ts";
import { deviceIdSchema } from "#shared/domain/ids.ts";
import { folderNames, isSetApart, libraryName, streamFolder } from "#shared/format/names.ts";
import type { Folder, FolderEntry } from "../folder.ts";
import type { Pace } from "../pace.ts";
import { pooled } from "./read-pool.ts";
import { isFault, orMissing } from "./watched-folder.ts";

/** A file by its path; size and time where the listing told them. */
export type FoundFile = {
  readonly path: string;
  readonly size: number | null;
  readonly modified: number | null;
};

export type Look = {
  readonly full: boolean;
  /** Every file in the folders that were listed; the heads only in a full look. */
  readonly files: readonly FoundFile[];
  /** Devices of which all folders were listed, so that what is not among the files is not there. */
  readonly complete: ReadonlySet<DeviceId>;
  /** The names in the folder of heads, always all of them, and those that the last look did not see. */
  readonly heads: readonly string[];
  readonly changedHeads: readonly string[];
  /** Whether all names of this folder of the library are among the files. */
  readonly listed: (folder: string) => boolean;
  /** Temporary files, in a full look: somebody is writing them, or was interrupted. */
  readonly unfinished: readonly string[];
};

/** What is remembered between looks, in memory: a new start begins with a full look. */
export type LookMemory = {
  heads: ReadonlySet<string>;
  devices: Set<DeviceId>;
  /** The devices in their order, once there were more of them. */
  order: readonly DeviceId[];
  part: number;
  fullAt: number | undefined;
};

/** The memory of a device that has never looked. */
export function freshLookMemory(): LookMemory {
  return { heads: new Set(), devices: new Set(), order: [], part: 0, fullAt: undefined };
}

type Dependencies = {
  readonly folder: Folder;
  readonly pace: Pace;
  readonly memory: LookMemory;
  /** Devices whose folders are looked at in any case: in a full look all that are known. */
  readonly devices: readonly DeviceId[];
};

/** Looks once. Fails as the folder does when the heads cannot be listed for another reason than `missing`. */
export async function look(full: boolean, deps: Dependencies): Promise<Look> {
  const { memory } = deps;
  for (const device of deps.devices) memory.devices.add(device);
  const heads = namesOf((await orMissing(deps.folder.list(folderNames.head))) ?? []);
  const changed = heads.filter((name) => !memory.heads.has(name));
  const seen = full ? await everything(deps) : await aPart(changed, deps);
  for (const device of seen.complete) memory.devices.add(device);
  memory.heads = new Set(heads);
  return {
    full,
    files: seen.files,
    complete: seen.complete,
    heads,
    changedHeads: changed,
    listed: seen.listed,
    unfinished: seen.unfinished,
  };
}

/** After a failure: the next look takes every head for changed. */
export function forgetHeads(memory: LookMemory): void {
  memory.heads = new Set();
}

type Seen = Pick<Look, "files" | "complete" | "listed" | "unfinished">;

async function aPart(changed: readonly string[], deps: Dependencies): Promise<Seen> {
  const { memory, pace, folder } = deps;
  const devices = new Set([...deps.devices, ...changed.flatMap(deviceInHead), ...inTurn(deps)]);
  const asides = [folderNames.ack, folderNames.bundle];
  const aside = asides[memory.part % asides.length] ?? folderNames.ack;
  memory.part += 1;
  const list = (paths: readonly string[]) =>
    pooled(paths, pace.readers, (path) => listOrSkip(path, folder));
  const loose = [...devices].map((device) => streamFolder("loose", device));
  const above = [folderNames.join, aside, folderNames.pack, folderNames.relay];
  const first = await list([...above, ...loose]);
  // Most devices have neither packs nor relays: one listing says it of all of them.
  const further = [...devices].flatMap((device) => [
    streamFolder("pack", device),
    streamFolder("relay", device),
  ]);
  const listings = [...first, ...(await list(further.filter(mayBeIn(first))))];
  return {
    files: listings.flatMap(({ path, entries }) => filesIn(path, entries)),
    complete: withoutSkipped(devices, listings),
    listed: (name) => listings.some(({ path, skipped }) => path === name && !skipped),
    unfinished: [],
  };
}

/** One part of all devices; the next look takes the next one. */
function inTurn({ memory, pace }: Dependencies): readonly DeviceId[] {
  if (memory.order.length !== memory.devices.size) memory.order = [...memory.devices].toSorted();
  const parts = Math.min(pace.sweepParts, memory.order.length);
  const mine: DeviceId[] = [];
  for (let index = memory.part % parts; index < memory.order.length; index += parts) {
    const device = memory.order[index];
    if (device !== undefined) mine.push(device);
  }
  return mine;
}

/** Whether the folder of a device may be there, by the listings of the ones that it would be in. */
function mayBeIn(listings: readonly Listing[]): (path: string) => boolean {
  const shards = new Set(
    listings.flatMap(({ path, entries }) => entries.map(({ name }) => `${path}/${name}`)),
  );
  const unknown = new Set(listings.filter(({ skipped }) => skipped).map(({ path }) => path));
  return (path) => {
    const [above = "", shard = ""] = path.split("/");
    return unknown.has(above) || shards.has(`${above}/${shard}`);
  };
}

/** Everything down to the depth, but for attachments, which nobody looks for by content. */
async function everything(deps: Dependencies): Promise<Seen> {
  const listings: Listing[] = [];
  let folders: readonly string[] = [""];
  for (let depth = 0; depth < deps.pace.sweepDepth && folders.length > 0; depth += 1) {
    const level = await pooled(folders, deps.pace.readers, (path) => listOrSkip(path, deps.folder));
    listings.push(...level);
    folders = level.flatMap(({ path, entries }) => foldersIn(path, entries));
  }
  const files = listings
    .flatMap(({ path, entries }) => filesIn(path, entries))
    .filter(({ path }) => path !== libraryName);
  const devices = new Set([
    ...deps.memory.devices,
    ...files.flatMap(({ path }) => deviceInPath(path)),
  ]);
  return {
    files,
    complete: withoutSkipped(devices, listings),
    listed: (name) => !listings.some(({ path, skipped }) => path === name && skipped),
    unfinished: listings.flatMap(({ path, entries }) => unfinishedIn(path, entries)),
  };
}

type Listing = {
  readonly path: string;
  readonly entries: readonly FolderEntry[];
  /** It is there and cannot be listed now, so what is in it is not known. */
  readonly skipped: boolean;
};

/** One folder that refuses (a recycle bin, a placeholder) must not keep everything else away. */
async function listOrSkip(path: string, folder: Folder): Promise<Listing> {
  try {
    return { path, entries: (await orMissing(folder.list(path))) ?? [], skipped: false };
  } catch (error) {
    if (path === "" || !isFault(error, "denied", "busy", "not_here", "broken")) throw error;
    return { path, entries: [], skipped: true };
  }
}

function withoutSkipped(
  devices: ReadonlySet<DeviceId>,
  listings: readonly Listing[],
): ReadonlySet<DeviceId> {
  const skipped = new Set(
    listings.filter((listing) => listing.skipped).flatMap(({ path }) => deviceInPath(path)),
  );
  return skipped.size === 0 ? devices : devices.difference(skipped);
}

function unfinishedIn(folder: string, entries: readonly FolderEntry[]): readonly string[] {
  return entries
    .filter(({ kind, name }) => kind === "file" && name.endsWith(".tmp"))
    .map(({ name }) => join(folder, name));
}

function filesIn(folder: string, entries: readonly FolderEntry[]): readonly FoundFile[] {
  return entries
    .filter(({ kind, name }) => kind === "file" && !isSetApart(name))
    .map(({ name, size, modified }) => ({ path: join(folder, name), size, modified }));
}

function foldersIn(folder: string, entries: readonly FolderEntry[]): readonly string[] {
  return entries
    .filter(({ kind, name }) => kind === "folder" && !isSetApart(name))
    .map(({ name }) => join(folder, name))
    .filter((path) => path !== folderNames.attachment);
}

function namesOf(entries: readonly FolderEntry[]): readonly string[] {
  return entries
    .filter(({ kind, name }) => kind === "file" && !isSetApart(name))
    .map(({ name }) => name);
}

/** The device at the beginning of a head's name, though a carrier changed its end. */
function deviceInHead(name: string): readonly DeviceId[] {
  const device = deviceIdSchema.safeParse(name.slice(0, 20));
  return device.success ? [device.data] : [];
}

function deviceInPath(path: string): readonly DeviceId[] {
  const device = deviceIdSchema.safeParse(path.split("/")[2]);
  return device.success ? [device.data] : [];
}

function join(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
