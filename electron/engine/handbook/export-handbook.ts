/** One export: reads the workspace as it stands, makes every page, and lets the folder take what changed. */
import { createHash } from "node:crypto";
import type { HandbookReport } from "#shared/contract/handbook.ts";
import { toDocument } from "#shared/markdown/to-html.ts";
import type { AttachmentFiles } from "../attachments/attachment-files.ts";
import type { Databases } from "../db/database.ts";
import { JobCancelled, type JobControl } from "../jobs/job-runner.ts";
import type { ChangeLog } from "../log/change-log.ts";
import { weakInQueries } from "../search/analysis/stop-words.ts";
import { type FixedFiles, readFixed } from "./fixed-files.ts";
import { createAssets } from "./leads.ts";
import { type Library, readLibrary } from "./library.ts";
import { createListNames } from "./list-names.ts";
import { listPages } from "./list-pages.ts";
import { recordPage } from "./record-page.ts";
import { createSearchIndex, type SearchIndex } from "./search-index.ts";
import { openSiteFolder, type SiteFolder } from "./site-folder.ts";

export type ExportDependencies = {
  readonly databases: Pick<Databases, "snapshot">;
  readonly log: ChangeLog;
  readonly files: AttachmentFiles;
  readonly profile: string;
  /** The product's version: another one may write other pages. */
  readonly version: string;
  /** Styles, scripts and fonts of the pages. */
  readonly handbookFolder: string;
};

export type ExportCall = {
  readonly folder: string;
  readonly control: JobControl;
  /** Leaves a handbook alone that was made from the same; else every file is compared. */
  readonly ifChanged: boolean;
};

/** How many beginnings of pages one file of the search holds; its script knows the number too. */
const openingsTogether = 256;

/** Writes the handbook. Whatever goes wrong before the end leaves the folder as it was. */
export async function exportHandbook(
  deps: ExportDependencies,
  { folder, control, ifChanged }: ExportCall,
): Promise<HandbookReport> {
  const started = performance.now();
  const site = await openSiteFolder(folder, deps.profile);
  try {
    using snapshot = deps.databases.snapshot();
    control.report({ done: 0, total: null, step: "Reading pages" });
    const source = { db: snapshot, log: deps.log, files: deps.files };
    const library = await readLibrary(source, control.breathe);
    const fixed = await readFixed(deps.handbookFolder);
    const from = madeFrom([deps.version, library.fingerprint], fixed);
    const report = (rest: Omit<HandbookReport, "pages" | "ms">): HandbookReport => ({
      pages: library.entries.length,
      ...rest,
      ms: Math.round(performance.now() - started),
    });
    if (site.from === from) {
      // The same records give the same files: it is enough to see that they are still there.
      const unchanged = ifChanged ? 0 : await site.intact(control.breathe);
      const skipped = leftOut(library);
      if (unchanged !== undefined) return report({ written: 0, unchanged, removed: 0, skipped });
    }
    await writePages(deps, { library, fixed, site, control });
    const { skipped, ...counts } = await site.finish(from);
    return report({ ...counts, skipped: [...skipped, ...leftOut(library)] });
  } catch (error) {
    await site.abandon();
    throw error;
  }
}

function leftOut({ disputed }: Library): HandbookReport["skipped"] {
  return disputed.map((id) => ({
    path: id,
    reason:
      "Somebody published it while somebody else took it back. Settle that conflict, and it comes in.",
  }));
}

type Run = {
  readonly library: Library;
  readonly fixed: FixedFiles;
  readonly site: SiteFolder;
  readonly control: JobControl;
};

async function writePages(deps: ExportDependencies, run: Run): Promise<void> {
  const { library, fixed, site, control } = run;
  const assets = createAssets(deps.files);
  const lists = createListNames(library);
  const siteName = library.name === "" ? "Handbook" : `${library.name} handbook`;
  const around = { library, assets, lists, siteName };
  const index = createSearchIndex();
  const openings = new Map<string, string>();
  const total = library.entries.length;
  for (const [place, bytes] of fixed) await site.put(place, bytes);
  for (const [done, entry] of library.entries.entries()) {
    await control.breathe();
    if (control.cancelled()) throw new JobCancelled();
    control.report({ done, total, step: "Writing pages" });
    const record = library.read(entry.id);
    if (record === undefined) throw new Error("A page's record left its own snapshot.");
    const { document, words } = recordPage(entry, record, around);
    openings.set(entry.id, words.opening);
    const tags = [...entry.tags, ...lists.topics(entry).map(({ label }) => label)].join(" ");
    index.add({ title: entry.title, headings: words.headings, tags, body: words.body });
    await site.put(entry.path, toDocument(document));
  }
  await putFiles(deps.files, { wanted: assets.wanted, ...run });
  await putSearch(index, { openings, ...run });
  for (const { path: place, document } of listPages({ library, lists, siteName, openings })) {
    await control.breathe();
    if (control.cancelled()) throw new JobCancelled();
    await site.put(place, toDocument(document));
  }
  control.report({ done: total, total, step: "Putting in place" });
}

/** The same for two exports that would write the same files. */
function madeFrom(facts: readonly string[], fixed: FixedFiles): string {
  const hash = createHash("sha256").update(JSON.stringify(facts));
  for (const [place, bytes] of fixed) hash.update(place).update(bytes);
  return hash.digest("hex");
}

async function putFiles(
  files: AttachmentFiles,
  { wanted, site, control }: Run & { readonly wanted: ReadonlyMap<string, string> },
): Promise<void> {
  for (const [place, hash] of wanted) {
    await control.breathe();
    const bytes = await files.read(hash);
    if (bytes !== undefined) await site.put(place, bytes);
  }
}

async function putSearch(
  index: SearchIndex,
  { openings, library, site, control }: Run & { readonly openings: ReadonlyMap<string, string> },
): Promise<void> {
  const put = (name: string, value: unknown) =>
    site.put(
      `search/${name}.js`,
      `handbookPart(${JSON.stringify(name)},${JSON.stringify(value)});\n`,
    );
  const { entries, names } = library;
  control.report({ done: entries.length, total: entries.length, step: "Indexing words" });
  const parts: string[] = [];
  for await (const [name, part] of index.parts(control.breathe)) {
    if (control.cancelled()) throw new JobCancelled();
    parts.push(name);
    await put(name, part);
  }
  await control.breathe();
  await put("spellings", index.spellings());
  await control.breathe();
  for (let from = 0; from < entries.length; from += openingsTogether) {
    const some = entries.slice(from, from + openingsTogether);
    const name = `openings-${(from / openingsTogether).toString()}`;
    await put(
      name,
      some.map(({ id }) => openings.get(id) ?? ""),
    );
  }
  const departments = [
    ...new Set(entries.flatMap(({ department }) => department ?? [])),
  ].toSorted();
  await put("pages", {
    names: parts,
    weak: weakInQueries,
    departmentNames: departments.map((id) => names.get(id) ?? ""),
    titles: entries.map(({ title }) => title),
    paths: entries.map((entry) => entry.path),
    departments: entries.map(({ department }) => departments.indexOf(department ?? "")),
    trust: entries.map(({ trust }) => trustCode(trust)),
  });
}

/** As the page's script reads it: "" not verified, "!" rejected, "-" without an end, or the day. */
function trustCode({ state, until }: Library["entries"][number]["trust"]): string {
  if (state === "verified") return until ?? "-";
  return state === "rejected" ? "!" : "";
}
