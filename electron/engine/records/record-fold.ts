/**
 * The one step that stands between the log and every projection: it folds changes into the stored
 * state of their records and says what the records are now. Projectors never see a change.
 */
import type { Change } from "#shared/domain/change.ts";
import type { Writable } from "../db/database.ts";
import type { ProjectedRecord, Projector } from "../projections/projector.ts";

/**
 * Owns the tables `record`, `record_text`, `text_version`, `tag` and `reference`; like a projector
 * they are dropped and folded again from the log with the same result.
 */
export type RecordFold = Omit<Projector, "project"> & {
  /**
   * Folds the changes in, given in an order in which each comes after the ones it names, and
   * returns each record they touch once, as it is after the last of them. Records do not depend
   * on one another here, so a rebuild is cheapest record by record, with all changes of each.
   */
  readonly fold: (db: Writable, changes: readonly Change[]) => readonly ProjectedRecord[];
};
