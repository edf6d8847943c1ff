/** A job of the engine and, once it is done, its report. */
import type { z } from "zod";
import { useAsk } from "./api.ts";
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
  if (job.state === "cancelled") {
    return { state: "cancelled", report: result.data === null ? null : schema.parse(result.data) };
  }
  // A report that does not fit its schema is a bug, and must not pass for work that goes on.
  return result.data === null
    ? { state: "running", job }
    : { state: "done", report: schema.parse(result.data) };
}
