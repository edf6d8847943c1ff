/** A job's control for work that a test runs without a job. */
import type { JobControl } from "#engine/jobs/job-runner.ts";

/** Never cancelled; keeps no progress. */
export const idleControl: JobControl = {
  report: () => {},
  cancelled: () => false,
  breathe: async () => {},
};
