/** Handbooks exported from a test engine, and what is in their files. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type HandbookReport, handbookReportSchema } from "#shared/contract/handbook.ts";
import type { TestEngine } from "./test-engine.ts";

/** Exports into the folder; rejects with the sentence that a person would read. */
export async function exportHandbook(app: TestEngine, folder: string): Promise<HandbookReport> {
  const selection = app.engine.offerSelection([folder], path.basename(folder));
  const started = await app.client.handbook.exportHandbook({ selection: selection.id });
  const job = await app.ended(started);
  if (job.failure !== null) throw new Error(job.failure);
  return handbookReportSchema().parse(await app.client.jobs.result({ id: started.job }));
}

/** Every file below the folder: its path with `/`, and its bytes. */
export function filesBelow(folder: string): ReadonlyMap<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(
    files
      .toSorted()
      .map((file) => [path.relative(folder, file).split(path.sep).join("/"), readFileSync(file)]),
  );
}
