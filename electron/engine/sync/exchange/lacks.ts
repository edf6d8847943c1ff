/** What others still lack after several acknowledgements, so that it is worth a copy under `r/`. */
import type { AckLine } from "#shared/format/ack.ts";
import { type DeviceId, deviceIdSchema } from "#shared/domain/ids.ts";
import type { Readable, Writable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import { ackPause } from "../pace.ts";
import type { Context } from "./context.ts";
import { type Held, heldTo } from "./missing.ts";
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
const lasting = statement<[acks: number, since: number, now: number], LackRow>(
  `SELECT peer, device, incarnation, held, until, acks, since FROM peer_lack
   WHERE acks >= ? AND (since <= ? OR since > ?) ORDER BY since`,
);

/** Compares one more acknowledgement with what is here. */
export function noteLacks(db: Writable, ack: PeerAck, context: Context): void {
  const before = new Map(
    ofPeer(db)
      .all(ack.device)
      .map((row) => [keyOf(row), row]),
  );
  const lines = Map.groupBy(ack.lines, keyOfLine);
  // Two copies of a device acknowledge as one: that the one has it does not mean that both have.
  const isCopied = context.intake.forked(db).includes(ack.device);
  for (const [key, here] of heldTo(db, context)) {
    const [device = "", incarnation = ""] = key.split("-");
    const { sequence } = here;
    const held = reachOf(lines.get(key) ?? [], here);
    const known = before.get(key);
    before.delete(key);
    const stream = { peer: ack.device, device, incarnation: Number(incarnation) };
    if (known !== undefined && held < known.until) {
      put(db).run({ ...known, held, acks: known.acks + 1 });
    } else if (held < sequence) {
      put(db).run({ ...stream, held, until: sequence, acks: 1, since: context.clock.now() });
    } else if (known !== undefined && !isCopied) {
      drop(db).run(stream.peer, device, stream.incarnation);
    }
  }
}

/**
 * How far a peer holds the stream as it is here. Where two copies of a device wrote, a branch that
 * the peer does not have makes it lack everything: nothing says where the branch begins.
 */
function reachOf(lines: readonly AckLine[], { ends }: Held): number {
  const reach = Math.max(0, ...lines.map((line) => line[2]));
  if (ends.length === 1 && lines.length <= 1) return reach;
  const other = lines.filter((line) => !ends.some((end) => end.mark === line[3]));
  const lacking = ends.filter((end) => !lines.some((line) => line[3] === end.mark));
  // A branch that is longer there than here ends in another mark.
  const longer = other.map((line) => line[2]).toSorted((a, b) => b - a);
  const behind = lacking
    .map((end) => end.sequence)
    .toSorted((a, b) => b - a)
    .some((sequence, index) => (longer[index] ?? 0) <= sequence);
  return behind ? 0 : Math.max(reach, ...ends.map((end) => end.sequence));
}

/** What has been lacking for long enough; what was noticed by a clock that was ahead, too. */
export function lastingLacks(db: Readable, context: Context): readonly Lack[] {
  const { pace, clock, roster } = context;
  const now = clock.now();
  const pause = ackPause(pace, roster.activeDevices(db).length);
  return lasting(db)
    .all(pace.relay.acks, now - pace.relay.pauses * pause, now)
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
