/** `import PATH…` and `export FOLDER`. */
import { mkdir, stat } from "node:fs/promises";
import path from "node:path";
import {
  exportReportSchema,
  type ImportReport,
  importReportSchema,
} from "#shared/contract/transfers.ts";
import { CommandFailure, count, fileReason, type Outcome } from "./outcome.ts";
import { findByName } from "./references.ts";
import { JobStopped, type Session } from "./session.ts";
import type { Paint } from "./terminal.ts";

type ImportOptions = {
  readonly paths: readonly string[];
  readonly as: "playbook" | "lesson";
  readonly department: string | undefined;
  readonly split: "none" | "heading" | "paragraph";
  readonly dryRun: boolean;
};

/** Imports folders, files and ZIP files in one go, which one undo takes back. */
export async function importPaths(session: Session, options: ImportOptions): Promise<Outcome> {
  const { client, running, finish } = session;
  const paths = options.paths.map((given) => path.resolve(given));
  for (const given of paths) await requirePath(given);
  const department =
    options.department === undefined
      ? undefined
      : (await findByName(client, "department", options.department)).id;
  const [first = ""] = paths;
  const name = paths.length === 1 ? path.basename(first) : count(paths.length, "place");
  const selection = running.engine.offerSelection(paths, name);
  const { job } = await client.transfers.importSelection({
    selection: selection.id,
    options: {
      as: options.as,
      split: options.split,
      ...(department === undefined ? {} : { department }),
    },
    dryRun: options.dryRun,
  });
  const report = await finish(job).then(
    (result) => importReportSchema().parse(result),
    (error: unknown) => throwStopped(error),
  );
  const { found, created, updated, unchanged, duplicates } = report;
  const { skipped, failed, unresolvedLinks, missingImages, ms } = report;
  return {
    json: {
      found,
      created,
      updated,
      unchanged,
      duplicates,
      skipped,
      failed,
      unresolvedLinks: unresolvedLinks.length,
      missingImages: missingImages.length,
      ms,
      // The same two by name, for whoever mends them.
      unresolved: unresolvedLinks,
      missing: missingImages,
    },
    text: (paint) => showImport(report, paint),
  };
}

/** Says of an interrupted import what it has written: that is whole, and one undo takes it back. */
function throwStopped(error: unknown): never {
  const report = importReportSchema().safeParse(
    error instanceof JobStopped ? error.result : undefined,
  );
  if (!report.success) throw error;
  const { created, updated, found, dryRun } = report.data;
  const written = dryRun
    ? "It was a dry run, so nothing was written."
    : `Of ${count(found, "document")}, ${created} were created and ${updated} updated before that; they are whole and stay. Import the same again to bring in the rest.`;
  throw new CommandFailure("cancelled", `Stopped before the end, as you asked. ${written}`);
}

async function requirePath(given: string): Promise<void> {
  try {
    await stat(given);
  } catch {
    throw new CommandFailure(
      "not_found",
      `There is no file or folder at ${given}, so nothing was imported. Check the path.`,
    );
  }
}

/** At most this many lines of each kind are shown to a person; `--json` has them all. */
const shownLines = 20;

function showImport(report: ImportReport, paint: Paint): string {
  const verb = report.dryRun ? "would be" : "were";
  const counts = [
    `${count(report.found, "document")} found in ${(report.ms / 1000).toFixed(1)} s`,
    `  ${report.created} ${verb} created`,
    `  ${report.updated} ${verb} updated`,
    `  ${report.unchanged} unchanged`,
    `  ${report.duplicates} exact duplicates left out`,
    `  ${report.skipped.length} skipped`,
    `  ${report.failed.length} failed`,
    `  ${count(report.attachments, "attachment")}`,
  ];
  const problem = ({ path, reason }: { readonly path: string; readonly reason: string }) =>
    `  ${path}: ${reason}`;
  const target = ({ path, target }: { readonly path: string; readonly target: string }) =>
    `  ${path}: ${target}`;
  const sections = [
    section("Failed", report.failed.map(problem)),
    section("Skipped", report.skipped.map(problem)),
    section("Links that lead nowhere", report.unresolvedLinks.map(target)),
    section("Missing images", report.missingImages.map(target)),
  ];
  return [...counts, ...sections.flatMap((lines) => lines(paint))].join("\n");
}

function section(title: string, lines: readonly string[]) {
  return (paint: Paint): readonly string[] => {
    if (lines.length === 0) return [];
    const rest = lines.length - shownLines;
    const more = rest > 0 ? [`  … and ${rest} more (--json lists all)`] : [];
    return [
      "",
      paint("bold", `${title} (${lines.length})`),
      ...lines.slice(0, shownLines),
      ...more,
    ];
  };
}

/** Writes one Markdown file for each record into the folder, which is made when missing. */
export async function exportFolder(
  { client, running, finish }: Session,
  options: { readonly folder: string; readonly type: string | undefined },
): Promise<Outcome> {
  const folder = path.resolve(options.folder);
  await makeFolder(folder);
  const selection = running.engine.offerSelection([folder], path.basename(folder));
  const { job } = await client.transfers.exportRecords({
    selection: selection.id,
    ...(options.type === undefined ? {} : { type: options.type }),
  });
  const { files, attachments, skipped, ms } = exportReportSchema().parse(await finish(job));
  return {
    json: { files, attachments, skipped, ms },
    text: (paint) =>
      [
        `${count(files, "file")} and ${count(attachments, "attachment")} written to ${folder} in ${(ms / 1000).toFixed(1)} s`,
        ...section(
          "Skipped",
          skipped.map(({ path, reason }) => `  ${path}: ${reason}`),
        )(paint),
      ].join("\n"),
  };
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new CommandFailure(
      "unwritable",
      `Nothing was exported: the folder could not be made, since ${folder} ${fileReason(error)}.`,
    );
  }
}
