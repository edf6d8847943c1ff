/** `export-handbook FOLDER`. */
import path from "node:path";
import { handbookReportSchema } from "#shared/contract/handbook.ts";
import { count, type Outcome } from "./outcome.ts";
import type { Session } from "./session.ts";

/** Writes the published playbooks and lessons as a site; an earlier handbook is brought up to date. */
export async function exportHandbook(
  { client, running, finish }: Session,
  options: { readonly folder: string },
): Promise<Outcome> {
  const folder = path.resolve(options.folder);
  const selection = running.engine.offerSelection([folder], path.basename(folder));
  const { job } = await client.handbook.exportHandbook({ selection: selection.id });
  const report = handbookReportSchema().parse(await finish(job));
  const { pages, written, unchanged, removed, skipped, ms } = report;
  return {
    json: { pages, written, unchanged, removed, skipped, ms },
    text: () =>
      [
        `${count(pages, "page")} in ${folder}, in ${(ms / 1000).toFixed(1)} s`,
        `  ${count(written, "file")} written, ${unchanged.toLocaleString("en")} unchanged, ${removed.toLocaleString("en")} removed`,
        ...skipped.map(({ path: name, reason }) => `  left out: ${name}: ${reason}`),
        `Open ${path.join(folder, "index.html")} in a browser.`,
      ].join("\n"),
  };
}
