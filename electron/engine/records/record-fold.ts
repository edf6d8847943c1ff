/**
 * The one step that stands between the log and every projection: it folds changes into the stored
 * state of their records and says what the records are now. Projectors never see a change.
 *
 * The log keeps whatever anybody wrote; here it is decided what stands. Going through a record's
 * changes in the causal order, one is left out while something that it names is not here
 * (`waiting`), and when the roster says that its author may not do that (`not_permitted`) or was
 * removed by then (`removed`). What is left out is noted in a table of its own, so that a rebuild
 * decides the same: it depends on the changes and the roster and on nothing else.
 */
import type { Change } from "#shared/domain/change.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import type { RecordState } from "#shared/domain/record-state.ts";
import type { Readable, Writable } from "../db/database.ts";
import type { ProjectedRecord, Projector } from "../projections/projector.ts";

/** Why a change is left out of its record. */
export type Refusal = "waiting" | "not_permitted" | "removed";

/** Whether a change stands; `before` is the record as it was just before it in the causal order. */
export type Judge = (
  change: Change,
  before: RecordState | undefined,
) => Exclude<Refusal, "waiting"> | undefined;

/** The records that were folded, each once, as they are after the last of their changes. */
export type Folded = {
  readonly records: readonly ProjectedRecord[];
  /** Records that were there and of which no change stands any more. */
  readonly gone: readonly RecordId[];
};

/**
 * Owns the tables `record`, `record_text`, `text_version`, `tag`, `reference` and `refusal`; like a
 * projector they are dropped and folded again from the log with the same result. `log` is the
 * database with the log where that is another one.
 */
export type RecordFold = Omit<Projector, "project" | "forget"> & {
  /**
   * Folds changes in that were just logged, each after the ones it names. Of a record that is not
   * here yet all changes have to be given; of the others, where something new belongs between old
   * changes, all are folded anew. Records do not depend on one another here, so a rebuild is
   * cheapest record by record, with all changes of each.
   */
  readonly fold: (db: Writable, changes: readonly Change[], log?: Readable) => Folded;
  /** Folds a record from nothing, because what stands may have changed. */
  readonly refold: (db: Writable, record: RecordId) => Folded;
  /** A record as its tables have it, for a projector that is filled anew; undefined where it is not there. */
  readonly stored: (db: Readable, record: RecordId) => ProjectedRecord | undefined;
};
