/** Runs long work in the engine's own process, in slices; see job-runner.ts. */
import type { GuildhallEmit } from "#shared/contract/index.ts";
import type { Job } from "#shared/contract/jobs.ts";
import { type IdSource, newRecordId } from "#shared/domain/ids.ts";
import type { Json } from "#shared/domain/json.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Logger } from "../engine.ts";
import { asExpectedFailure, isStorageError } from "../db/storage-failure.ts";
import { createBreath } from "./breath.ts";
import { JobCancelled, type JobControl, type JobRunner } from "./job-runner.ts";

type Dependencies = {
  readonly clock: IdSource;
  readonly emit: GuildhallEmit;
  readonly logger: Logger;
};

type Entry = {
  job: Job;
  result: Json | null;
  cancelled: boolean;
  announcedAt: number;
  readonly ended: PromiseWithResolvers<Job>;
};

/** At most ten announcements a second for each job. */
const announceEvery = 100;
/** Finished jobs that stay readable; older ones make room. */
const keptJobs = 200;

/** Builds the runner. Jobs run side by side; what they write is queued by the databases. */
export function createJobRunner(deps: Dependencies): JobRunner {
  const entries = new Map<string, Entry>();
  let closed = false;

  function announce(entry: Entry): void {
    entry.announcedAt = deps.clock.now();
    deps.emit("job.progress", entry.job);
  }

  function controlOf(entry: Entry): JobControl {
    return {
      report: (progress) => {
        entry.job = { ...entry.job, ...progress };
        if (deps.clock.now() - entry.announcedAt >= announceEvery) announce(entry);
      },
      cancelled: () => entry.cancelled,
      breathe: createBreath(),
    };
  }

  async function run(entry: Entry, work: (control: JobControl) => Promise<Json>): Promise<void> {
    try {
      entry.result = await work(controlOf(entry));
      entry.job = { ...entry.job, state: entry.cancelled ? "cancelled" : "done" };
    } catch (error) {
      entry.job = { ...entry.job, ...endOf(error) };
      if (entry.job.state === "failed") deps.logger.error(`job.${entry.job.kind}`, error);
    }
    announce(entry);
    forgetOldest(entries);
    entry.ended.resolve(entry.job);
  }

  function find(id: string): Entry {
    const entry = entries.get(id);
    if (entry !== undefined) return entry;
    throw new ExpectedFailure(
      "not_found",
      "There is no such job any more. Jobs are kept until Guildhall is closed, and then only the newest; start it again if you need its report.",
    );
  }

  return {
    start: (kind, label, work) => {
      if (closed)
        throw new ExpectedFailure("closing", "Guildhall is closing, so nothing was started.");
      const id = newRecordId(deps.clock);
      const progress = { done: 0, total: null, step: "" };
      const job: Job = { id, kind, label, state: "running", failure: null, ...progress };
      const ended = Promise.withResolvers<Job>();
      const entry: Entry = { job, result: null, cancelled: false, announcedAt: 0, ended };
      entries.set(id, entry);
      announce(entry);
      void run(entry, work);
      return id;
    },
    get: (id) => entries.get(id)?.job,
    list: () => [...entries.values()].map((entry) => entry.job).toReversed(),
    result: (id) => find(id).result,
    cancel: (id) => {
      find(id).cancelled = true;
    },
    ended: (id) => find(id).ended.promise,
    close: async () => {
      closed = true;
      for (const entry of entries.values()) entry.cancelled = true;
      await Promise.all([...entries.values()].map((entry) => entry.ended.promise));
    },
  };
}

function forgetOldest(entries: Map<string, Entry>): void {
  if (entries.size <= keptJobs) return;
  for (const [id, entry] of entries) {
    if (entry.job.state === "running") continue;
    entries.delete(id);
    return;
  }
}

function endOf(thrown: unknown): Pick<Job, "state" | "failure"> {
  if (thrown instanceof JobCancelled) return { state: "cancelled", failure: null };
  const error = isStorageError(thrown) ? asExpectedFailure(thrown) : thrown;
  const failure =
    error instanceof ExpectedFailure
      ? error.message
      : "Something went wrong inside Guildhall and the work stopped. The log has the details; what was saved before is safe.";
  return { state: "failed", failure };
}
