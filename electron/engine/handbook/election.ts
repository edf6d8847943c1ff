/**
 * Which of several devices refreshes the handbook in a shared folder. They agree without speaking:
 * each sorts the devices that were active lately by a hash of the day and the device's name, and the
 * first one does it. A device that is elected and does not (it may not keep the handbook at all)
 * holds nothing up: the one behind it goes ahead some hours later.
 */
import { createHash } from "node:crypto";
import type { DeviceId } from "#shared/domain/ids.ts";

/** How long each device waits for the one before it. */
const patience = 2 * 3_600_000;

/** The devices of a day, the elected one first. */
export function turnsOf(day: string, devices: readonly DeviceId[]): readonly DeviceId[] {
  const key = (device: DeviceId) =>
    createHash("sha256").update(`${day} ${device}`).digest("hex") + device;
  return [...new Set(devices)].toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

type Turn = {
  readonly own: DeviceId;
  readonly devices: readonly DeviceId[];
  readonly now: number;
  /** Since when this device knows that the handbook is out of date. */
  readonly since: number;
};

/** Whether it is this device's turn now. */
export function isOwnTurn({ own, devices, now, since }: Turn): boolean {
  const day = new Date(now).toISOString().slice(0, 10);
  const place = turnsOf(day, [...devices, own]).indexOf(own);
  return now - since >= place * patience;
}
