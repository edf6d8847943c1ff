/** What the engine announces. Events say that state changed; they carry no state worth keeping. */
import { z } from "zod";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { lazily } from "#shared/rpc/define.ts";
import { jobSchema } from "./jobs.ts";
import { sharingEvents } from "./sharing.ts";

const nothing = lazily(() => z.object({}));

export const events = {
  /** `ids` is null when too many changed to name them. */
  "records.changed": lazily(() =>
    z.object({
      ids: z.array(recordIdSchema).nullable(),
      types: z.array(z.string()).nullable(),
    }),
  ),
  "drafts.changed": lazily(() => z.object({ key: z.string() })),
  "job.progress": jobSchema,
  "workspace.changed": nothing,
  "settings.changed": nothing,
  "searches.changed": nothing,
  ...sharingEvents,
};
