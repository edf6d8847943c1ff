/**
 * The append-only log of changes in `workspace.db`: the one truth. Every change is canonical JSON,
 * chained by `c_n = SHA-256(c_{n-1} ‖ SHA-256(change_n))` per device and incarnation; the device
 * signs the chain value at the end of each transaction, which covers every change before it.
 */
import type { Change, ChangeBody } from "#shared/domain/change.ts";
import type { ChangeId, RecordId } from "#shared/domain/ids.ts";
import type { Readable, Writable } from "../db/database.ts";

/**
 * A change before the log gives it its place: device, incarnation, sequence, time and author. One
 * without an action is an action by itself.
 */
export type ChangeDraft = Pick<ChangeBody, "record" | "type" | "action" | "note" | "writes" | "on">;

/** A row of the log as far as a change is read from it. */
export type LoggedBody = {
  readonly id: ChangeId;
  readonly action: string | null;
  readonly body: string;
};

/** A step of a verification: one change was looked at, or one problem was found. */
export type LogCheck = {
  /** A sentence; null when the change is as its device signed it. */
  readonly problem: string | null;
};

export type ChangeLog = {
  /** Gives each draft its place, stores all of them and signs the end of the chain. */
  readonly append: (db: Writable, drafts: readonly ChangeDraft[]) => readonly Change[];
  readonly get: (db: Readable, id: ChangeId) => Change | undefined;
  /** The changes of one record, each after the ones it names; ties by clock, then id. */
  readonly ofRecord: (db: Readable, record: RecordId) => readonly Change[];
  /** Changes by their rows, in that order; for rows that were just written. */
  readonly ofRows: (rows: readonly LoggedBody[]) => readonly Change[];
  /** Those of them that came behind a position in the log. */
  readonly ofRecordSince: (db: Readable, record: RecordId, position: number) => readonly Change[];
  /** The ids of the record's changes in the order in which they came to this device. */
  readonly arrivals: (db: Readable, record: RecordId) => readonly ChangeId[];
  /** The last of those; undefined for a record nobody has written. */
  readonly newest: (db: Readable, record: RecordId) => ChangeId | undefined;
  readonly ofAction: (db: Readable, action: RecordId) => readonly Change[];
  /** The records that the action wrote, each once, read a page at a time: an import wrote thousands. */
  readonly recordsOfAction: (db: Readable, action: RecordId) => Iterable<RecordId>;
  /** Every change in the order in which they came to this device. */
  readonly all: (db: Readable) => Iterable<Change>;
  readonly count: (db: Readable) => number;
  /** The records that changes were made to, by id, for folding all of them again. */
  readonly records: (db: Readable) => Iterable<RecordId>;
  /** Verifies chains and signatures. */
  readonly verify: (db: Readable) => Iterable<LogCheck>;
};
