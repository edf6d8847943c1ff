/** Exports: one Markdown file a record, in the folders it came from, into a folder or a ZIP file. */
import path from "node:path";
import type Sqlite from "better-sqlite3";
import type { ExportReport } from "#shared/contract/transfers.ts";
import { type IdSource, newRecordId } from "#shared/domain/ids.ts";
import type { AttachmentFiles } from "../../attachments/attachment-files.ts";
import { attachmentsOf, membersIn } from "../../attachments/attachment-table.ts";
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import type { JobControl } from "../../jobs/job-runner.ts";
import { folderOf, joinPath } from "../../links/place.ts";
import type { ChangeLog } from "../../log/change-log.ts";
import type { RecordStore } from "../../records/record-store.ts";
import { safePath } from "../safe-path.ts";
import { createFolderTarget, type ExportTarget } from "./folder-target.ts";
import { fileText, type TextSource } from "./page-text.ts";
import { planExport, type PlannedFile } from "./plan-export.ts";
import { createZipTarget } from "./zip-target.ts";

type Dependencies = {
  readonly db: Readable;
  readonly local: Sqlite.Database;
  readonly log: ChangeLog;
  readonly store: Pick<RecordStore, "get">;
  readonly files: AttachmentFiles;
  readonly clock: IdSource;
  readonly staging: string;
};

export type Exports = {
  /** `folder` null makes a ZIP file to download. */
  readonly run: (
    call: { readonly folder: string | null; readonly type: string | undefined },
    control: JobControl,
  ) => Promise<ExportReport>;
  readonly downloadPath: (id: string) => string | undefined;
};

const titleById = statement<[id: string], { title: string }>(
  "SELECT title FROM record WHERE id = ?",
);

type Run = {
  readonly target: ExportTarget;
  readonly source: TextSource;
  readonly report: { files: number; attachments: number } & Pick<ExportReport, "skipped" | "notes">;
  /** Paths of attachments that were written: several pages may share one. */
  readonly written: Set<string>;
};

export function createExports(deps: Dependencies): Exports {
  const { db, log, store, files } = deps;
  const downloads = new Map<string, string>();

  async function run(
    { folder, type }: Parameters<Exports["run"]>[0],
    control: JobControl,
  ): Promise<ExportReport> {
    const started = performance.now();
    const id = newRecordId(deps.clock);
    const zip = path.join(deps.staging, `export-${id}.zip`);
    const target =
      folder === null ? createZipTarget(zip) : await createFolderTarget(folder, deps.local);
    const titles = new Map<string, string | undefined>();
    const titleOf = (record: string) => {
      if (!titles.has(record)) titles.set(record, titleById(db).get(record)?.title);
      return titles.get(record);
    };
    const report: Run["report"] = { files: 0, attachments: 0, skipped: [], notes: [] };
    const call: Run = { target, report, source: { db, log, titleOf }, written: new Set() };
    try {
      await writeAll(call, planExport(db, type), control);
      if (control.cancelled()) await target.abandon();
      else await target.finish();
    } catch (error) {
      await target.abandon();
      throw error;
    }
    const download = folder === null && !control.cancelled() ? id : null;
    if (download !== null) downloads.set(download, zip);
    return { ...report, ms: Math.round(performance.now() - started), download };
  }

  async function writeAll(call: Run, plan: readonly PlannedFile[], control: JobControl) {
    for (const [index, planned] of plan.entries()) {
      if (control.cancelled()) return;
      await control.breathe();
      control.report({ done: index, total: plan.length, step: "Writing files" });
      await writeFile(call, planned);
    }
    control.report({ done: plan.length, total: plan.length, step: "Finishing" });
  }

  async function writeFile(call: Run, planned: PlannedFile): Promise<void> {
    const { report } = call;
    const records = planned.records.flatMap((id) => store.get(id) ?? []);
    const [first] = records;
    if (first === undefined) return;
    const bytes = Buffer.from(fileText(call.source, records), "utf8");
    const hash = first.fields["origin_hash"];
    const refused = await call.target.write({
      path: planned.path,
      bytes,
      changedAt: new Date(first.updatedAt),
      ...(typeof hash === "string" ? { replaces: hash } : {}),
    });
    if (refused !== null) {
      report.skipped.push({ path: planned.path, reason: refused });
      return;
    }
    report.files += 1;
    if (planned.note !== null) report.notes.push({ path: planned.path, reason: planned.note });
    for (const record of records) {
      const members = membersIn(record.fields);
      const hrefs = new Set(members.map(({ href }) => href));
      const named = attachmentsOf(db, record.id).filter(({ href }) => !hrefs.has(href));
      for (const { hash: content, href, path: origin } of [...members, ...named]) {
        const place = placeOf(planned, { href, origin });
        await writeAttachment(call, { page: planned.path, content, place, href });
      }
    }
  }

  type Place = {
    readonly page: string;
    readonly content: string;
    readonly place: string | null;
    readonly href: string;
  };

  async function writeAttachment(call: Run, { page, content, place, href }: Place): Promise<void> {
    const { report, written } = call;
    if (place === null) {
      report.skipped.push({ path: page, reason: `“${href}” leads out of the export.` });
      return;
    }
    if (written.has(place)) return;
    written.add(place);
    const bytes = await files.read(content);
    const refused =
      bytes === undefined
        ? "The file's content is not on this device."
        : await call.target.write({ path: place, bytes, changedAt: new Date(0) });
    if (refused === null) report.attachments += 1;
    else report.skipped.push({ path: place, reason: refused });
  }

  return {
    run,
    downloadPath: (id) => downloads.get(id),
  };
}

/** Where the text expects the file: where it lay, or relative to the page. */
function placeOf(
  { path: page, collection }: PlannedFile,
  { href, origin }: { readonly href: string; readonly origin: string | undefined },
): string | null {
  if (origin !== undefined && collection !== null) {
    const inside = safePath(origin);
    return inside === null ? null : `${collection}/${inside}`;
  }
  const place = joinPath(folderOf(page), href.replace(/[?#].*$/su, ""));
  return place === null ? null : safePath(place);
}
