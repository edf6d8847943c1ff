/** Long work: it reports progress, can be cancelled, and its result stays readable. */
import { z } from "zod";
import { jsonSchema } from "#shared/domain/json.ts";
import { command, lazily, query } from "#shared/rpc/define.ts";

export const jobSchema = lazily(() =>
  z.object({
    id: z.string(),
    kind: z.enum(["import", "dry_run", "export", "rebuild", "check", "sample"]),
    /** What it works on, for a person. */
    label: z.string(),
    state: z.enum(["running", "done", "failed", "cancelled"]),
    done: z.number().int(),
    /** Null while the amount of work is not known. */
    total: z.number().int().nullable(),
    /** What it is doing now, in two or three words. */
    step: z.string(),
    /** Why it failed, as a sentence. */
    failure: z.string().nullable(),
  }),
);
export type Job = z.infer<ReturnType<typeof jobSchema>>;

export const jobs = {
  list: query(
    () => z.strictObject({}),
    () => z.array(jobSchema()),
  ),
  get: query(() => z.strictObject({ id: z.string() }), jobSchema),
  /** The report of a finished job; null while it runs. The job's starter says its shape. */
  result: query(
    () => z.strictObject({ id: z.string() }),
    () => jsonSchema.nullable(),
  ),
  cancel: command(
    () => z.strictObject({ id: z.string() }),
    () => z.object({}),
  ),
};
