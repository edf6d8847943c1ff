/** What a person chose to bring in. Written in zod's small form: see `Schema` in rpc/define.ts. */
import * as z from "zod/mini";

/** Files and folders that the person chose: by the host's own dialog, or uploaded piece by piece. */
export const selectionSchema = z.object({
  id: z.string(),
  /** What to call it on a screen: the folder's or the file's name, never a path. */
  name: z.string(),
  files: z.nullable(z.int()),
});
export type Selection = z.infer<typeof selectionSchema>;
