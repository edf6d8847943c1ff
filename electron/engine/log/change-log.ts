/**
 * The append-only log of changes in `workspace.db`: the one truth. Every change is canonical JSON,
 * chained by `c_n = SHA-256(c_{n-1} ‖ SHA-256(change_n))` per device and incarnation; the device
 * signs the chain value at the end of each transaction, which covers every change before it.
 */
import type { Change } from "#shared/domain/change.ts";
import type { ChangeId, RecordId } from "#shared/domain/ids.ts";
import type { Readable, Writable } from "../db/database.ts";

/** A change before the log gives it its place: device, incarnation, sequence, time and author. */
export type ChangeDraft = Pick<Change, "record" | "type" | "action" | "note" | "writes">;

export type ChangeLog = {
  /** Gives each draft its place, stores all of them and signs the end of the chain. */
  readonly append: (db: Writable, drafts: readonly ChangeDraft[]) => readonly Change[];
  readonly get: (db: Readable, id: ChangeId) => Change | undefined;
  /** The changes of one record, each after the ones it names; ties by clock, then id. */
  readonly ofRecord: (db: Readable, record: RecordId) => readonly Change[];
  readonly ofAction: (db: Readable, action: RecordId) => readonly Change[];
  /** Every change in an order in which each comes after the ones it names. */
  readonly all: (db: Readable) => Iterable<Change>;
  readonly count: (db: Readable) => number;
  /** Verifies chains and signatures; one sentence for each problem found. */
  readonly verify: (db: Readable) => Iterable<string>;
};
