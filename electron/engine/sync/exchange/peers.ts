/** What the other devices said of themselves: where their streams end, and what they hold. */
import { z } from "zod";
import { type DeviceId, deviceIdSchema } from "#shared/domain/ids.ts";
import { type AckLine, ackLineSchema } from "#shared/format/ack.ts";
import type { Readable, Writable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";

/** A device's last head as it was read here; `at` is its own clock's, `seenAt` this device's. */
export type PeerHead = {
  readonly device: DeviceId;
  readonly n: number;
  readonly incarnation: number;
  readonly sequence: number;
  readonly chain: string;
  readonly version: string;
  readonly at: number;
  readonly seenAt: number;
};

/** A device's last acknowledgement. */
export type PeerAck = {
  readonly device: DeviceId;
  readonly n: number;
  readonly at: number;
  readonly seenAt: number;
  readonly lines: readonly AckLine[];
};

type HeadRow = Omit<PeerHead, "device" | "seenAt"> & {
  readonly device: string;
  readonly seen_at: number;
};
type AckRow = {
  readonly device: string;
  readonly n: number;
  readonly at: number;
  readonly seen_at: number;
  readonly lines: string;
};

const headRows = statement<[], HeadRow>(
  "SELECT device, n, incarnation, sequence, chain, version, at, seen_at FROM peer_head",
);
const headRow = statement<[device: string], HeadRow>(
  "SELECT device, n, incarnation, sequence, chain, version, at, seen_at FROM peer_head WHERE device = ?",
);
const putHead = statement<[HeadRow]>(
  `INSERT OR REPLACE INTO peer_head (device, n, incarnation, sequence, chain, version, at, seen_at)
   VALUES (:device, :n, :incarnation, :sequence, :chain, :version, :at, :seen_at)`,
);
const ackRows = statement<[], AckRow>("SELECT device, n, at, seen_at, lines FROM peer_ack");
const ackNumbers = statement<[], { readonly device: string; readonly n: number }>(
  "SELECT device, n FROM peer_ack",
);
const ackRow = statement<[device: string], AckRow>(
  "SELECT device, n, at, seen_at, lines FROM peer_ack WHERE device = ?",
);
const ackTime = statement<[device: string], { readonly at: number }>(
  "SELECT at FROM peer_ack WHERE device = ?",
);
const putAck = statement<[AckRow]>(
  `INSERT OR REPLACE INTO peer_ack (device, n, at, seen_at, lines)
   VALUES (:device, :n, :at, :seen_at, :lines)`,
);

/** The newest head that was read of each device. */
export function peerHeads(db: Readable): readonly PeerHead[] {
  return headRows(db).all().map(readHead);
}

/** The device's newest head; undefined before one was read. */
export function peerHead(db: Readable, device: DeviceId): PeerHead | undefined {
  const row = headRow(db).get(device);
  return row && readHead(row);
}

/** Keeps a head in place of the one before. */
export function keepHead(db: Writable, { seenAt, ...head }: PeerHead): void {
  putHead(db).run({ ...head, seen_at: seenAt });
}

/** The newest acknowledgement that was read of each device. */
export function peerAcks(db: Readable): readonly PeerAck[] {
  return ackRows(db).all().map(readAck);
}

/** The device's newest acknowledgement; undefined before one was read. */
export function peerAck(db: Readable, device: DeviceId): PeerAck | undefined {
  const row = ackRow(db).get(device);
  return row && readAck(row);
}

/** How many acknowledgements of each device were read, by its own count. */
export function ackCounts(db: Readable): ReadonlyMap<string, number> {
  return new Map(
    ackNumbers(db)
      .all()
      .map(({ device, n }) => [device, n]),
  );
}

/** When a device wrote its last acknowledgement, by its own clock. */
export function ackedAt(db: Readable, device: DeviceId): number | undefined {
  return ackTime(db).get(device)?.at;
}

/** Keeps an acknowledgement in place of the one before. */
export function keepAck(db: Writable, { device, n, at, seenAt, lines }: PeerAck): void {
  putAck(db).run({ device, n, at, seen_at: seenAt, lines: JSON.stringify(lines) });
}

function readHead({ seen_at, ...row }: HeadRow): PeerHead {
  return { ...row, device: deviceIdSchema.parse(row.device), seenAt: seen_at };
}

const linesSchema = z.array(ackLineSchema);

function readAck({ seen_at, ...row }: AckRow): PeerAck {
  const lines = linesSchema.parse(JSON.parse(row.lines));
  return { ...row, device: deviceIdSchema.parse(row.device), seenAt: seen_at, lines };
}
