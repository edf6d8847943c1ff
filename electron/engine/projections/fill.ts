/** Fills projections from the records as they are stored, without folding the log again. */
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import type { Databases, Readable, Writable, WriteQueue } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import { JobCancelled, type JobControl } from "../jobs/job-runner.ts";
import type { RecordFold } from "../records/record-fold.ts";
import * as tables from "./projection-tables.ts";
import type { Projector } from "./projector.ts";

/**
 * Fills what may lag beside everything else: the newest record first, in transactions that end when
 * somebody else wants to write. What was reached lies in the database, so several processes may fill
 * at once, and one that is killed loses the work of a second.
 */
export type Fill = (
  databases: Pick<Databases, "read" | "queue">,
  control: JobControl,
) => Promise<void>;

type Dependencies = {
  readonly fold: Pick<RecordFold, "stored">;
  readonly projectors: readonly Projector[];
};

/** How long one transaction goes on, in milliseconds, while nobody waits for a turn. */
const longest = 1500;

/** How many ids are read at a time. */
const pageSize = 100;

const step = "Reading what was written";

const recordsBelow = statement<[id: string, limit: number], { readonly id: string }>(
  "SELECT id FROM record WHERE id < ? ORDER BY id DESC LIMIT ?",
);

/** Builds it over the projectors, of which those that may lag and are not current are filled. */
export function createFill({ fold, projectors }: Dependencies): Fill {
  return async ({ read, queue }, control) => {
    for (const projector of projectors.filter((one) => one.mayLag)) {
      for (;;) {
        const lag = tables.lagOf(read, projector.name);
        if (lag === undefined || control.cancelled()) break;
        control.report({ ...lag, step });
        const filling = { fold, projectors: [projector], control };
        await queue.runLong((db) => fillSome(db, filling, { projector, queue, lag }));
      }
    }
  };
}

/** Shows every record to the projectors, whose tables are empty; call it in one long transaction. */
export async function projectStored(db: Writable, filling: Filling): Promise<void> {
  const { control, projectors } = filling;
  const total = tables.recordsFrom(db, "");
  let done = 0;
  let last: string | undefined = tables.nothingReached;
  while (last !== undefined) {
    if (control.cancelled()) throw new JobCancelled();
    const ids = idsBelow(db, last);
    await projectSome(db, filling, ids);
    done += ids.length;
    control.report({ done, total, step });
    last = ids.at(-1);
  }
  await finish(db, { control, projectors });
}

type Filling = Dependencies & { readonly control: JobControl };

type Part = {
  readonly projector: Projector;
  readonly queue: Pick<WriteQueue, "contended">;
  readonly lag: { readonly done: number; readonly total: number };
};

/** One transaction's worth, at least one page: longer than that nobody has to wait. */
async function fillSome(db: Writable, filling: Filling, part: Part): Promise<void> {
  const { projector, queue, lag } = part;
  const { control } = filling;
  const started = performance.now();
  let { done } = lag;
  let over = false;
  while (!over) {
    // Asked again inside the transaction: another process may have filled some, or all.
    const reached = tables.standings(db).get(projector.name)?.reached ?? null;
    if (reached === null) return;
    const ids = idsBelow(db, reached);
    await projectSome(db, filling, ids);
    const last = ids.at(-1);
    if (last === undefined) tables.markCurrent(db, [projector]);
    else tables.markReached(db, projector, last);
    done += ids.length;
    control.report({ ...lag, done, step });
    const late = performance.now() - started > longest;
    over = last === undefined || late || queue.contended() || control.cancelled();
  }
  await finish(db, filling);
}

function idsBelow(db: Readable, id: string): readonly RecordId[] {
  const rows = recordsBelow(db).all(id, pageSize);
  return rows.map((row) => recordIdSchema.parse(row.id));
}

async function projectSome(
  db: Writable,
  { fold, projectors, control }: Filling,
  ids: readonly RecordId[],
): Promise<void> {
  for (const id of ids) {
    const record = fold.stored(db, id);
    for (const projector of projectors) {
      if (record !== undefined) projector.project(db, record);
      for (const _ of projector.relieve?.(db) ?? []) await control.breathe();
    }
    await control.breathe();
  }
}

async function finish(
  db: Writable,
  { projectors, control }: Pick<Filling, "projectors" | "control">,
): Promise<void> {
  for (const projector of projectors) {
    for (const _ of projector.finish?.(db) ?? []) await control.breathe();
  }
}
