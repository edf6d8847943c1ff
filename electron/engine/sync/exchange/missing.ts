/** What other devices are known to have written or to hold, and has not been found here. */
import type { DeviceId } from "#shared/domain/ids.ts";
import { chainMark } from "#shared/format/ack.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import type { Readable } from "../../db/database.ts";
import type { Intake } from "../intake.ts";
import { peerAcks, peerHeads } from "./peers.ts";

/** A stream of which changes exist that are not here. */
export type MissingPart = {
  readonly device: DeviceId;
  readonly incarnation: number;
  readonly changes: number;
};

type Deps = { readonly intake: Pick<Intake, "streamEnds"> };

/** Compares what is here with every head and acknowledgement that was read. */
export function missingHere(db: Readable, { intake }: Deps): readonly MissingPart[] {
  const here = heldTo(db, { intake });
  const far = new Map<string, MissingPart>();
  function heardOf(device: DeviceId, incarnation: number, sequence: number): void {
    const key = `${device}-${String(incarnation)}`;
    const changes = sequence - (here.get(key)?.sequence ?? 0);
    if (changes > (far.get(key)?.changes ?? 0)) far.set(key, { device, incarnation, changes });
  }
  for (const { device, incarnation, sequence } of peerHeads(db)) {
    heardOf(device, incarnation, sequence);
  }
  for (const { lines } of peerAcks(db)) {
    for (const [device, incarnation, sequence] of lines) heardOf(device, incarnation, sequence);
  }
  return [...far.values()];
}

export type Held = { readonly sequence: number; readonly marks: ReadonlySet<string> };

/** How far each stream is here, by `device-incarnation`; `marks` are those of all its branches. */
export function heldTo(db: Readable, { intake }: Deps): ReadonlyMap<string, Held> {
  const held = new Map<string, Held>();
  for (const { device, incarnation, sequence, chain } of intake.streamEnds(db)) {
    const key = `${device}-${String(incarnation)}`;
    const before = held.get(key);
    held.set(key, {
      sequence: Math.max(before?.sequence ?? 0, sequence),
      marks: new Set([...(before?.marks ?? []), chainMark(encodeBase64Url(chain))]),
    });
  }
  return held;
}
