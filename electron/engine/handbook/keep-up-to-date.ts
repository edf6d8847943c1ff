/**
 * Keeps the handbook of the last export up to date while Guildhall is open: it looks now and then
 * whether anything was written, and whether it is this device's turn. Failures are kept for the
 * screen and tried again at the next look.
 */
import type { DeviceId } from "#shared/domain/ids.ts";
import type { HandbookReport } from "#shared/contract/handbook.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Databases } from "../db/database.ts";
import type { Logger } from "../engine.ts";
import { JobCancelled } from "../jobs/job-runner.ts";
import { isOwnTurn } from "./election.ts";
import { changeHandbookSetting, readHandbookSetting } from "./handbook-setting.ts";

type Dependencies = {
  readonly databases: Pick<Databases, "local" | "version">;
  readonly logger: Logger;
  readonly now: () => number;
  readonly activeDevices: () => readonly DeviceId[];
  readonly ownDevice: () => DeviceId | undefined;
  readonly refresh: (folder: string) => Promise<HandbookReport>;
};

export type Keeper = {
  readonly start: () => void;
  /** Looks at once, where it was started. */
  readonly hint: () => void;
  /** Resolves when no look is at work. */
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** How often it is seen whether something changed. */
const lookEvery = 10 * 60_000;

/** Builds the keeper; nothing happens before it is started. */
export function createKeeper(deps: Dependencies): Keeper {
  const { databases, logger, now } = deps;
  const { local } = databases;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  /** The state of the workspace that the handbook is known to say. */
  let seen: number | undefined;
  let staleSince: number | undefined;

  async function look(): Promise<void> {
    const { automatic, folder } = readHandbookSetting(local);
    const own = deps.ownDevice();
    const version = databases.version();
    if (!automatic || folder === null || own === undefined || version === seen) return;
    staleSince ??= now();
    const turn = { own, devices: deps.activeDevices(), now: now(), since: staleSince };
    if (!isOwnTurn(turn)) return;
    try {
      const { pages, written, removed } = await deps.refresh(folder);
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
    // On a full disk not even the problem can be noted.
    running = running.then(look).catch((error: unknown) => logger.error("handbook.look", error));
  }

  return {
    start: () => {
      timer ??= setInterval(next, lookEvery);
      timer.unref();
    },
    hint: () => {
      if (timer !== undefined) next();
    },
    idle: () => running,
    stop: async () => {
      clearInterval(timer);
      timer = undefined;
      await running;
    },
  };
}
