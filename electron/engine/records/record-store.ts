/** What the rest of the engine can do with records. Every write goes through `write`. */
import type { RecordView } from "#shared/contract/record-shapes.ts";
import type { ChangeId, RecordId } from "#shared/domain/ids.ts";
import type { Json } from "#shared/domain/json.ts";
import type { RecordVersion } from "#shared/domain/record-version.ts";

/** Brings one record to the given values. Unnamed fields stay; null clears; see `fieldInputSchema`. */
export type RecordEdit = {
  /** A known record's id, or a fresh one (`newId`) for a record to make. */
  readonly id: RecordId;
  readonly type: string;
  readonly fields: Readonly<Record<string, Json>>;
  readonly body?: string | undefined;
  /** What the writer saw; later writes of others then become concurrent ones. */
  readonly base?: RecordVersion | undefined;
  readonly note?: string | undefined;
};

export type Written = {
  readonly id: RecordId;
  /** The record's newest revision after the write. */
  readonly revision: number;
  /** False when the record already said all that; no change was appended then. */
  readonly changed: boolean;
  /** What undoes it; null when nothing changed. */
  readonly action: RecordId | null;
};

/** Which of several writes at one path stands from now on. */
export type Settlement = {
  readonly id: RecordId;
  /** What the one who chooses saw. */
  readonly base: RecordVersion;
  readonly path: string;
  readonly change: ChangeId;
};

export type RecordStore = {
  readonly newId: () => RecordId;
  /**
   * Appends the changes, folds and projects them: one transaction, one signature. The same
   * `action` may be given to several calls; one undo then takes all of them back. Announces
   * `records.changed` after the commit.
   */
  readonly write: (
    edits: readonly RecordEdit[],
    options?: { readonly action?: RecordId },
  ) => Promise<readonly Written[]>;
  /**
   * Writes as many of the groups as there is time for until somebody else wants to write, at least
   * one, each group whole; answers how many, and the results of their edits. For long series: call
   * it again with the rest. When it rejects, none of them is written.
   */
  readonly writeSome: (
    groups: readonly (readonly RecordEdit[])[],
    action: RecordId,
  ) => Promise<{ readonly groups: number; readonly results: readonly Written[] }>;
  /** Moves to the trash; answers how many were not there yet. */
  readonly remove: (ids: readonly RecordId[], action?: RecordId) => Promise<number>;
  /** Takes back from the trash; answers how many were there. */
  readonly putBack: (ids: readonly RecordId[], action?: RecordId) => Promise<number>;
  /**
   * Makes the content of an older revision the newest one; false when it says that already. Fails
   * with `not_found`.
   */
  readonly restore: (id: RecordId, revision: number, action?: RecordId) => Promise<boolean>;
  /** Settles a conflict; false when everybody says the same. Fails with `not_found`. */
  readonly settle: (settlement: Settlement, action?: RecordId) => Promise<boolean>;
  readonly undo: (action: RecordId) => Promise<{
    readonly undone: number;
    readonly kept: number;
    readonly action: RecordId | null;
  }>;
  /** The record as it is, or as it was at a revision or version; undefined when there is none. Trash included. */
  readonly get: (id: RecordId, at?: number | RecordVersion) => RecordView | undefined;
};
