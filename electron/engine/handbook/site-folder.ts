/**
 * The folder that a handbook is written into. Changed files are first written aside, in the folder
 * itself, and put in place by renaming when all of them are there, so that a reader never meets half
 * a page. A list says which files an export wrote; nothing else is ever replaced or removed.
 */
import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import {
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
} from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { errorCode, explainDisk, foreign, gone, insideProfile } from "./site-problems.ts";

const listName = "handbook-files.json";
const asidePrefix = ".handbook-";
const leftAfter = 24 * 3_600_000;

/** What file managers and sync programs leave in any folder. */
const ignored =
  /^(?:\.DS_Store|\.directory|Thumbs\.db|desktop\.ini|\.st[a-z]+|\.sync.*|~\$.*|\.handbook-.*)$/iu;

const listSchema = z.object({
  product: z.literal("guildhall-handbook"),
  format: z.literal(1),
  /** What the pages were made from; see `Library.fingerprint`. */
  from: z.string(),
  /** SHA-256 of each file, cut to 32 digits, by its path. */
  files: z.record(z.string(), z.string()),
});
type FileList = z.infer<typeof listSchema>;

export type SiteReport = {
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
};

export type SiteFolder = {
  /** What the handbook that is there was made from; "" where there is none. */
  readonly from: string;
  /** How many files there are, where each of them is as it was written; undefined where one is not. */
  readonly intact: (breathe: () => Promise<void>) => Promise<number | undefined>;
  /** Takes a file; it is in place when `finish` resolves. */
  readonly put: (path: string, content: string | Uint8Array) => Promise<void>;
  readonly finish: (from: string) => Promise<SiteReport>;
  /** Leaves the folder as it was. */
  readonly abandon: () => Promise<void>;
};

/** Opens the folder, making it where it is missing. Refuses one that holds anything else. */
export async function openSiteFolder(folder: string, profile: string): Promise<SiteFolder> {
  const wanted = path.resolve(folder);
  if (await isInside(wanted, profile)) throw insideProfile();
  try {
    await mkdir(wanted, { recursive: true });
    const top = await realpath(wanted);
    const before = await readList(top);
    if (before === undefined) await refuseForeign(top);
    await dropLeftovers(top);
    return siteFolder(top, before);
  } catch (error) {
    throw explainDisk(error);
  }
}

/** Refuses a folder without a handbook: a drive that is not there must not get one of its own. */
export async function requireHandbook(folder: string): Promise<void> {
  try {
    await lstat(path.join(folder, listName));
  } catch (error) {
    throw errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR"
      ? gone()
      : explainDisk(error);
  }
}

function siteFolder(top: string, before: FileList | undefined): SiteFolder {
  const aside = path.join(top, asidePrefix + randomUUID().slice(0, 8));
  const known = before?.files ?? {};
  const files = new Map<string, string>();
  const staged: { readonly path: string; readonly aside: string }[] = [];
  const skipped: { path: string; reason: string }[] = [];

  async function put(relative: string, content: string | Uint8Array): Promise<void> {
    const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
    if (files.has(relative)) throw new Error(`${relative} was made twice.`);
    files.set(relative, hashOf(bytes));
    try {
      const there = await readOwn(top, relative);
      if (there !== undefined && Buffer.compare(there, bytes) === 0) return;
      if (there !== undefined && !(relative in known)) throw foreign(relative);
      if (staged.length === 0) await mkdir(aside);
      const place = path.join(aside, staged.length.toString());
      await writeNew(place, bytes);
      staged.push({ path: relative, aside: place });
    } catch (error) {
      throw explainDisk(error);
    }
  }

  async function intact(breathe: () => Promise<void>): Promise<number | undefined> {
    for (const [relative, hash] of Object.entries(known)) {
      await breathe();
      const there = await readOwn(top, relative);
      if (there === undefined || hashOf(there) !== hash) return undefined;
    }
    return Object.keys(known).length;
  }

  async function finish(from: string): Promise<SiteReport> {
    const gone = Object.keys(known).filter((relative) => !files.has(relative));
    const now = Object.fromEntries([...files].toSorted(([a], [z]) => (a < z ? -1 : 1)));
    try {
      const list = { product: "guildhall-handbook", format: 1, from, files: now } as const;
      const isSame = before !== undefined && JSON.stringify(before) === JSON.stringify(list);
      // Whatever happens from here on, the next export knows all of these as its own.
      if (!isSame) await writeList(top, { ...list, from: "", files: { ...known, ...now } });
      for (const { path: relative, aside: place } of staged) {
        await mkdir(path.dirname(path.join(top, relative)), { recursive: true });
        await requireInside(top, relative);
        await rename(place, path.join(top, relative));
      }
      for (const relative of gone) await removeOwn(relative);
      await dropEmptyFolders(top, gone);
      if (!isSame) await writeList(top, list);
      await abandon();
    } catch (error) {
      throw explainDisk(error);
    }
    return {
      written: staged.length,
      unchanged: files.size - staged.length,
      removed: gone.length - skipped.length,
      skipped,
    };
  }

  /** A page that somebody changed by hand is ours still; a file that took its name is not. */
  async function removeOwn(relative: string): Promise<void> {
    const there = await readOwn(top, relative);
    if (there === undefined) return;
    const ours = hashOf(there) === known[relative] || isPage(there);
    if (ours) await rm(path.join(top, relative), { force: true });
    else {
      const reason = "It is no page any more, and was changed since it was written; it was left.";
      skipped.push({ path: relative, reason });
    }
  }

  async function abandon(): Promise<void> {
    await rm(aside, { recursive: true, force: true });
  }

  return { from: before?.from ?? "", intact, put, finish, abandon };
}

function isPage(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 2000)).includes('content="Guildhall handbook"');
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 32);
}

async function writeNew(place: string, bytes: Uint8Array): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  await using file = await open(place, flags, 0o644);
  await file.writeFile(bytes);
}

/** A file's bytes; undefined where there is none. Anything that is no plain file is somebody else's. */
async function readOwn(top: string, relative: string): Promise<Uint8Array | undefined> {
  await requireInside(top, relative);
  const place = path.join(top, relative);
  try {
    const stat = await lstat(place);
    if (!stat.isFile()) throw foreign(relative);
    return await readFile(place);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** A link among the folders could lead anywhere. */
async function requireInside(top: string, relative: string): Promise<void> {
  const folder = path.dirname(relative);
  if (folder === ".") return;
  try {
    if (!(await lstat(path.join(top, folder))).isDirectory()) throw foreign(folder);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
}

async function readList(top: string): Promise<FileList | undefined> {
  const bytes = await readOwn(top, listName);
  if (bytes === undefined) return undefined;
  try {
    return listSchema.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  } catch {
    throw new ExpectedFailure(
      "foreign_files",
      `The file ${listName} in that folder is damaged or was written by a newer version, so it cannot be told which pages may be replaced. Nothing was written. Choose an empty folder, or delete the old handbook first.`,
    );
  }
}

async function writeList(top: string, list: FileList): Promise<void> {
  const aside = path.join(top, `${asidePrefix}${randomUUID().slice(0, 8)}.list`);
  try {
    await writeNew(aside, Buffer.from(`${JSON.stringify(list, null, 1)}\n`, "utf8"));
    await rename(aside, path.join(top, listName));
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

async function refuseForeign(top: string): Promise<void> {
  const strangers = (await readdir(top)).filter((name) => !ignored.test(name));
  const [first] = strangers.toSorted();
  if (first !== undefined) throw foreign(first, strangers.length);
}

/** What an export that was killed wrote aside. A young one may be another device's at work. */
async function dropLeftovers(top: string): Promise<void> {
  for (const name of await readdir(top)) {
    if (!name.startsWith(asidePrefix)) continue;
    const place = path.join(top, name);
    const { mtimeMs } = await lstat(place);
    if (Date.now() - mtimeMs > leftAfter) await rm(place, { recursive: true, force: true });
  }
}

async function dropEmptyFolders(top: string, gone: readonly string[]): Promise<void> {
  for (const folder of new Set(gone.map((relative) => path.dirname(relative)))) {
    if (folder === ".") continue;
    try {
      await rmdir(path.join(top, folder));
    } catch (error) {
      if (!["ENOTEMPTY", "EEXIST", "ENOENT"].includes(errorCode(error))) throw error;
    }
  }
}

/** Whether a path that may not exist yet lies in the profile, or is it. */
async function isInside(wanted: string, profile: string): Promise<boolean> {
  const relative = path.relative(await realpath(profile), await reallyAt(wanted));
  return relative === "" || !(relative.startsWith("..") || path.isAbsolute(relative));
}

async function reallyAt(wanted: string): Promise<string> {
  try {
    return await realpath(wanted);
  } catch (error) {
    const parent = path.dirname(wanted);
    if (errorCode(error) !== "ENOENT" || parent === wanted) throw explainDisk(error);
    return path.join(await reallyAt(parent), path.basename(wanted));
  }
}
