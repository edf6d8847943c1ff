/** The contract's view of the running and finished jobs. */
import type { contract } from "#shared/contract/index.ts";
import type { GroupHandlers } from "#shared/rpc/define.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { JobRunner } from "./job-runner.ts";

/** Handlers of the group `jobs`. Unknown ids fail with `not_found`. */
export function createJobHandlers(jobs: JobRunner): GroupHandlers<typeof contract.jobs> {
  return {
    list: () => [...jobs.list()],
    get: ({ id }) => {
      const job = jobs.get(id);
      if (job !== undefined) return job;
      throw new ExpectedFailure(
        "not_found",
        "There is no such job any more. Jobs are kept until Guildhall is closed; start it again if you need its report.",
      );
    },
    result: ({ id }) => jobs.result(id),
    cancel: ({ id }) => {
      jobs.cancel(id);
      return {};
    },
  };
}
