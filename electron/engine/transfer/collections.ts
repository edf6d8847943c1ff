/**
 * Which collection a source is. A collection is what its pages call home: re-import finds them by
 * it, links are resolved in it, export makes a folder of it. The same place is always the same
 * collection; another place of the same name is one only if it has the same files in it.
 */
import path from "node:path";
import type Sqlite from "better-sqlite3";
import type { Readable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import { isMarkdownPath } from "../links/place.ts";
import { hasCollection, hasFile } from "./origin-table.ts";
import { mostMarkdownBytes, type Source, type SourceFile } from "./source/source.ts";
import { fileHash } from "./file-hash.ts";
import { safeName } from "./safe-path.ts";

const byKey = statement<[key: string], { collection: string }>(
  "SELECT collection FROM import_source WHERE key = ?",
);
const remember = statement<[key: string, collection: string]>(
  `INSERT INTO import_source (key, collection) VALUES (?, ?)
   ON CONFLICT (key) DO UPDATE SET collection = excluded.collection`,
);

/** How many files are compared to tell whether two places hold the same handbook. */
const compared = 20;

type Found = { readonly collection: string; readonly files: readonly SourceFile[] };
type Tables = { readonly db: Readable; readonly local: Sqlite.Database };

/** The source's collection, and its files by their paths in that collection. */
export async function collectionOf(
  tables: Tables,
  source: Source,
  /** Collections of the other sources of the same import. */
  taken: ReadonlySet<string>,
): Promise<Found> {
  if (source.loose === true) {
    const around = knownAround(tables.local, source.key);
    if (around !== undefined) return within(source, around);
  }
  const known = byKey(tables.local).get(source.key)?.collection;
  const collection = known ?? (await chooseName(tables.db, source, taken));
  return { collection, files: source.files };
}

/** Notes that the source is this collection, for the next time. */
export function rememberCollection(
  local: Sqlite.Database,
  source: Source,
  collection: string,
): void {
  if (source.loose === true && knownAround(local, source.key) !== undefined) return;
  remember(local).run(source.key, collection);
}

type Around = { readonly folder: string; readonly collection: string };

/** The nearest folder around single files that was imported before. */
function knownAround(local: Sqlite.Database, folder: string): Around | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    const collection = byKey(local).get(at)?.collection;
    if (collection !== undefined) return { folder: at, collection };
    if (path.dirname(at) === at) return undefined;
  }
}

function within(source: Source, { folder, collection }: Around): Found {
  const prefix = path.relative(folder, source.key).split(path.sep).join("/");
  const files = source.files.map((file) => {
    return { ...file, path: prefix === "" ? file.path : `${prefix}/${file.path}` };
  });
  return { collection, files };
}

async function chooseName(
  db: Readable,
  source: Source,
  taken: ReadonlySet<string>,
): Promise<string> {
  const base = safeName(source.name || "import");
  const parent = safeName(source.parent);
  const names = [base, ...(source.parent === "" ? [] : [`${parent}-${base}`])];
  for (let number = 2; ; number += 1) {
    for (const name of names.filter((one) => !taken.has(one))) {
      const free = !hasCollection(db, name);
      // An upload has no place of its own: its name is all there is to know it by.
      const samePlace = !path.isAbsolute(source.key);
      if (free || samePlace || (await holdsSame(db, source, name))) return name;
    }
    names.splice(0, names.length, `${base}-${number}`);
  }
}

async function holdsSame(db: Readable, source: Source, collection: string): Promise<boolean> {
  const pages = source.files.filter((file) => isMarkdownPath(file.path)).slice(0, compared);
  for (const page of pages) {
    try {
      const hash = fileHash(await page.read(mostMarkdownBytes));
      if (hasFile(db, { collection, path: page.path, hash })) return true;
    } catch {
      // What cannot be read proves nothing; the import will report it.
    }
  }
  return false;
}
