/** Plans one page: its records, its attachments, and the links that have to be looked at later. */
import { type Attachment, attachmentsOf } from "../../attachments/attachment-table.ts";
import { targetsOf } from "../../links/place.ts";
import type { RecordEdit } from "../../records/record-store.ts";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import type { MarkdownLink } from "#shared/markdown/extract.ts";
import type { OriginRow } from "../origin-table.ts";
import type { SourceFile } from "../source/source.ts";
import {
  changedRecord,
  type EditContext,
  namedRecord,
  newRecord,
  type PlannedPart,
} from "./page-edits.ts";
import type { Page, PagePart } from "./page.ts";
import { type ImportRun, type OpenedPage, previewOf, type SourceRun } from "./import-run.ts";

type PageRun = SourceRun &
  OpenedPage & {
    /** The id for a record that is yet to be made, where other pages already refer to it. */
    readonly id?: RecordId;
  };

/** Hands what it plans to the writer of the run, and what has to wait to its links. */
export async function planPage(run: ImportRun, given: PageRun): Promise<void> {
  const { source, page } = given;
  const here = (given.here.get(page.path) ?? []).filter((row) => row.removed === 0);
  const context: EditContext = {
    db: run.db,
    log: run.log,
    store: run.store,
    collection: source.collection,
    department: run.call.options.department,
    resolve: run.names.resolver(page.own),
  };
  const named = here.length > 0 || page.id === undefined ? undefined : run.store.get(page.id);
  if (named !== undefined) {
    await planNamed(run, { context, page, now: named });
    return;
  }
  const free = [...here];
  const parts: PlacedPart[] = [];
  for (const [index, part] of page.parts.entries()) {
    const attachments = await attach(run, given, part);
    if (attachments === null) {
      const stopped = run.writer.stopped();
      if (stopped !== null) run.report.refuse({ ...stopped, path: page.path });
      return;
    }
    const row = takeRow(free, part, index);
    // The text is the same: only parts whose pictures differ have something to write.
    if (given.unchanged && row !== undefined && hasAll(run, row, attachments)) continue;
    parts.push({ page, part, index, attachments, row });
  }
  if (given.unchanged && parts.length === 0) {
    run.report.count("unchanged", previewOf(page));
    return;
  }
  if (free.length > 0) {
    run.report.note(
      page.path,
      `${free.length} of its records are no longer in the file; they were kept.`,
    );
  }
  await planParts(run, { context, page, parts, id: given.id, isNew: here.length === 0 });
}

type PlacedPart = PlannedPart & { readonly row: OriginRow | undefined };
type Parts = {
  readonly context: EditContext;
  readonly page: Page;
  readonly parts: readonly PlacedPart[];
  readonly id: RecordId | undefined;
  readonly isNew: boolean;
};

async function planParts(
  run: ImportRun,
  { context, page, parts, id, isNew }: Parts,
): Promise<void> {
  const edits: RecordEdit[] = [];
  for (const { row, ...planned } of parts) {
    const edit =
      row === undefined
        ? newRecord(context, planned, id ?? run.store.newId())
        : changedRecord(context, planned, row.record);
    if (typeof edit === "string") {
      run.report.refuse({ outcome: "skipped", path: page.path, reason: edit });
      return;
    }
    edits.push(edit);
  }
  const text = page.bodyHash === null ? undefined : run.texts.get(page.bodyHash);
  if (text?.name === page.path) text.record ??= edits[0]?.id;
  await run.writer.add({
    path: page.path,
    edits: [...run.names.takeMade(), ...edits],
    done: () => run.report.count(isNew ? "created" : "updated", linesOf(run, page, parts)),
  });
}

/** The preview's lines: parts of a file that is here may be new, changed, or as they were. */
function linesOf(run: ImportRun, page: Page, parts: readonly PlacedPart[]) {
  const lines = previewOf(page);
  if (!run.call.dryRun || lines.length === 1 || parts.every(({ row }) => row === undefined))
    return lines;
  const planned = new Map(parts.map((part) => [part.index, part]));
  return lines.map((line, index) => {
    const { row, part } = planned.get(index) ?? {};
    const now = row === undefined ? undefined : run.store.get(row.record);
    const same = part === undefined || (now?.body === part.body && now.title === part.name);
    const outcome = same ? "unchanged" : row === undefined ? "created" : "updated";
    return { ...line, outcome } as const;
  });
}

/** Whether the record holds these very files already. */
function hasAll(run: ImportRun, row: OriginRow, found: readonly Attachment[]): boolean {
  if (found.length === 0) return true;
  const held = new Map(attachmentsOf(run.db, row.record).map(({ href, hash }) => [href, hash]));
  return found.every(({ href, hash }) => held.get(href) === hash);
}

type Named = { readonly context: EditContext; readonly page: Page; readonly now: RecordView };

/** A file that was exported from a record that is here. */
async function planNamed(run: ImportRun, { context, page, now }: Named): Promise<void> {
  const { path } = page;
  if (now.removedAt !== null) {
    const reason = "Its record is in the trash. Put it back there if you want it again.";
    run.report.refuse({ outcome: "skipped", path, reason });
    return;
  }
  const edit = namedRecord(context, page, now);
  const made = run.names.takeMade();
  if (edit === undefined) run.report.sameAs(path, now.title);
  const outcome = edit === undefined ? "duplicate" : "updated";
  await run.writer.add({
    path,
    edits: edit === undefined ? made : [...made, edit],
    done: () => run.report.count(outcome, previewOf(page)),
  });
}

/** The record that a part became before: by its title among several, else by its place. */
function takeRow(free: OriginRow[], part: PagePart, index: number): OriginRow | undefined {
  const found =
    free.find((row) => row.title === part.name) ??
    free.find((row) => row.part === index) ??
    undefined;
  if (found !== undefined) free.splice(free.indexOf(found), 1);
  return found;
}

type Needed = { readonly link: MarkdownLink; readonly file: SourceFile };

/** Tells links to files beside the page from links to pages, and notes what is missing. */
function sortLinks(
  run: ImportRun,
  { source, assets, page }: PageRun,
  links: readonly MarkdownLink[],
): readonly Needed[] {
  const origin = { collection: source.collection, path: page.path };
  const needed: Needed[] = [];
  const seen = new Set<string>();
  for (const link of links) {
    const one = `${link.kind} ${link.href}`;
    if (seen.has(one)) continue;
    seen.add(one);
    const file = assets.find(link, page.path);
    if (file !== undefined) {
      needed.push({ link, file });
      continue;
    }
    if (targetsOf(link, origin).length === 0) continue;
    if (link.kind === "image") run.report.missingImage(page.path, link.href);
    else run.links.check({ link, origin });
  }
  return needed;
}

/** Keeps the files that the part refers to; null when the disk takes no more. */
async function attach(
  run: ImportRun,
  given: PageRun,
  part: PagePart,
): Promise<readonly Attachment[] | null> {
  const kept: Attachment[] = [];
  for (const { link, file } of sortLinks(run, given, part.links)) {
    try {
      const attachment = await given.assets.keep(file, link.href);
      if (typeof attachment !== "string") kept.push(attachment);
      else if (link.kind === "image") run.report.missingImage(given.page.path, link.href);
      else run.report.unresolved(given.page.path, link.href);
      if (typeof attachment === "string") run.report.note(file.path, attachment);
    } catch (error) {
      if (!run.writer.stop(error)) throw error;
      return null;
    }
  }
  return kept;
}
