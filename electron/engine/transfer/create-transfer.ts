/**
 * Import and export: brings folders of Markdown in, and writes them back as they were. Sources are
 * read in `source`, turned into records in `import`, and put together again in `export`.
 */
import { rm } from "node:fs/promises";
import path from "node:path";
import type { Selection } from "#shared/contract/selection.ts";
import type { transfers } from "#shared/contract/transfers.ts";
import type { GroupHandlers } from "#shared/rpc/define.ts";
import { createImporter } from "./create-importer.ts";
import { createExports } from "./export/create-exports.ts";
import { createSelections } from "./selections.ts";
import { openStaging } from "./staging.ts";
import type { TransferDependencies } from "./transfer-dependencies.ts";

export type Transfer = {
  readonly handlers: GroupHandlers<typeof transfers>;
  readonly offerSelection: (paths: readonly string[], name: string) => Selection;
  readonly downloadPath: (id: string) => string | undefined;
  /** The absolute path of a folder that somebody chose. Fails with `no_folder`. */
  readonly folderOf: (selection: string) => string;
  /** Fills the workspace with the sample; resolves when it is in. */
  readonly loadSample: () => Promise<void>;
  /** Throws away what was staged: the next start need not. */
  readonly close: () => Promise<void>;
};

/** Builds the transfers of a profile; what an earlier engine staged is thrown away. */
export function createTransfer(deps: TransferDependencies): Transfer {
  const { databases, jobs, clock } = deps;
  const staging = openStaging(path.join(deps.profile, "staging"));
  const selections = createSelections(staging, clock);
  const exports = createExports({ ...deps, db: databases.read, local: databases.local, staging });

  const importer = createImporter(deps, selections);

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
            importer.importSelection(selection, { options, dryRun, control }),
          ),
        };
      },
      imports: () => importer.imports(),
      exportRecords: ({ selection, type }) => {
        const folder = selection === undefined ? null : selections.folderOf(selection);
        const call = { folder, type };
        const label = type ?? "Everything";
        return { job: jobs.start("export", label, (control) => exports.run(call, control)) };
      },
    },
    offerSelection: selections.offer,
    downloadPath: exports.downloadPath,
    folderOf: selections.folderOf,
    loadSample: importer.loadSample,
    close: () => rm(staging, { recursive: true, force: true }),
  };
}
