/** Opens what a person chose, whatever it is: folders, single files, ZIP files, in any mixture. */
import { lstat, readFile } from "node:fs/promises";
import path from "node:path";
import { openFolder, openSingleFile } from "./folder-source.ts";
import { type Refused, type Source, type SourceFile, SourceProblem } from "./source.ts";

/** A source with the titles that its site's navigation gives to pages. */
export type OpenedSource = Source & { readonly navTitles: ReadonlyMap<string, string> };

const longestNavigation = 1024 * 1024;
const navigationFile = /(?:^|\/)mkdocs\.ya?ml$/iu;

/** One source for each folder and ZIP file, and one for the files of the same folder. */
export async function openSources(
  chosen: readonly string[],
  breathe: () => Promise<void>,
): Promise<readonly OpenedSource[]> {
  const sources: Source[] = [];
  const loose = new Map<string, string[]>();
  for (const place of new Set(chosen.map((one) => path.resolve(one)))) {
    const kind = await kindOf(place);
    if (kind === "folder") sources.push(await openFolderSource(place, breathe));
    else if (kind === "zip")
      sources.push(await openZipSource(place, path.basename(place), breathe));
    else loose.set(path.dirname(place), [...(loose.get(path.dirname(place)) ?? []), place]);
  }
  for (const [folder, files] of loose) sources.push(await openLoose(folder, files));
  return Promise.all(sources.map(withNavigation));
}

/** A ZIP file as a source; one that cannot be opened is a source with nothing but that news. */
export async function openZipSource(
  file: string,
  called: string,
  breathe: () => Promise<void>,
): Promise<Source> {
  const identity = {
    name: called.replace(/\.zip$/iu, ""),
    parent: path.basename(path.dirname(file)),
    key: file,
  };
  try {
    const { openZip } = await import("./zip-source.ts");
    return { ...(await openZip(file, breathe)), ...identity };
  } catch (error) {
    if (!(error instanceof SourceProblem)) throw error;
    const refused: Refused = { outcome: "failed", path: called, reason: error.message };
    return { ...identity, files: [], refused: [refused], [Symbol.asyncDispose]: nothing };
  }
}

/** Reads the navigation file of a source that has one, if it can be read. */
export async function withNavigation(source: Source): Promise<OpenedSource> {
  const beside = await navigationBeside(source);
  const inside = source.files.find((file) => navigationFile.test(file.path));
  if (inside === undefined) return Object.assign(source, { navTitles: beside });
  const folder = path.posix.dirname(inside.path).replace(/^\.$/u, "");
  const titles = await readTitles(() => inside.read(longestNavigation), folder);
  return Object.assign(source, { navTitles: titles });
}

/** `docs` imported by itself: its navigation lies in the folder around it. */
async function navigationBeside(source: Source): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  if (!path.isAbsolute(source.key)) return found;
  const file = path.join(path.dirname(source.key), "mkdocs.yml");
  try {
    const stat = await lstat(file);
    if (!stat.isFile() || stat.size > longestNavigation) return found;
  } catch {
    // There is none.
    return found;
  }
  const name = path.basename(source.key);
  for (const [place, title] of await readTitles(() => readFile(file), "")) {
    if (place.startsWith(`${name}/`)) found.set(place.slice(name.length + 1), title);
  }
  return found;
}

async function readTitles(
  read: () => Promise<Uint8Array>,
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const { readNavTitles } = await import("../import/nav-titles.ts");
  try {
    return readNavTitles(new TextDecoder().decode(await read()), folder);
  } catch {
    // Titles then come from file names; a navigation file is no page, so nothing is lost.
    return new Map();
  }
}

async function kindOf(place: string): Promise<"folder" | "zip" | "file"> {
  try {
    const stat = await lstat(place);
    if (stat.isDirectory()) return "folder";
    return stat.isFile() && /\.zip$/iu.test(place) ? "zip" : "file";
  } catch {
    // What cannot be looked at is reported when it is read.
    return "file";
  }
}

async function openFolderSource(folder: string, breathe: () => Promise<void>): Promise<Source> {
  const opened = await openFolder(folder, breathe);
  const parent = path.basename(path.dirname(folder));
  return { ...opened, name: path.basename(folder), parent, key: folder };
}

async function openLoose(folder: string, chosen: readonly string[]): Promise<Source> {
  const files: SourceFile[] = [];
  const refused: Refused[] = [];
  for (const one of chosen) {
    const found = await openSingleFile(one);
    files.push(...found.files);
    refused.push(...found.refused);
  }
  return {
    name: path.basename(folder) || "files",
    parent: path.basename(path.dirname(folder)),
    key: folder,
    loose: true,
    files,
    refused,
    [Symbol.asyncDispose]: nothing,
  };
}

function nothing(): Promise<void> {
  return Promise.resolve();
}
