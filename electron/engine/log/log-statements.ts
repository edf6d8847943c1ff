/** The SQL of the change log. */
import { statement } from "../db/statement.ts";

export type ChangeRow = {
  readonly position: number;
  readonly device: string;
  readonly incarnation: number;
  readonly sequence: number;
  readonly at: string;
  readonly record: string;
  readonly action: string | null;
  readonly body: string;
  readonly chain: Uint8Array;
};

/** Who writes the log on this device. */
export type Writer = {
  readonly device: string;
  readonly incarnation: number;
  readonly person_id: string;
};

/** What a change is read from: its body, and the columns that make its id and its action. */
export type BodyRow = PlaceRow & Pick<ChangeRow, "action" | "body">;

/** What makes the id of a change. */
export type PlaceRow = Pick<ChangeRow, "device" | "incarnation" | "sequence" | "chain">;

export const writerRow = statement<[], Writer>(
  "SELECT device, incarnation, person_id FROM workspace",
);

export const lastOfStream = statement<
  [device: string, incarnation: number],
  Pick<ChangeRow, "sequence" | "chain">
>(
  "SELECT sequence, chain FROM change_log WHERE device = ? AND incarnation = ? ORDER BY sequence DESC LIMIT 1",
);

export const insertChange = statement<
  [
    device: string,
    incarnation: number,
    sequence: number,
    at: string,
    record: string,
    action: string | null,
    body: string,
    chain: Uint8Array,
  ]
>(
  `INSERT INTO change_log (device, incarnation, sequence, at, record, action, body, chain)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
);

export const insertSignature = statement<
  [device: string, incarnation: number, sequence: number, signature: Uint8Array]
>("INSERT INTO chain_signature (device, incarnation, sequence, signature) VALUES (?, ?, ?, ?)");

export const clockRow = statement<[], { readonly last: string }>("SELECT last FROM clock");

export const setClock = statement<[last: string]>(
  "INSERT INTO clock (one, last) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET last = excluded.last",
);

/** Moves the end of a stream, or of one of its branches, on; changes no row where that is not its end. */
export const moveEnd = statement<
  [
    sequence: number,
    chain: Uint8Array,
    device: string,
    incarnation: number,
    before: number,
    chainBefore: Uint8Array,
  ]
>(
  `UPDATE stream_end SET sequence = ?, chain = ?
   WHERE device = ? AND incarnation = ? AND sequence = ? AND chain = ?`,
);

export const insertEnd = statement<
  [device: string, incarnation: number, sequence: number, chain: Uint8Array]
>("INSERT OR IGNORE INTO stream_end (device, incarnation, sequence, chain) VALUES (?, ?, ?, ?)");

export const bodiesAt = statement<[device: string, incarnation: number, sequence: number], BodyRow>(
  "SELECT device, incarnation, sequence, action, body, chain FROM logged_change WHERE device = ? AND incarnation = ? AND sequence = ?",
);

export const bodiesOfRecord = statement<[record: string], BodyRow>(
  "SELECT device, incarnation, sequence, action, body, chain FROM logged_change WHERE record = ? ORDER BY position",
);

export const bodiesOfRecordAfter = statement<[record: string, position: number], BodyRow>(
  "SELECT device, incarnation, sequence, action, body, chain FROM logged_change WHERE record = ? AND position > ? ORDER BY position",
);

/** What makes the ids of a record's changes, in the order in which they came. */
export const placesOfRecord = statement<[record: string], PlaceRow>(
  "SELECT device, incarnation, sequence, chain FROM change_log WHERE record = ? ORDER BY position",
);

export const newestOfRecord = statement<[record: string], PlaceRow>(
  "SELECT device, incarnation, sequence, chain FROM change_log WHERE record = ? ORDER BY position DESC LIMIT 1",
);

export const bodiesOfAction = statement<[action: string], BodyRow>(
  "SELECT device, incarnation, sequence, action, body, chain FROM logged_change WHERE action = ? ORDER BY position",
);

export const recordsOfActionAfter = statement<
  [action: string, position: number, limit: number],
  { readonly position: number; readonly record: string }
>(
  "SELECT position, record FROM change_log WHERE action = ? AND position > ? ORDER BY position LIMIT ?",
);

export const bodiesAfter = statement<
  [position: number, limit: number],
  BodyRow & { readonly position: number }
>(
  "SELECT position, device, incarnation, sequence, action, body, chain FROM logged_change WHERE position > ? ORDER BY position LIMIT ?",
);

/** Records in the order of their ids, a page at a time, for folding everything again. */
export const recordsAfter = statement<[record: string, limit: number], { readonly record: string }>(
  "SELECT DISTINCT record FROM change_log WHERE record > ? ORDER BY record LIMIT ?",
);

export const countChanges = statement<[], { readonly changes: number }>(
  "SELECT count(*) AS changes FROM change_log",
);

export const streams = statement<
  [],
  { readonly device: string; readonly incarnation: number; readonly last: number }
>("SELECT device, incarnation, max(sequence) AS last FROM change_log GROUP BY device, incarnation");

/** The rows of a stream behind a place, up to another one. */
export const streamBetween = statement<
  [device: string, incarnation: number, after: number, until: number],
  ChangeRow
>(
  `SELECT position, device, incarnation, sequence, at, record, action, body, chain
   FROM logged_change WHERE device = ? AND incarnation = ? AND sequence > ? AND sequence <= ?
   ORDER BY sequence, chain`,
);

export const nextOfStream = statement<
  [device: string, incarnation: number, after: number],
  { readonly sequence: number | null }
>(
  "SELECT min(sequence) AS sequence FROM change_log WHERE device = ? AND incarnation = ? AND sequence > ?",
);

/** The segments of a stream that are in the log, by where they begin. */
export const segmentStarts = statement<
  [device: string, incarnation: number],
  { readonly id: number; readonly first: number; readonly last: number; readonly prev: Uint8Array }
>(
  "SELECT id, first, last, prev FROM segment WHERE device = ? AND incarnation = ? AND held = 0 ORDER BY first, last",
);

/** Enough of a segment's file to hold its header and signature. */
export const segmentBeginning = statement<[id: number], { readonly beginning: Uint8Array }>(
  "SELECT substr(bytes, 1, 4096) AS beginning FROM segment WHERE id = ?",
);

export const signaturesOfStream = statement<
  [device: string, incarnation: number],
  { readonly sequence: number; readonly signature: Uint8Array }
>(
  "SELECT sequence, signature FROM chain_signature WHERE device = ? AND incarnation = ? ORDER BY sequence",
);

export const signedStreams = statement<
  [],
  { readonly device: string; readonly incarnation: number }
>("SELECT DISTINCT device, incarnation FROM chain_signature");

export const deviceRow = statement<[device: string], { readonly signing_key: Uint8Array }>(
  "SELECT signing_key FROM device WHERE id = ?",
);
