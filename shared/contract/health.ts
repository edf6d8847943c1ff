/** Whether what is stored is whole, and how to mend what can be rebuilt. */
import { z } from "zod";
import { command, lazily, query } from "#shared/rpc/define.ts";

/** The result of a check: `ok` only when there are no problems. */
export const checkReportSchema = lazily(() =>
  z.object({
    changes: z.number().int(),
    records: z.number().int(),
    ok: z.boolean(),
    problems: z.array(z.string()),
  }),
);
export type CheckReport = z.infer<ReturnType<typeof checkReportSchema>>;

export const health = {
  /** Starts a job: verifies hash chain, signatures, database integrity, and that a rebuild agrees. */
  check: command(
    () => z.strictObject({}),
    () => z.object({ job: z.string() }),
  ),
  /** Starts a job: drops every projection and folds it from the log again. */
  rebuild: command(
    () => z.strictObject({}),
    () => z.object({ job: z.string() }),
  ),
  /** Sizes for the settings page. */
  about: query(
    () => z.strictObject({}),
    () =>
      z.object({
        version: z.string(),
        changes: z.number().int(),
        records: z.number().int(),
        databaseBytes: z.number().int(),
        attachmentBytes: z.number().int(),
      }),
  ),
};
