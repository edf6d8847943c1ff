/**
 * The way in: takes files that were read from the shared folder, believes nothing in them, and puts
 * what proves itself into the log. A file is judged by its content alone, so it does not matter what
 * it is called, how often it comes or in which order. It opens no file and knows no folder; reading,
 * retrying and remembering what was read is for whoever calls.
 */
import type { DeviceId, RecordId } from "#shared/domain/ids.ts";
import type { Readable } from "../db/database.ts";

/** A file as it was read: whole segments, packs, relays and bundles, whatever their names. */
export type SharedFile = {
  /** Where it lies; handed back in the verdict and never believed. */
  readonly path: string;
  readonly bytes: Uint8Array;
};

/**
 * What became of a file. `accepted`: something in it was new and is in the log now. `known`: all of
 * it was here. `held`: it is what it says, and waits: for a roster that knows its device (nothing is
 * kept, hand it in again when the roster has changed) or for a newer version (`future_format`: it is
 * kept as it is and passed on). `quarantined`: nothing of it was taken.
 */
export type Outcome = "accepted" | "known" | "held" | "quarantined";

/**
 * `truncated` may pass by itself; `hash` and `signature` say that it is not what its device wrote.
 * With `accepted`, `removed` says that the device was removed (the fold refuses what lies beyond the
 * cut) and `fork` that two copies of the device wrote the same places.
 */
export type Reason =
  | "truncated"
  | "hash"
  | "signature"
  | "unknown_device"
  | "removed"
  | "future_format"
  | "oversize"
  | "fork"
  | "other_library"
  | "not_guildhall";

export type Verdict = {
  readonly path: string;
  readonly outcome: Outcome;
  readonly reason?: Reason;
  /** Whose it is, where that could be read; to be believed unless it is quarantined. */
  readonly device?: DeviceId;
  /** How many changes came into the log with it. */
  readonly changes: number;
};

/** What one call of `accept` did. */
export type Received = {
  /** One for each file, in their order. */
  readonly verdicts: readonly Verdict[];
  /** The records whose changes came, for announcing; those of the roster are not among them. */
  readonly records: readonly RecordId[];
  /** How many of the changes that came are left out of their records, whatever the reason. */
  readonly refused: number;
  /** Whether acts of the roster came, so that files that were held are worth another try. */
  readonly acts: boolean;
  /** Whether this device writes a new incarnation from now on, because a copy of it wrote the old one. */
  readonly reborn: boolean;
};

/** How far a stream is here without a gap from its first change on; forks have one for each branch. */
export type StreamEnd = {
  readonly device: DeviceId;
  readonly incarnation: number;
  readonly sequence: number;
  readonly chain: Uint8Array;
};

/** What the roster says of a device. */
export type Standing = "active" | "removed" | "unknown";

export type Intake = {
  /**
   * Verifies outside of any transaction, then stores and folds everything in a single one. Hostile
   * bytes never make it reject; the disk can.
   */
  readonly accept: (
    files: readonly SharedFile[],
    /** Called between pieces of work of a few milliseconds, so that others are answered. */
    breathe?: () => Promise<void>,
  ) => Promise<Received>;
  /** Takes the segments that were held for a newer version, as far as this version knows them now. */
  readonly retryHeld: (breathe?: () => Promise<void>) => Promise<Received>;
  /** Folds the records anew that these devices wrote to: call it when the roster has changed. */
  readonly judgeAgain: (
    devices: readonly DeviceId[],
    breathe?: () => Promise<void>,
  ) => Promise<{ readonly records: readonly RecordId[] }>;
  /** The ends of all streams that are here, for acknowledgements and heads. */
  readonly streamEnds: (db: Readable) => readonly StreamEnd[];
  /** The devices of which two copies wrote. */
  readonly forked: (db: Readable) => readonly DeviceId[];
  /** The chain at a place that is here, on any branch: for cuts. Several where the stream is forked. */
  readonly chainsAt: (
    db: Readable,
    place: { readonly device: string; readonly incarnation: number; readonly sequence: number },
  ) => readonly Uint8Array[];
};
