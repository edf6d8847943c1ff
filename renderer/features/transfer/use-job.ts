/** A job of the engine and, once it is done, its report. */
import type { z } from "zod";
import { useAsk } from "#renderer/platform/api.ts";
import type { Job } from "#shared/contract/jobs.ts";

export type FollowedJob<R> =
  | { readonly state: "running"; readonly job: Job | undefined }
  | { readonly state: "done"; readonly report: R }
  | { readonly state: "cancelled"; readonly report: R | null }
  | { readonly state: "failed"; readonly failure: string };

/** Follows the job; the schema says the shape of its report. A null id is a job about to start. */
export function useJob<S extends z.ZodType>(
  id: string | null,
  schema: S,
): FollowedJob<z.output<S>> {
  const asked = useAsk("jobs", "get", { id: id ?? "" }, { enabled: id !== null });
  const job = asked.data;
  const ended = job !== undefined && job.state !== "running";
  const result = useAsk("jobs", "result", { id: id ?? "" }, { enabled: ended });
  const failure = asked.error ?? result.error;
  if (failure !== null) return { state: "failed", failure: failure.message };
  if (job?.state === "failed") {
    return { state: "failed", failure: job.failure ?? "It stopped before it was done." };
  }
  if (!ended || result.data === undefined) return { state: "running", job };
  const report = schema.safeParse(result.data);
  if (job.state === "cancelled") {
    return { state: "cancelled", report: report.success ? report.data : null };
  }
  if (report.success) return { state: "done", report: report.data };
  // The job has ended and its report is on its way: the cache holds the answer from before.
  return { state: "running", job };
}
