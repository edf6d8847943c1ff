/** What the engine announces. Events say that state changed; they carry no state worth keeping. */
import { z } from "zod";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { jobSchema } from "./jobs.ts";
import { sharingEvents } from "./sharing.ts";

export const events = {
  /** `ids` is null when too many changed to name them. */
  "records.changed": z.object({
    ids: z.array(recordIdSchema).nullable(),
    types: z.array(z.string()).nullable(),
  }),
  "drafts.changed": z.object({ key: z.string() }),
  "job.progress": jobSchema,
  "workspace.changed": z.object({}),
  "settings.changed": z.object({}),
  "searches.changed": z.object({}),
  ...sharingEvents,
};
