/** Imports and exports in a test engine, waited for. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  type ExportReport,
  exportReportSchema,
  type ImportReport,
  importReportSchema,
} from "#shared/contract/transfers.ts";
import type { TestEngine } from "./test-engine.ts";

type Options = Parameters<TestEngine["client"]["transfers"]["importSelection"]>[0]["options"] & {
  readonly dryRun?: boolean;
};

/** Imports the paths and answers the report; fails unless the job ended well and the counts add up. */
export async function importPaths(
  app: TestEngine,
  paths: readonly string[],
  { dryRun = false, ...options }: Options = {},
): Promise<ImportReport> {
  const selection = app.engine.offerSelection(paths, path.basename(paths[0] ?? ""));
  return importSelection(app, selection.id, { dryRun, ...options });
}

export async function importSelection(
  app: TestEngine,
  selection: string,
  { dryRun = false, ...options }: Options = {},
): Promise<ImportReport> {
  const started = await app.client.transfers.importSelection({ selection, options, dryRun });
  const job = await app.ended(started);
  if (job.failure !== null) throw new Error(job.failure);
  const report = importReportSchema().parse(await app.client.jobs.result({ id: started.job }));
  const { found, created, updated, unchanged, duplicates, skipped, failed } = report;
  const sum = created + updated + unchanged + duplicates + skipped.length + failed.length;
  if (sum !== found) throw new Error(`${found} files were found and ${sum} were told of`);
  return report;
}

/** Exports everything into the folder. */
export async function exportTo(
  app: TestEngine,
  folder: string,
  type?: string,
): Promise<ExportReport> {
  const selection = app.engine.offerSelection([folder], "export");
  const input = { selection: selection.id, ...(type === undefined ? {} : { type }) };
  const started = await app.client.transfers.exportRecords(input);
  const job = await app.ended(started);
  if (job.failure !== null) throw new Error(job.failure);
  return exportReportSchema().parse(await app.client.jobs.result({ id: started.job }));
}

/** Every file below the folder: content by path with `/` between its parts. */
export function readTree(folder: string): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const place = path.join(entry.parentPath, entry.name);
    found.set(path.relative(folder, place).split(path.sep).join("/"), readFileSync(place));
  }
  return found;
}
