/** The handbook: published playbooks and lessons as pages that any browser opens. */
import { z } from "zod";
import { command, lazily, query } from "#shared/rpc/define.ts";

export const handbookReportSchema = lazily(() =>
  z.object({
    /** Playbooks and lessons that have a page. */
    pages: z.number().int(),
    /** Files that were written because they are new or say something else than before. */
    written: z.number().int(),
    unchanged: z.number().int(),
    /** Files of earlier exports that are no part of it any more. */
    removed: z.number().int(),
    skipped: z.array(z.object({ path: z.string(), reason: z.string() })),
    ms: z.number(),
  }),
);
export type HandbookReport = z.infer<ReturnType<typeof handbookReportSchema>>;

const pageTypeSchema = lazily(() => z.enum(["playbook", "lesson"]));

export const handbook = {
  /** What an export would hold, what it leaves out and why, and how it is kept up to date. */
  overview: query(
    () => z.strictObject({}),
    () =>
      z.object({
        playbooks: z.number().int(),
        lessons: z.number().int(),
        leftOut: z.array(
          z.object({
            type: pageTypeSchema(),
            /** Null for what is in the trash. */
            status: z.string().nullable(),
            /** `status`: not published; `restricted`: not for everybody; `removed`: in the trash. */
            reason: z.enum(["status", "restricted", "disputed", "removed"]),
            count: z.number().int(),
          }),
        ),
        /** The folder of the last export, by its name alone; null before the first one. */
        folder: z.string().nullable(),
        /** Whether this device keeps it up to date by itself. */
        automatic: z.boolean(),
        /** When it was last found or made up to date from here. */
        refreshedAt: z.iso.datetime().nullable(),
        /** Why the last refresh did not go through, as a sentence; null when it did. */
        problem: z.string().nullable(),
      }),
  ),
  /** Starts a job whose result is a handbook report. `selection` null exports where it was last. */
  exportHandbook: command(
    () => z.strictObject({ selection: z.string().nullable() }),
    () => z.object({ job: z.string() }),
  ),
  /** Lets this device keep the handbook of the last export up to date, or leaves it alone. */
  keepUpToDate: command(
    () => z.strictObject({ automatic: z.boolean() }),
    () => z.object({}),
  ),
};
