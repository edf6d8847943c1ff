/** Starting a check or a rebuild, and the sizes for the settings page. */
import { statSync } from "node:fs";
import type { contract, GuildhallEmit } from "#shared/contract/index.ts";
import type { Job } from "#shared/contract/jobs.ts";
import type { GroupHandlers } from "#shared/rpc/define.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Databases } from "../db/database.ts";
import { isStorageError } from "../db/storage-failure.ts";
import type { Logger } from "../engine.ts";
import { JobCancelled, type JobControl, type JobRunner } from "../jobs/job-runner.ts";
import type { ChangeLog } from "../log/change-log.ts";
import type { Projections } from "../projections/projections.ts";
import { markLog } from "../workspace/resume-workspace.ts";
import { type AreaCheck, checkHealth, countRecords } from "./health-check.ts";

type Dependencies = {
  readonly databases: Databases;
  readonly log: ChangeLog;
  readonly projections: Projections;
  readonly jobs: JobRunner;
  readonly emit: GuildhallEmit;
  readonly version: string;
  readonly logger: Logger;
  readonly areaChecks: readonly AreaCheck[];
  /** The bytes of all attachments. */
  readonly attachmentBytes: () => Promise<number>;
};

type Health = {
  readonly handlers: GroupHandlers<typeof contract.health>;
  /**
   * Fills what this version keeps in another way than the one before, as jobs that a window shows: what
   * calls wait for at once, then what may lag. Resolves with the last job, or the one that failed.
   */
  readonly bringUpToDate: () => Promise<Job>;
};

/** The group `health`; `bringUpToDate` is for an engine that finds its projections outdated. */
export function createHealth(deps: Dependencies): Health {
  const { databases, log, projections, jobs } = deps;
  const { read, queue } = databases;

  function filled(): void {
    deps.emit("records.changed", { ids: null, types: null });
    deps.emit("workspace.changed", {});
  }

  return {
    bringUpToDate: async () => {
      if (!projections.mayOpen(read)) {
        const refill = jobs.start("rebuild", "Update", async (control) => {
          await patiently(deps, control, () =>
            queue.runLong((db) => projections.refill(db, control)),
          );
          filled();
          return {};
        });
        const ended = await jobs.ended(refill);
        if (ended.state !== "done" || projections.areCurrent(read)) return ended;
      }
      const fill = jobs.start("rebuild", "Search", async (control) => {
        await patiently(deps, control, () => projections.fill(databases, control));
        filled();
        return {};
      });
      return jobs.ended(fill);
    },
    handlers: {
      check: () => ({
        job: jobs.start("check", "Check", async (control) => {
          const report = await checkHealth(deps, control);
          if (report.ok) markLog(databases);
          return report;
        }),
      }),
      rebuild: () => ({
        job: jobs.start("rebuild", "Rebuild", async (control) => {
          const rebuild = () => queue.runLong((db) => projections.rebuild(db, control));
          const records = await patiently(deps, control, rebuild);
          filled();
          return { records, changes: log.count(read) };
        }),
      }),
      about: async () => ({
        version: deps.version,
        changes: log.count(databases.read),
        records: countRecords(databases.read),
        databaseBytes: bytesOf(databases.files.workspace) + bytesOf(databases.files.local),
        attachmentBytes: await deps.attachmentBytes(),
      }),
    },
  };
}

/**
 * Waits for another program's long work for as long as nobody cancels: nothing else can be done. What
 * fails then is neither the disk nor another program, but something that was written.
 */
async function patiently<T>(
  { logger }: Pick<Dependencies, "logger">,
  control: JobControl,
  work: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof JobCancelled || isStorageError(error)) throw error;
      if (!(error instanceof ExpectedFailure)) {
        logger.error("health.rebuild", error);
        throw unfoldable();
      }
      if (error.code !== "busy") throw error;
      if (control.cancelled()) throw new JobCancelled();
      control.report({ done: 0, total: null, step: "Waiting for another Guildhall program" });
    }
  }
}

function unfoldable(): ExpectedFailure {
  return new ExpectedFailure(
    "unfoldable",
    "Something in the log of this workspace cannot be read, so lists and search cannot be made anew from it; nothing was changed, and nothing that was written is lost. Check the workspace to see what is damaged, and put a backup in its place.",
  );
}

/** A file with its write-ahead log. */
function bytesOf(file: string): number {
  const parts = [file, `${file}-wal`].map((path) => statSync(path, { throwIfNoEntry: false }));
  return parts.reduce((sum, part) => sum + (part?.size ?? 0), 0);
}
