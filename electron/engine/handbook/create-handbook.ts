/**
 * The handbook as one area: exports on demand, and the refresh of the last export by the device
 * whose turn it is. It reads the workspace and writes into a folder that somebody chose; it changes
 * no record.
 */
import path from "node:path";
import type { handbook as contract, HandbookReport } from "#shared/contract/handbook.ts";
import type { DeviceId } from "#shared/domain/ids.ts";
import type { GroupHandlers } from "#shared/rpc/define.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Databases } from "../db/database.ts";
import type { Logger } from "../engine.ts";
import { createBreath } from "../jobs/breath.ts";
import type { JobControl, JobRunner } from "../jobs/job-runner.ts";
import type { ExportDependencies } from "./export-handbook.ts";
import { changeHandbookSetting, readHandbookSetting } from "./handbook-setting.ts";
import { createKeeper } from "./keep-up-to-date.ts";
import { countPublished } from "./published.ts";
import { requireHandbook } from "./site-folder.ts";

export type HandbookDependencies = ExportDependencies & {
  readonly databases: Pick<Databases, "read" | "local" | "snapshot" | "version">;
  readonly jobs: JobRunner;
  readonly logger: Logger;
  readonly now: () => number;
  /** The absolute path of a folder that somebody chose. Fails with `no_folder`. */
  readonly folderOf: (selection: string) => string;
  /** The other devices that were at work in the last seven days; none where nothing is shared. */
  readonly activeDevices: () => readonly DeviceId[];
  readonly ownDevice: () => DeviceId | undefined;
};

export type Handbook = {
  readonly handlers: GroupHandlers<typeof contract>;
  /** Brings the handbook in a folder up to date; writes nothing where it is. Fails with `gone`. */
  readonly refreshHandbook: (folder: string) => Promise<HandbookReport>;
  /** Begins to keep the last export up to date, where the person asked for that. */
  readonly start: () => void;
  /** Resolves when no refresh is at work. */
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** What renders pages is nearly half of the engine's code, and no start of it waits for that. */
function loadExport() {
  return import("./export-handbook.ts");
}

/** Builds the area. */
export function createHandbook(deps: HandbookDependencies): Handbook {
  const { jobs, now } = deps;
  const { local, read } = deps.databases;
  let stopped = false;
  const keeper = createKeeper({ ...deps, refresh: refreshHandbook });

  async function refreshHandbook(folder: string): Promise<HandbookReport> {
    await requireHandbook(folder);
    const control: JobControl = {
      report: () => undefined,
      cancelled: () => stopped,
      breathe: createBreath(),
    };
    const { exportHandbook } = await loadExport();
    const report = await exportHandbook(deps, { folder, control, ifChanged: true });
    changeHandbookSetting(local, { refreshedAt: now(), problem: null });
    return report;
  }

  return {
    handlers: {
      overview: () => {
        const { pages, leftOut } = countPublished(read);
        const { folder, automatic, refreshedAt, problem } = readHandbookSetting(local);
        return {
          playbooks: pages.playbook,
          lessons: pages.lesson,
          leftOut: [...leftOut],
          folder: folder === null ? null : path.basename(folder),
          automatic,
          refreshedAt: refreshedAt === null ? null : new Date(refreshedAt).toISOString(),
          problem,
        };
      },
      exportHandbook: ({ selection }) => {
        const folder = selection === null ? lastFolder() : deps.folderOf(selection);
        const job = jobs.start("export", "Handbook", async (control) => {
          const { exportHandbook } = await loadExport();
          const report = await exportHandbook(deps, { folder, control, ifChanged: false });
          changeHandbookSetting(local, { folder, refreshedAt: now(), problem: null });
          return report;
        });
        return { job };
      },
      keepUpToDate: ({ automatic }) => {
        if (automatic) lastFolder();
        changeHandbookSetting(local, { automatic });
        if (automatic) keeper.hint();
        return {};
      },
    },
    refreshHandbook,
    start: keeper.start,
    idle: keeper.idle,
    stop: async () => {
      stopped = true;
      await keeper.stop();
    },
  };

  function lastFolder(): string {
    const { folder } = readHandbookSetting(local);
    if (folder !== null) return folder;
    throw new ExpectedFailure(
      "no_folder",
      "No handbook was exported from here yet, so there is no folder to go on with. Export it once.",
    );
  }
}
