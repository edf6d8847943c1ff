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
import { JobCancelled, type JobControl, type JobRunner } from "../jobs/job-runner.ts";
import { isOwnTurn } from "./election.ts";
import { exportHandbook, type ExportDependencies } from "./export-handbook.ts";
import { changeHandbookSetting, readHandbookSetting } from "./handbook-setting.ts";
import { countPublished } from "./published.ts";
import { requireHandbook } from "./site-folder.ts";

export type HandbookDependencies = ExportDependencies & {
  readonly databases: Pick<Databases, "read" | "local" | "snapshot" | "version">;
  readonly jobs: JobRunner;
  readonly logger: Logger;
  readonly now: () => number;
  /** The absolute path of a folder that somebody chose. Fails with `no_folder`. */
  readonly folderOf: (selection: string) => string;
  /** Every device that wrote or read something in the last seven days; only this one where nothing is shared. */
  readonly activeDevices: () => readonly DeviceId[];
  readonly ownDevice: () => DeviceId | undefined;
};

export type Handbook = {
  readonly handlers: GroupHandlers<typeof contract>;
  /** Brings the handbook in a folder up to date; reads much and writes nothing where it is. */
  readonly refreshHandbook: (folder: string) => Promise<HandbookReport>;
  /** Begins to keep the last export up to date, where the person asked for that. */
  readonly start: () => void;
  /** Resolves when no refresh is at work. */
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** How often it is seen whether something changed. */
const lookEvery = 10 * 60_000;

/** Builds the area. */
export function createHandbook(deps: HandbookDependencies): Handbook {
  const { databases, jobs, logger, now } = deps;
  const { local, read } = databases;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  /** The workspace of which this device knows that the handbook says it. */
  let seen: number | undefined;
  let staleSince: number | undefined;

  async function refreshHandbook(folder: string): Promise<HandbookReport> {
    await requireHandbook(folder);
    const control: JobControl = {
      report: () => undefined,
      cancelled: () => stopped,
      breathe: createBreath(),
    };
    const report = await exportHandbook(deps, { folder, control, ifChanged: true });
    changeHandbookSetting(local, { refreshedAt: now(), problem: null });
    return report;
  }

  /** A refresh that fails is tried again at the next look; the screen says why it failed. */
  async function look(): Promise<void> {
    const { automatic, folder } = readHandbookSetting(local);
    const own = deps.ownDevice();
    const version = databases.version();
    if (!automatic || folder === null || own === undefined || version === seen) return;
    staleSince ??= now();
    const turn = { own, devices: deps.activeDevices(), now: now(), since: staleSince };
    if (!isOwnTurn(turn)) return;
    try {
      const { pages, written, removed } = await refreshHandbook(folder);
      seen = version;
      staleSince = undefined;
      logger.info("handbook.refreshed", { pages, written, removed });
    } catch (error) {
      if (error instanceof JobCancelled) return;
      logger.error("handbook.refresh", error);
      const problem =
        error instanceof ExpectedFailure
          ? error.message
          : "The handbook could not be brought up to date. The log says more.";
      changeHandbookSetting(local, { problem });
    }
  }

  function next(): void {
    running = running.then(look);
  }

  return {
    handlers: {
      overview: () => overview(),
      exportHandbook: ({ selection }) => {
        const folder = selection === null ? lastFolder() : deps.folderOf(selection);
        const job = jobs.start("export", "Handbook", async (control) => {
          const report = await exportHandbook(deps, { folder, control, ifChanged: false });
          changeHandbookSetting(local, { folder, refreshedAt: now(), problem: null });
          return report;
        });
        return { job };
      },
      keepUpToDate: ({ automatic }) => {
        if (automatic) lastFolder();
        changeHandbookSetting(local, { automatic });
        if (automatic && timer !== undefined) next();
        return {};
      },
    },
    refreshHandbook,
    start: () => {
      timer ??= setInterval(next, lookEvery);
      timer.unref();
    },
    idle: () => running,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      timer = undefined;
      await running;
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

  function overview() {
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
  }
}
