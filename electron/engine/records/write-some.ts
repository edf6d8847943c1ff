/**
 * Writes to very many records without holding anybody up: one transaction over several turns of the
 * event loop, which ends early when somebody else wants to write. Nothing is planned here.
 */
import type { Databases, Writable } from "../db/database.ts";
import { createBreath } from "../jobs/breath.ts";
import type { Projections } from "../projections/projections.ts";

type Dependencies = {
  readonly databases: Pick<Databases, "queue">;
  readonly projections: Pick<Projections, "relieve" | "finish">;
};

/** So many are logged at once, with one signature. */
const atOnce = 8;

type Series<Item> = {
  readonly items: readonly Item[];
  /** Folds some of them, and leaves what is cheaper in bulk. Yields between records; it is run to its end. */
  readonly write: (db: Writable, some: readonly Item[]) => Iterable<unknown>;
  /** Whether the transaction may end after so many items; always, unless this says otherwise. */
  readonly mayEnd?: (count: number) => boolean;
};

/**
 * Writes as many of the items as there is time for, at least one, in their order; answers how many.
 * When it rejects, none of them is written.
 */
export async function writeSome<Item>(
  { databases, projections }: Dependencies,
  { items, write, mayEnd = () => true }: Series<Item>,
): Promise<number> {
  const { queue } = databases;
  const breathe = createBreath();
  return queue.runLong(async (db) => {
    let count = 0;
    while (count < items.length && !(count > 0 && queue.contended() && mayEnd(count))) {
      for (const _ of write(db, items.slice(count, count + atOnce))) await breathe();
      count = Math.min(items.length, count + atOnce);
      for (const _ of projections.relieve(db)) await breathe();
      await breathe();
    }
    for (const _ of projections.finish(db)) await breathe();
    return count;
  });
}
