/** Starting a check or a rebuild, and the sizes for the settings page. */
import { statSync } from "node:fs";
import type { contract, GuildhallEmit } from "#shared/contract/index.ts";
import type { GroupHandlers } from "#shared/rpc/define.ts";
import type { Databases } from "../db/database.ts";
import type { JobRunner } from "../jobs/job-runner.ts";
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
  readonly areaChecks: readonly AreaCheck[];
  /** The bytes of all attachments. */
  readonly attachmentBytes: () => Promise<number>;
};

type Health = {
  readonly handlers: GroupHandlers<typeof contract.health>;
  /** Starts a rebuild and answers its job's id. */
  readonly startRebuild: () => string;
};

/** The group `health`; `startRebuild` is also for an engine that finds its projections outdated. */
export function createHealth(deps: Dependencies): Health {
  const { databases, log, projections, jobs } = deps;

  function startRebuild(): string {
    return jobs.start("rebuild", "Rebuild", async (control) => {
      const records = await databases.queue.runLong((db) => projections.rebuild(db, control));
      deps.emit("records.changed", { ids: null, types: null });
      deps.emit("workspace.changed", {});
      return { records, changes: log.count(databases.read) };
    });
  }

  return {
    startRebuild,
    handlers: {
      check: () => ({
        job: jobs.start("check", "Check", async (control) => {
          const report = await checkHealth(deps, control);
          if (report.ok) markLog(databases);
          return report;
        }),
      }),
      rebuild: () => ({ job: startRebuild() }),
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

/** A file with its write-ahead log. */
function bytesOf(file: string): number {
  const parts = [file, `${file}-wal`].map((path) => statSync(path, { throwIfNoEntry: false }));
  return parts.reduce((sum, part) => sum + (part?.size ?? 0), 0);
}
