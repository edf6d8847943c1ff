/** The rows of segments and of streams' ends in `workspace.db`. */
import { deviceIdSchema } from "#shared/domain/ids.ts";
import { statement } from "../db/statement.ts";
import type { SegmentRow } from "./outbox.ts";

type Stored = {
  readonly id: number;
  readonly device: string;
  readonly incarnation: number;
  readonly first: number;
  readonly last: number;
  readonly prev: Uint8Array;
  readonly end: Uint8Array;
  readonly kind: "loose" | "pack";
  readonly origin: "own" | "received";
  readonly held: number;
  readonly published: number;
  readonly size: number;
  readonly hash: string;
  readonly at: number;
};
type Stream = [device: string, incarnation: number];
type Ranged = [device: string, incarnation: number, first: number, last: number];

const columns =
  "id, device, incarnation, first, last, prev, end, kind, origin, held, published, size, hash, at";

const states = ["none", "written", "read_back"] as const;

/** The row as the rest of the engine sees it. */
export function segmentRow(stored: Stored): SegmentRow {
  return {
    ...stored,
    device: deviceIdSchema.parse(stored.device),
    held: stored.held === 1,
    published: states[stored.published] ?? "none",
  };
}

export const insertSegment = statement<
  [Omit<Stored, "id"> & { readonly bytes: Uint8Array }],
  Stored
>(
  `INSERT INTO segment (device, incarnation, first, last, prev, end, kind, origin, held, published,
     size, hash, at, bytes)
   VALUES (:device, :incarnation, :first, :last, :prev, :end, :kind, :origin, :held, :published,
     :size, :hash, :at, :bytes)
   ON CONFLICT (device, incarnation, first, last, hash) DO UPDATE SET held = excluded.held
   RETURNING ${columns}`,
);

export const segmentById = statement<[id: number], Stored>(
  `SELECT ${columns} FROM segment WHERE id = ?`,
);

export const segmentBytes = statement<[id: number], { readonly bytes: Uint8Array }>(
  "SELECT bytes FROM segment WHERE id = ?",
);

export const segmentsOfStream = statement<Stream, Stored>(
  `SELECT ${columns} FROM segment WHERE device = ? AND incarnation = ? ORDER BY first, last, hash`,
);

/** Segments that hold at least everything between the two changes. */
export const segmentsAround = statement<Ranged, Stored>(
  `SELECT ${columns} FROM segment
   WHERE device = ? AND incarnation = ? AND first <= ? AND last >= ? ORDER BY first, last, hash`,
);

/** Segments that hold nothing beyond the two changes. */
export const segmentsWithin = statement<Ranged, Stored>(
  `SELECT ${columns} FROM segment
   WHERE device = ? AND incarnation = ? AND first >= ? AND last <= ? ORDER BY first, last, hash`,
);

export const unpublishedSegments = statement<[], Stored>(
  `SELECT ${columns} FROM segment WHERE origin = 'own' AND published < 2 ORDER BY published, id`,
);

export const setPublished = statement<[published: number, id: number]>(
  "UPDATE segment SET published = ? WHERE id = ?",
);

export const deleteSegment = statement<[id: number]>("DELETE FROM segment WHERE id = ?");

/** From stream to stream along the index, not through every segment of each. */
export const segmentStreams = statement<
  [],
  { readonly device: string; readonly incarnation: number }
>(
  `WITH RECURSIVE stream (device, incarnation) AS (
     SELECT * FROM (SELECT device, incarnation FROM segment ORDER BY device, incarnation LIMIT 1)
     UNION ALL
     SELECT
       (SELECT device FROM segment WHERE (device, incarnation) > (stream.device, stream.incarnation)
        ORDER BY device, incarnation LIMIT 1),
       (SELECT incarnation FROM segment
        WHERE (device, incarnation) > (stream.device, stream.incarnation)
        ORDER BY device, incarnation LIMIT 1)
     FROM stream WHERE stream.device IS NOT NULL
   )
   SELECT device, incarnation FROM stream WHERE device IS NOT NULL`,
);

/** Segments that were signed by a newer version; tried again when this one has learnt more. */
export const heldSegments = statement<[], Stored>(
  `SELECT ${columns} FROM segment WHERE held = 1 ORDER BY id`,
);

export type EndRow = {
  readonly device: string;
  readonly incarnation: number;
  readonly sequence: number;
  readonly chain: Uint8Array;
};

export const allEnds = statement<[], EndRow>(
  "SELECT device, incarnation, sequence, chain FROM stream_end ORDER BY device, incarnation, sequence, chain",
);

export const endsOfStream = statement<Stream, EndRow>(
  "SELECT device, incarnation, sequence, chain FROM stream_end WHERE device = ? AND incarnation = ? ORDER BY sequence, chain",
);

export const insertEnd = statement<[EndRow]>(
  "INSERT OR IGNORE INTO stream_end (device, incarnation, sequence, chain) VALUES (:device, :incarnation, :sequence, :chain)",
);

export const deleteEnd = statement<[EndRow]>(
  "DELETE FROM stream_end WHERE device = :device AND incarnation = :incarnation AND sequence = :sequence AND chain = :chain",
);

export const libraryRow = statement<[], { readonly id: string }>("SELECT id FROM library");

/** The chain at a place, on every branch. */
export const chainsAtPlace = statement<
  [device: string, incarnation: number, sequence: number],
  { readonly chain: Uint8Array }
>("SELECT chain FROM change_log WHERE device = ? AND incarnation = ? AND sequence = ?");

/** Chains between two places of a stream, both included. */
export const chainsBetween = statement<
  [device: string, incarnation: number, first: number, last: number],
  { readonly sequence: number; readonly chain: Uint8Array }
>(
  "SELECT sequence, chain FROM change_log WHERE device = ? AND incarnation = ? AND sequence BETWEEN ? AND ? ORDER BY sequence",
);

export const noteFork = statement<[device: string, incarnation: number]>(
  "INSERT OR IGNORE INTO stream_fork (device, incarnation) VALUES (?, ?)",
);

export const forkOfStream = statement<
  [device: string, incarnation: number],
  { readonly found: number }
>("SELECT 1 AS found FROM stream_fork WHERE device = ? AND incarnation = ?");

export const forkedStreams = statement<
  [],
  { readonly device: string; readonly incarnation: number }
>("SELECT device, incarnation FROM stream_fork");

export const forkedDevices = statement<[], { readonly device: string }>(
  "SELECT DISTINCT device FROM stream_fork ORDER BY device",
);

export const insertDevice = statement<[id: string, signingKey: Uint8Array]>(
  "INSERT INTO device (id, signing_key) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
);

/** Segments whose first change lies between the two places. */
export const segmentsBegunIn = statement<
  [device: string, incarnation: number, first: number, last: number],
  { readonly first: number; readonly prev: Uint8Array }
>(
  "SELECT first, prev FROM segment WHERE device = ? AND incarnation = ? AND first BETWEEN ? AND ? AND held = 0",
);
