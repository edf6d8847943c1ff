/**
 * The import itself: file after file, each counted once, written in small transactions so that
 * whoever types meanwhile is answered. One action joins all of it, so one undo takes it back.
 * A dry run goes the same way and writes nothing. Templates and scripts in files are never run.
 */
import type { ImportReport, importOptionsSchema } from "#shared/contract/transfers.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import type { z } from "zod";
import type { AttachmentFiles } from "../../attachments/attachment-files.ts";
import type { Readable } from "../../db/database.ts";
import type { JobControl } from "../../jobs/job-runner.ts";
import { isMarkdownPath } from "../../links/place.ts";
import type { ChangeLog } from "../../log/change-log.ts";
import type { RecordStore } from "../../records/record-store.ts";
import { recordsAt, titleWithBody } from "../origin-table.ts";
import { windowsProblem } from "../safe-path.ts";
import { mostMarkdownBytes, readProblem, type Source, type SourceFile } from "../source/source.ts";
import { type Assets, createAssets } from "./assets.ts";
import { decodeText } from "./decode-text.ts";
import { sketch } from "./fingerprint.ts";
import { createReport, type ReportBuilder } from "./import-report.ts";
import { createLinkCheck, type LinkCheck } from "./link-check.ts";
import { createNames, type Names } from "./names.ts";
import { createNearTexts, type NearTexts } from "./near-texts.ts";
import { type Page, fileHash, readPage } from "./page.ts";
import { readAhead } from "./read-ahead.ts";
import { planPage, sortLinks } from "./plan-page.ts";
import { createWriter, type Writer } from "./writer.ts";
import { wasUndone } from "./undone.ts";

export type ImportDependencies = {
  readonly db: Readable;
  readonly log: ChangeLog;
  readonly store: RecordStore;
  readonly files: AttachmentFiles;
};

export type ImportCall = {
  readonly sources: readonly (Source & {
    readonly collection: string;
    readonly navTitles: ReadonlyMap<string, string>;
  })[];
  readonly options: z.output<typeof importOptionsSchema>;
  readonly dryRun: boolean;
  readonly control: JobControl;
};

/** What the steps of one import share. */
export type ImportRun = ImportDependencies & {
  readonly call: ImportCall;
  readonly action: RecordId;
  readonly report: ReportBuilder;
  readonly names: Names;
  readonly writer: Writer;
  readonly links: LinkCheck;
  readonly near: NearTexts;
  /** Paths by the hash of their text. */
  readonly texts: Map<string, string>;
};

type Opened = ImportCall["sources"][number];

/** Runs the import to its end, its cancellation, or a disk that takes no more. */
export async function runImport(deps: ImportDependencies, call: ImportCall): Promise<ImportReport> {
  const started = performance.now();
  const action = deps.store.newId();
  const report = createReport();
  const near = createNearTexts(deps.db, call.control);
  const run: ImportRun = {
    ...deps,
    call,
    action,
    report,
    near,
    names: createNames(deps.db, deps.store.newId),
    writer: createWriter({ store: deps.store, action, report, dryRun: call.dryRun }),
    links: createLinkCheck(deps.db, call.dryRun),
    texts: new Map(),
  };
  const total = call.sources.reduce((sum, source) => sum + pagesIn(source).length, 0);
  const progress = { done: 0, total };
  let attachments = 0;
  let otherFiles = 0;
  for (const source of call.sources) {
    for (const refused of source.refused) report.refuse(refused);
    const others = source.files.filter(({ path }) => !isMarkdownPath(path));
    const assets = createAssets(others, {
      store: call.dryRun ? null : deps.files,
      hashOf: fileHash,
    });
    await importSource(run, { source, assets, progress });
    attachments += assets.kept();
    const unused = others.filter((file) => !assets.isUsed(file));
    if (source.loose !== true) otherFiles += unused.length;
    else for (const { path } of unused) report.refuse({ ...notMarkdown, path });
  }
  call.control.report({ ...progress, step: "Checking links" });
  await run.links.finish(report, call.control.breathe);
  return report.build({
    attachments,
    otherFiles,
    records: run.writer.records(),
    ms: Math.round(performance.now() - started),
    dryRun: call.dryRun,
    cancelled: call.control.cancelled(),
    action: run.writer.hasWritten() ? action : null,
  });
}

/** Pages of no language or in English first: copies in other languages are then their duplicates. */
function pagesIn(source: Source): readonly SourceFile[] {
  const pages = source.files.filter(({ path }) => isMarkdownPath(path));
  const key = (path: string) => {
    const language = /\.([a-z]{2})\.(?:md|mdx|markdown)$/iu.exec(path)?.[1] ?? "";
    return `${path.replace(/\.[a-z]{2}(?=\.(?:md|mdx|markdown)$)/iu, "")}\n${language === "en" ? "" : language}`;
  };
  return pages
    .map((file) => [key(file.path), file] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, file]) => file);
}

type SourceRun = {
  readonly source: Opened;
  readonly assets: Assets;
  readonly progress: { done: number; readonly total: number };
};

async function importSource(
  run: ImportRun,
  { source, assets, progress }: SourceRun,
): Promise<void> {
  const { control } = run.call;
  const own: OwnPage[] = [];
  for await (const { file, bytes, problem } of readAhead(pagesIn(source), mostMarkdownBytes)) {
    await control.breathe();
    progress.done += 1;
    control.report({ ...progress, step: run.call.dryRun ? "Reading pages" : "Importing pages" });
    const stopped = run.writer.stopped() ?? (control.cancelled() ? cancelled : null);
    if (stopped !== null) run.report.refuse({ ...stopped, path: file.path });
    else if (bytes === null)
      run.report.refuse({
        ...readProblem(problem),
        reason: readProblem(problem).message,
        path: file.path,
      });
    else {
      const page = await openPage(run, { source, assets }, { file, bytes });
      if (page === null) continue;
      // A file of our own may name records that come later: it waits until all are known.
      if (page.own) announceOwn(run, source, { page, own });
      else await planPage(run, { source, assets, page });
    }
  }
  for (const { page, id } of own) {
    await control.breathe();
    const stopped = run.writer.stopped() ?? (control.cancelled() ? cancelled : null);
    if (stopped !== null) run.report.refuse({ ...stopped, path: page.path });
    else await planPage(run, { source, assets, page, id });
  }
  await run.writer.flush();
}

const notMarkdown = {
  outcome: "skipped",
  reason: "It is not a Markdown file: those end in .md, .markdown, .mdx, .html.md or .html.md.erb.",
} as const;
const cancelled = {
  outcome: "skipped",
  reason: "The import was cancelled before this file.",
} as const;

/** Reads a file as a page; null when it was refused, is here unchanged, or is a copy. */
async function openPage(
  run: ImportRun,
  { source, assets }: Pick<SourceRun, "source" | "assets">,
  { file, bytes }: { readonly file: SourceFile; readonly bytes: Uint8Array },
): Promise<Page | null> {
  const { report, db } = run;
  const { path } = file;
  if (bytes.length === 0) {
    report.refuse({ outcome: "skipped", path, reason: "The file is empty." });
    return null;
  }
  const { text, problem } = decodeText(bytes);
  if (text === null) {
    report.refuse({ outcome: "failed", path, reason: problem });
    return null;
  }
  const here = recordsAt(db, source.collection, path);
  const live = here.filter((row) => row.removed === 0);
  const page = readPage({
    path,
    bytes,
    text,
    as: live[0]?.type ?? run.call.options.as,
    split: live.length === 1 && live[0]?.part === 0 ? "none" : run.call.options.split,
    navTitle: source.navTitles.get(path),
    collection: source.collection,
  });
  run.links.announce(page, source.collection);
  const name = windowsProblem(path);
  if (name !== null) report.note(path, name);
  if (page.front.problem !== null) report.note(path, page.front.problem);
  if (live.length > 0) {
    if (live.some((row) => row.hash !== page.hash)) return page;
    for (const row of live) run.names.announce(row.type, row.title, row.record);
    if (page.bodyHash !== null) run.texts.set(page.bodyHash, path);
    report.count("unchanged", previewOf(page));
    for (const part of page.parts) sortLinks(run, { source, assets, page }, part.links);
    return null;
  }
  if (here.length > 0 && !wasUndone(db, here[0]?.record ?? "")) {
    const reason = "Its page is in the trash. Put it back there if you want it again.";
    report.refuse({ outcome: "skipped", path, reason });
    return null;
  }
  return (await isCopy(run, page)) ? null : page;
}

/** Exact copies are left out; near ones are named, and left out when that was asked for. */
async function isCopy(run: ImportRun, page: Page): Promise<boolean> {
  const { report } = run;
  if (page.bodyHash !== null && !page.own) {
    const original = run.texts.get(page.bodyHash) ?? titleWithBody(run.db, page.bodyHash);
    if (original !== undefined) {
      report.sameAs(page.path, original);
      report.count("duplicate", previewOf(page));
      return true;
    }
    run.texts.set(page.bodyHash, page.path);
  }
  const signature = sketch(page.front.body);
  if (signature === null) return false;
  const like = await run.near.nearest(signature);
  if (like !== null) {
    report.near(page.path, like.key, like.score);
    if (run.call.options.skipNearDuplicates) {
      const reason = `It is nearly the same as ${like.key}.`;
      report.refuse({ outcome: "skipped", path: page.path, reason });
      return true;
    }
  }
  run.near.add(page.path, signature);
  return false;
}

type OwnPage = { readonly page: Page; readonly id: RecordId };

/** Gives the records of our own files their ids before any of them is written. */
function announceOwn(
  run: ImportRun,
  source: Opened,
  { page, own }: { readonly page: Page; readonly own: OwnPage[] },
): void {
  const [here] = recordsAt(run.db, source.collection, page.path).filter((row) => row.removed === 0);
  const named = page.id !== undefined && run.store.get(page.id) !== undefined ? page.id : undefined;
  const id = here?.record ?? named ?? adopted(run, page) ?? page.id ?? run.store.newId();
  run.names.announce(page.type, page.title, id);
  own.push({ page, id });
}

/** Types that a workspace has only one of by each name: a file fills the one that is there. */
const unique: ReadonlySet<string> = new Set([
  "department",
  "topic",
  "tool",
  "skill",
  "skill_domain",
]);

function adopted(run: ImportRun, page: Page): RecordId | undefined {
  return unique.has(page.type) ? run.names.find(page.type, page.title) : undefined;
}

export function previewOf(page: Page) {
  const tags = page.front.values["tags"] ?? page.front.values["keywords"];
  const list = Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [];
  return { path: page.path, title: page.title, type: page.type, tags: list };
}
