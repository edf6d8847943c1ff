/** What others still lack after several acknowledgements, so that it is worth a copy under `r/`. */
import type { AckLine } from "#shared/format/ack.ts";
import { type DeviceId, deviceIdSchema } from "#shared/domain/ids.ts";
import type { Readable, Writable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import { ackPause } from "../pace.ts";
import type { Context } from "./context.ts";
import { heldTo } from "./missing.ts";
import type { PeerAck } from "./peers.ts";

/** A peer holds the stream up to `held`; up to `until` it was here when that was noticed first. */
export type Lack = {
  readonly peer: DeviceId;
  readonly device: DeviceId;
  readonly incarnation: number;
  readonly held: number;
  readonly until: number;
};

type LackRow = Omit<Lack, "peer" | "device"> & {
  readonly peer: string;
  readonly device: string;
  readonly acks: number;
  readonly since: number;
};

const ofPeer = statement<[peer: string], LackRow>(
  "SELECT peer, device, incarnation, held, until, acks, since FROM peer_lack WHERE peer = ?",
);
const put = statement<[LackRow]>(
  `INSERT OR REPLACE INTO peer_lack (peer, device, incarnation, held, until, acks, since)
   VALUES (:peer, :device, :incarnation, :held, :until, :acks, :since)`,
);
const drop = statement<[peer: string, device: string, incarnation: number]>(
  "DELETE FROM peer_lack WHERE peer = ? AND device = ? AND incarnation = ?",
);
const lasting = statement<[acks: number, since: number], LackRow>(
  `SELECT peer, device, incarnation, held, until, acks, since FROM peer_lack
   WHERE acks >= ? AND since <= ? ORDER BY since`,
);

/** Compares one more acknowledgement with what is here. */
export function noteLacks(db: Writable, ack: PeerAck, context: Context): void {
  const before = new Map(
    ofPeer(db)
      .all(ack.device)
      .map((row) => [keyOf(row), row]),
  );
  const holds = new Map(ack.lines.map((line) => [keyOfLine(line), line[2]]));
  for (const [key, { sequence }] of heldTo(db, context)) {
    const [device = "", incarnation = ""] = key.split("-");
    const held = holds.get(key) ?? 0;
    const known = before.get(key);
    before.delete(key);
    const stream = { peer: ack.device, device, incarnation: Number(incarnation) };
    if (known !== undefined && held < known.until) {
      put(db).run({ ...known, held, acks: known.acks + 1 });
    } else if (held < sequence) {
      put(db).run({ ...stream, held, until: sequence, acks: 1, since: context.clock.now() });
    } else if (known !== undefined) {
      drop(db).run(stream.peer, device, stream.incarnation);
    }
  }
}

/** What has been lacking for long enough. */
export function lastingLacks(db: Readable, context: Context): readonly Lack[] {
  const { pace, clock, roster } = context;
  const pause = ackPause(pace, roster.activeDevices(db).length);
  return lasting(db)
    .all(pace.relay.acks, clock.now() - pace.relay.pauses * pause)
    .map(({ peer, device, incarnation, held, until }) => ({
      peer: deviceIdSchema.parse(peer),
      device: deviceIdSchema.parse(device),
      incarnation,
      held,
      until,
    }));
}

/** What was passed on counts from the beginning again, should it not arrive either. */
export function lackPassedOn(db: Writable, lack: Lack): void {
  drop(db).run(lack.peer, lack.device, lack.incarnation);
}

function keyOf({ device, incarnation }: Pick<LackRow, "device" | "incarnation">): string {
  return `${device}-${String(incarnation)}`;
}

function keyOfLine([device, incarnation]: AckLine): string {
  return `${device}-${String(incarnation)}`;
}
