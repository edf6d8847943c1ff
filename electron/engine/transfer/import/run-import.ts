/**
 * The import itself: file after file, each counted once, written in small transactions so that
 * whoever types meanwhile is answered. One action joins all of it, so one undo takes it back.
 * A dry run goes the same way and writes nothing. Templates and scripts in files are never run.
 */
import type { ImportReport } from "#shared/contract/transfers.ts";
import { isMarkdownPath } from "../../links/place.ts";
import {
  mostMarkdownBytes,
  readProblem,
  type Refused,
  type Source,
  type SourceFile,
} from "../source/source.ts";
import { recordsOf } from "../origin-table.ts";
import { createAssets } from "./assets.ts";
import { createCopies } from "./copies.ts";
import { createReport } from "./import-report.ts";
import type {
  ImportCall,
  ImportDependencies,
  ImportRun,
  OwnPage,
  SourceRun,
} from "./import-run.ts";
import { createLinkCheck } from "./link-check.ts";
import { createNames } from "./names.ts";
import { createNearTexts } from "./near-texts.ts";
import { announceOwn, openPage } from "./open-page.ts";
import { fileHash } from "../file-hash.ts";
import { planPage } from "./plan-page.ts";
import { readAhead } from "./read-ahead.ts";
import { createUndoneActions } from "./undone.ts";
import { createWriter } from "./writer.ts";

/** Runs the import to its end, its cancellation, or a disk that takes no more. */
export async function runImport(deps: ImportDependencies, call: ImportCall): Promise<ImportReport> {
  const started = performance.now();
  const action = deps.store.newId();
  const report = createReport({ dryRun: call.dryRun });
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
    nearChoices: new Map(call.options.nearChoices.map(({ path, choice }) => [path, choice])),
    rewritten: new Set(),
    copies: createCopies(deps.db),
    wasUndone: createUndoneActions(deps),
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
    const here = recordsOf(deps.db, source.collection);
    await importSource(run, { source, assets, here, progress });
    attachments += assets.kept();
    const unused = others.filter((file) => !assets.isUsed(file));
    if (source.loose !== true) otherFiles += unused.length;
    else for (const { path } of unused) report.refuse({ ...notMarkdown, path });
  }
  call.control.report({ ...progress, step: "Checking links" });
  await run.links.finish(run, call.control.breathe);
  await run.copies.write(run.writer, call.control.breathe);
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

type Progress = { done: number; readonly total: number };

async function importSource(
  run: ImportRun,
  { progress, ...given }: SourceRun & { readonly progress: Progress },
): Promise<void> {
  const { control } = run.call;
  const own: OwnPage[] = [];
  for await (const { file, bytes, problem } of readAhead(
    pagesIn(given.source),
    mostMarkdownBytes,
  )) {
    await control.breathe();
    progress.done += 1;
    control.report({ ...progress, step: run.call.dryRun ? "Reading pages" : "Importing pages" });
    const stopped = run.writer.stopped() ?? (control.cancelled() ? cancelled : null);
    if (stopped !== null) run.report.refuse({ ...stopped, path: file.path });
    else if (bytes === null) run.report.refuse(unreadable(file, problem));
    else {
      const opened = await openPage(run, given, { file, bytes });
      if (opened === null) continue;
      // A file of our own may name records that come later: it waits until all are known.
      if (opened.page.own) own.push(announceOwn(run, given, opened));
      else await planPage(run, { ...given, ...opened });
    }
  }
  for (const opened of own) {
    await control.breathe();
    const stopped = run.writer.stopped() ?? (control.cancelled() ? cancelled : null);
    if (stopped !== null) run.report.refuse({ ...stopped, path: opened.page.path });
    else await planPage(run, { ...given, ...opened });
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

function unreadable({ path }: SourceFile, problem: unknown): Refused {
  const { outcome, message } = readProblem(problem);
  return { outcome, path, reason: message };
}
