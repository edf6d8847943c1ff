/** Which devices share this workspace and were at work lately, told by what they wrote in the folder. */
import type { DeviceId } from "#shared/domain/ids.ts";
import type { Readable } from "../db/database.ts";
import { peerAcks, peerHeads } from "../sync/exchange/peers.ts";

const lately = 7 * 24 * 3_600_000;

/** Devices that said something of themselves in the last seven days; this one is not among them. */
export function activeDevices(db: Readable, now: number): readonly DeviceId[] {
  const said = [...peerHeads(db), ...peerAcks(db)];
  return [...new Set(said.flatMap(({ device, at }) => (now - at <= lately ? [device] : [])))];
}
