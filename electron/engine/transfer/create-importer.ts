/** Imports as jobs run them: which collection each source is, what is remembered, and the sample. */
import { z } from "zod";
import {
  type ImportReport,
  importOptionsSchema,
  importReportSchema,
  type transfers,
} from "#shared/contract/transfers.ts";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { statement } from "../db/statement.ts";
import type { JobControl } from "../jobs/job-runner.ts";
import { collectionOf, rememberCollection } from "./collections.ts";
import type { TransferDependencies } from "./transfer-dependencies.ts";
import { undoneImport } from "./import/undone.ts";
import type { Selections } from "./selections.ts";
import { type OpenedSource, openSources } from "./source/open-sources.ts";

type Call = {
  readonly options: z.output<ReturnType<typeof importOptionsSchema>>;
  readonly dryRun: boolean;
  readonly control: JobControl;
};

export type Importer = {
  readonly importSelection: (id: string, call: Call) => Promise<ImportReport>;
  readonly loadSample: () => Promise<void>;
  /** Earlier imports, newest first. */
  readonly imports: () => z.input<typeof transfers.imports.output>;
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

/** Builds the importer over the profile. */
export function createImporter(deps: TransferDependencies, selections: Selections): Importer {
  const { databases, jobs, clock } = deps;
  const { read: db, local } = databases;

  /** The disk that an import filled takes no note of it either; the report is what counts then. */
  function note(write: () => unknown): void {
    try {
      write();
    } catch (error) {
      deps.logger.error("import.note", error);
    }
  }

  async function importFrom(sources: readonly OpenedSource[], call: Call): Promise<ImportReport> {
    const named = [];
    const taken = new Set<string>();
    for (const source of sources) {
      const found = await collectionOf({ db, local }, source, taken);
      taken.add(found.collection);
      named.push({ source, ...found });
    }
    // With what reads YAML and ZIP files, which no start of the engine waits for.
    const { runImport } = await import("./import/run-import.ts");
    const report = await runImport(
      { db, local, log: deps.log, store: deps.store, files: deps.files },
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
    const options = importOptionsSchema().parse({});
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
    importSelection,
    loadSample,
    imports: () =>
      listRuns(local)
        .all()
        .map((row) => runSchema.parse(row))
        .map(({ action, at, name, report }) => {
          const undo = undoneImport({ db, local }, action);
          return {
            id: action,
            at: new Date(at).toISOString(),
            name,
            report: importReportSchema().parse(JSON.parse(report)),
            undone: undo !== undefined,
            kept: undo?.kept ?? 0,
          };
        }),
  };
}
