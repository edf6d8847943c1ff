/** Exports: one Markdown file a record, in the folders it came from, into a folder or a ZIP file. */
import path from "node:path";
import type Sqlite from "better-sqlite3";
import type { ExportReport } from "#shared/contract/transfers.ts";
import { type IdSource, newRecordId } from "#shared/domain/ids.ts";
import type { AttachmentFiles } from "../../attachments/attachment-files.ts";
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import type { JobControl } from "../../jobs/job-runner.ts";
import type { ChangeLog } from "../../log/change-log.ts";
import type { RecordStore } from "../../records/record-store.ts";
import { createFolderTarget } from "./folder-target.ts";
import { planExport, type PlannedFile } from "./plan-export.ts";
import type { ExportRun } from "./write-page.ts";
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

/** Builds the exports; files to download are forgotten with the process. */
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
      folder === null ? await createZipTarget(zip) : await createFolderTarget(folder, deps.local);
    const titles = new Map<string, string | undefined>();
    const titleOf = (record: string) => {
      if (!titles.has(record)) titles.set(record, titleById(db).get(record)?.title);
      return titles.get(record);
    };
    const report: ExportRun["report"] = { files: 0, attachments: 0, skipped: [], notes: [] };
    const source = { db, log, titleOf };
    const call: ExportRun = { db, store, files, target, report, source, written: new Set() };
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

  async function writeAll(call: ExportRun, plan: readonly PlannedFile[], control: JobControl) {
    const { writePage } = await import("./write-page.ts");
    for (const [index, planned] of plan.entries()) {
      if (control.cancelled()) return;
      await control.breathe();
      control.report({ done: index, total: plan.length, step: "Writing files" });
      await writePage(call, planned);
    }
    control.report({ done: plan.length, total: plan.length, step: "Finishing" });
  }

  return {
    run,
    downloadPath: (id) => downloads.get(id),
  };
}
