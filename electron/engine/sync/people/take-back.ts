/**
 * A join that fails leaves the profile as it was: what the first look at the folder brought in is
 * taken out of the log again. Nowhere else does anything ever leave the log.
 */
import { recordIdSchema } from "#shared/domain/ids.ts";
import type { Readable, Writable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import type { PeopleDependencies } from "./people-dependencies.ts";

const newest = statement<[], { readonly position: number | null }>(
  "SELECT max(position) AS position FROM change_log",
);
const recordsSince = statement<[position: number, own: string], { readonly record: string }>(
  "SELECT record FROM change_log WHERE position > ? AND device <> ?",
);
const deleteSince = statement<[position: number, own: string]>(
  "DELETE FROM change_log WHERE position > ? AND device <> ?",
);
/** The streams of which nothing is left, or of which less is left than their ends say. */
const deleteEnds = statement<[]>(
  `DELETE FROM stream_end WHERE NOT EXISTS (
     SELECT 1 FROM change_log WHERE change_log.device = stream_end.device
       AND change_log.incarnation = stream_end.incarnation
       AND change_log.sequence = stream_end.sequence)`,
);

/** How far the log reaches: give it back to `takeBack`. */
export function reachOf(db: Readable): number {
  return newest(db).get()?.position ?? 0;
}

type Dependencies = Pick<PeopleDependencies, "databases" | "identity" | "projections">;

/** Takes out what came from others since then, and folds what it touched anew. */
export async function takeBack(
  since: number,
  { databases, identity, projections }: Dependencies,
): Promise<void> {
  const own = identity.device()?.id ?? "";
  await databases.queue.runLong(async (db: Writable) => {
    const touched = new Set(
      recordsSince(db)
        .all(since, own)
        .map(({ record }) => record),
    );
    const records = [...touched].map((record) => recordIdSchema.parse(record));
    deleteSince(db).run(since, own);
    deleteEnds(db).run();
    for (const _ of projections.refold(db, records)) await nextTurn();
    for (const _ of projections.finish(db)) await nextTurn();
  });
}

/** Others are answered in between. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
