/**
 * The way out: signs this device's changes as segments and keeps every segment that is here, own
 * and received, to the letter, so that any of them can be written to the folder again. It writes to
 * no folder itself: whoever does marks here what is there.
 */
import type { DeviceId } from "#shared/domain/ids.ts";
import type { Readable, Writable } from "../db/database.ts";

/** `loose`: as it was published first; `pack`: many of those as one, by their owner. */
export type SegmentKind = "loose" | "pack";

/** `none`: not in the folder as far as this device knows; `written`; `read_back`: read again and whole. */
export type Published = "none" | "written" | "read_back";

/** A segment that is here, without its bytes. */
export type SegmentRow = {
  readonly id: number;
  readonly device: DeviceId;
  readonly incarnation: number;
  readonly first: number;
  readonly last: number;
  /** The chain before the first change and at the last one. */
  readonly prev: Uint8Array;
  readonly end: Uint8Array;
  readonly kind: SegmentKind;
  readonly origin: "own" | "received";
  /** True for one that this version cannot apply; it is kept and passed on. */
  readonly held: boolean;
  readonly published: Published;
  /** The length of the file. */
  readonly size: number;
  /** The first 16 hexadecimal digits of the SHA-256 of the file's bytes, as names carry them. */
  readonly hash: string;
  /** When it came here or was made, in milliseconds since 1970. */
  readonly at: number;
};

/** A segment with the file's bytes. */
export type SegmentFile = SegmentRow & { readonly bytes: Uint8Array };

/** Which stream: one life of a device. */
export type StreamName = { readonly device: string; readonly incarnation: number };

export type Outbox = {
  /**
   * Signs everything that this device wrote beyond its last segment, in as many segments as the
   * limits ask for; none when there is nothing new. The same log gives the same bytes. Fails with
   * `locked` when the keys are.
   */
  readonly build: (db: Writable) => readonly SegmentFile[];
  /** How many of this device's changes are not in the folder yet. */
  readonly waiting: (db: Readable) => number;
  readonly streams: (db: Readable) => readonly StreamName[];
  /** The segments of a stream by their first change. */
  readonly segmentsOf: (db: Readable, stream: StreamName) => readonly SegmentRow[];
  /** Own segments that are not `read_back`, oldest first. */
  readonly unpublished: (db: Readable) => readonly SegmentRow[];
  readonly segment: (db: Readable, id: number) => SegmentRow | undefined;
  /** The file's bytes; undefined for a segment that is not here any more. */
  readonly bytesOf: (db: Readable, id: number) => Uint8Array | undefined;
  readonly markPublished: (db: Writable, id: number) => void;
  readonly markReadBack: (db: Writable, id: number) => void;
  /** The file turned out not to be in the folder after all. */
  readonly markMissing: (db: Writable, id: number) => void;
  /**
   * Signs own neighbouring segments once more as one, in as few as the limits allow. The old ones
   * stay until `drop`, since their files are still in the folder. Fails when they are not own or do
   * not follow one another.
   */
  readonly replaceByPack: (db: Writable, ids: readonly number[]) => readonly SegmentFile[];
  /** Forgets segments that others cover; answers how many. One that nothing covers is kept. */
  readonly drop: (db: Writable, ids: readonly number[]) => number;
};
