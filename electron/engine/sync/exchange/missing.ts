/** What other devices are known to have written or to hold, and has not been found here. */
import { type DeviceId, deviceIdSchema } from "#shared/domain/ids.ts";
import { type AckLine, chainMark } from "#shared/format/ack.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import type { Cryptography } from "../../identity/cryptography.ts";
import { forkedStreams, segmentStreams } from "../segment-rows.ts";
import { countStray } from "../stream-ends.ts";
import type { Intake, Standing } from "../intake.ts";
import { peerAcks, peerHeads } from "./peers.ts";

/** A stream of which changes exist that are not here. */
export type MissingPart = {
  readonly device: DeviceId;
  readonly incarnation: number;
  readonly changes: number;
};

const lastSequence = statement<
  [device: string, incarnation: number],
  { readonly last: number | null }
>("SELECT max(sequence) AS last FROM change_log WHERE device = ? AND incarnation = ?");

type Deps = {
  readonly intake: Pick<Intake, "streamEnds" | "chainsAt">;
  readonly roster: { readonly standingOf: (db: Readable, device: DeviceId) => Standing };
};

/**
 * Compares what is here with every head and acknowledgement that was read. Of a device that is not
 * admitted nothing is missing: some hold what it wrote, because they heard too late that whoever
 * admitted it no longer could.
 */
export function missingHere(
  db: Readable,
  deps: Deps & { readonly cryptography: Pick<Cryptography, "hash"> },
): readonly MissingPart[] {
  const { intake, roster, cryptography } = deps;
  const here = heldTo(db, deps);
  const far = new Map<string, MissingPart>();
  function heardOf(device: DeviceId, incarnation: number, sequence: number): void {
    const key = `${device}-${String(incarnation)}`;
    const changes = sequence - (here.get(key)?.sequence ?? 0);
    if (changes > (far.get(key)?.changes ?? 0)) far.set(key, { device, incarnation, changes });
  }
  /** Its place is here, and what stands there is another change: two copies of the device wrote. */
  function isOtherBranch([device, incarnation, sequence, mark]: AckLine): boolean {
    const held = here.get(`${device}-${String(incarnation)}`);
    if (held === undefined || held.ends.some((end) => end.mark === mark)) return false;
    const chains = intake.chainsAt(db, { device, incarnation, sequence });
    return chains.every((chain) => chainMark(encodeBase64Url(chain)) !== mark);
  }
  // What is here behind a gap says itself that something is missing.
  for (const { device, incarnation } of segmentStreams(db).all()) {
    const last = lastSequence(db).get(device, incarnation)?.last ?? 0;
    heardOf(deviceIdSchema.parse(device), incarnation, last);
  }
  for (const { device, incarnation } of forkedStreams(db).all()) {
    const changes = countStray(db, { device, incarnation }, cryptography);
    const stream = { device: deviceIdSchema.parse(device), incarnation };
    if (changes > 0) far.set(`${device}-${String(incarnation)}`, { ...stream, changes });
  }
  for (const { device, incarnation, sequence } of peerHeads(db)) {
    heardOf(device, incarnation, sequence);
  }
  for (const { lines } of peerAcks(db)) {
    for (const line of lines) {
      const [device, incarnation, sequence] = line;
      heardOf(device, incarnation, sequence);
      const key = `${device}-${String(incarnation)}`;
      if (!far.has(key) && isOtherBranch(line)) far.set(key, { device, incarnation, changes: 1 });
    }
  }
  return [...far.values()].filter(({ device }) => roster.standingOf(db, device) !== "unknown");
}

export type Held = {
  readonly sequence: number;
  /** One for each branch. */
  readonly ends: readonly { readonly sequence: number; readonly mark: string }[];
};

/** How far each stream of a device that is known is here, by `device-incarnation`. */
export function heldTo(db: Readable, { intake, roster }: Deps): ReadonlyMap<string, Held> {
  const held = new Map<string, Held>();
  for (const { device, incarnation, sequence, chain } of intake.streamEnds(db)) {
    if (roster.standingOf(db, device) === "unknown") continue;
    const key = `${device}-${String(incarnation)}`;
    const before = held.get(key);
    held.set(key, {
      sequence: Math.max(before?.sequence ?? 0, sequence),
      ends: [...(before?.ends ?? []), { sequence, mark: chainMark(encodeBase64Url(chain)) }],
    });
  }
  return held;
}
