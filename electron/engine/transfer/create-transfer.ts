/**
 * Import and export: brings folders of Markdown in, and writes them back as they were. Sources are
 * read in `source`, turned into records in `import`, and put together again in `export`.
 */
import path from "node:path";
import { z } from "zod";
import {
  type ImportReport,
  importOptionsSchema,
  importReportSchema,
  type Selection,
  type transfers,
} from "#shared/contract/transfers.ts";
import { type IdSource, recordIdSchema } from "#shared/domain/ids.ts";
import type { GroupHandlers } from "#shared/rpc/define.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { AttachmentFiles } from "../attachments/attachment-files.ts";
import type { Databases } from "../db/database.ts";
import type { Logger } from "../engine.ts";
import { statement } from "../db/statement.ts";
import type { JobControl, JobRunner } from "../jobs/job-runner.ts";
import type { ChangeLog } from "../log/change-log.ts";
import type { RecordStore } from "../records/record-store.ts";
import { collectionOf, rememberCollection } from "./collections.ts";
import { createExports } from "./export/create-exports.ts";
import { runImport } from "./import/run-import.ts";
import { isUndone } from "./import/undone.ts";
import { createSelections } from "./selections.ts";
import { openStaging } from "./staging.ts";
import { type OpenedSource, openSources } from "./source/open-sources.ts";

type Dependencies = {
  readonly profile: string;
  /** The folder with the sample workspace's Markdown. */
  readonly sampleFolder: string;
  readonly databases: Pick<Databases, "read" | "local">;
  readonly log: ChangeLog;
  readonly store: RecordStore;
  readonly jobs: JobRunner;
  readonly files: AttachmentFiles;
  readonly clock: IdSource;
  readonly logger: Logger;
};

export type Transfer = {
  readonly handlers: GroupHandlers<typeof transfers>;
  readonly offerSelection: (paths: readonly string[], name: string) => Selection;
  readonly downloadPath: (id: string) => string | undefined;
  /** Fills the workspace with the sample; resolves when it is in. */
  readonly loadSample: () => Promise<void>;
};

const saveRun = statement<[action: string, at: number, name: string, report: string]>(
  "INSERT INTO import_run (action, at, name, report) VALUES (?, ?, ?, ?)",
);
const listRuns = statement<[]>(
  "SELECT action, at, name, report FROM import_run ORDER BY at DESC, action DESC LIMIT 50",
);
const runSchema = z.object({
  action: recordIdSchema,
  at: z.number(),
  name: z.string(),
  report: z.string(),
});

/** Builds the transfers of a profile; what an earlier engine staged is thrown away. */
export function createTransfer(deps: Dependencies): Transfer {
  const { databases, jobs, clock } = deps;
  const { read: db, local } = databases;
  const staging = openStaging(path.join(deps.profile, "staging"));
  const selections = createSelections(staging, clock);
  const exports = createExports({ ...deps, db, local, staging });

  /** The disk that an import filled takes no note of it either; the report is what counts then. */
  function note(write: () => unknown): void {
    try {
      write();
    } catch (error) {
      deps.logger.error("import.note", error);
    }
  }

  type Options = z.output<typeof importOptionsSchema>;
  type Call = { readonly options: Options; readonly dryRun: boolean; readonly control: JobControl };

  async function importFrom(sources: readonly OpenedSource[], call: Call): Promise<ImportReport> {
    const named = [];
    for (const source of sources) {
      named.push({ source, ...(await collectionOf({ db, local }, source)) });
    }
    const report = await runImport(
      { db, log: deps.log, store: deps.store, files: deps.files },
      { ...call, sources: named.map(({ source, ...found }) => ({ ...source, ...found })) },
    );
    if (report.action !== null || (!call.dryRun && report.unchanged > 0)) {
      for (const { source, collection } of named) {
        note(() => rememberCollection(local, source, collection));
      }
    }
    return report;
  }

  async function importSelection(id: string, call: Call): Promise<ImportReport> {
    await using opened = new AsyncDisposableStack();
    call.control.report({ done: 0, total: null, step: "Looking at files" });
    const sources = await selections.open(id, call.control.breathe);
    for (const source of sources) opened.use(source);
    const report = await importFrom(sources, call);
    if (report.action !== null) {
      const row = [report.action, clock.now(), selections.nameOf(id)] as const;
      note(() => saveRun(local).run(...row, JSON.stringify(report)));
    }
    return report;
  }

  async function loadSample(): Promise<void> {
    const options = importOptionsSchema.parse({});
    const job = jobs.start("sample", "Sample workspace", async (control) => {
      const sources = await openSources([deps.sampleFolder], control.breathe);
      // The files at the top say what the folder is; records lie in folders of their types.
      const inFolders = sources.map((source) =>
        Object.assign(source, { files: source.files.filter((file) => file.path.includes("/")) }),
      );
      return importFrom(inFolders, { options, dryRun: false, control });
    });
    const { state, failure } = await jobs.ended(job);
    if (state === "done") return;
    throw new ExpectedFailure("sample", failure ?? "The sample was not loaded.");
  }

  return {
    handlers: {
      beginUpload: ({ name }) => selections.begin(name),
      upload: async ({ selection, path: file, bytes }) => {
        await selections.append({ selection, path: file, bytes: Buffer.from(bytes, "base64") });
        return {};
      },
      uploadRefused: (refusal) => {
        selections.refuse(refusal);
        return {};
      },
      dropSelection: ({ selection }) => {
        selections.drop(selection);
        return {};
      },
      importSelection: ({ selection, options, dryRun }) => {
        const name = selections.nameOf(selection);
        const kind = dryRun ? "dry_run" : "import";
        return {
          job: jobs.start(kind, name, (control) =>
            importSelection(selection, { options, dryRun, control }),
          ),
        };
      },
      imports: () =>
        listRuns(local)
          .all()
          .map((row) => runSchema.parse(row))
          .map(({ action, at, name, report }) => ({
            id: action,
            at: new Date(at).toISOString(),
            name,
            report: importReportSchema.parse(JSON.parse(report)),
            undone: isUndone(db, action),
          })),
      exportRecords: ({ selection, type }) => {
        const folder = selection === undefined ? null : selections.folderOf(selection);
        const call = { folder, type };
        const label = type ?? "Everything";
        return { job: jobs.start("export", label, (control) => exports.run(call, control)) };
      },
    },
    offerSelection: selections.offer,
    downloadPath: exports.downloadPath,
    loadSample,
  };
}
