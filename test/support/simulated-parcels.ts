/** What travels between the views: how a file sets out for one device, and what it does there. */
import { conflictName, corrupt, inPart } from "./carrier-knobs.ts";
import type { View, Workings } from "./carrier-workings.ts";
import type { Copy } from "./folder-tree.ts";

export type Parcel = {
  readonly to: string;
  readonly path: string;
  readonly due: number;
  readonly copy: Copy | undefined;
  readonly serial: number;
  readonly twin: boolean;
};

const hour = 3_600_000;

/** A file, or the news that it is gone, as it sets out for one device. */
export function pack(
  { chance, knobs, now, count }: Workings,
  file: {
    readonly to: string;
    readonly path: string;
    readonly copy: Copy | undefined;
    readonly number: number;
  },
): readonly Parcel[] {
  const { to, path, copy, number: serial } = file;
  const about = `${serial}|${to}|${path}`;
  const { delay, late, ...odds } = knobs();
  const happens = (what: keyof typeof odds) => {
    const does = copy !== undefined && chance.happens(odds[what], what, about);
    if (does) count(what);
    return does;
  };
  if (happens("lost")) return [];
  let due = now() + chance.between(...delay, "delay", about);
  if (chance.happens(late, "late", about)) {
    count("late");
    due += chance.between(hour, 40 * 24 * hour, "how late", about);
  }
  const parcel = { to, path, due, copy, serial, twin: false };
  if (copy === undefined) return [parcel];
  const bytes = happens("corrupted") ? corrupt(copy.bytes, chance, about) : copy.bytes;
  const hereFrom = happens("placeholder") ? due + chance.between(1, hour, "here", about) : due;
  const times = [0, due + 365 * 24 * hour, copy.modified - 30 * 24 * hour];
  const lie = happens("wrongTime") ? chance.oneOf(times, "time", about) : undefined;
  const whole: Copy = { bytes, serial, hereFrom, modified: lie ?? copy.modified };
  const name = happens("conflictName") ? conflictName(path, chance, about) : path;
  const parcels: Parcel[] = [];
  const send = (more: Partial<Parcel>) =>
    parcels.push({ ...parcel, path: name, copy: whole, ...more });
  if (happens("truncated")) {
    send({ copy: { ...whole, bytes: inPart(bytes, chance, about) } });
    if (happens("neverCompleted")) return parcels;
    due += chance.between(1_000, 6 * hour, "completed", about);
  }
  send({ due });
  if (happens("conflictCopy")) send({ due, path: conflictName(path, chance, about) });
  if (happens("twin")) {
    send({ due: due + 1, twin: true, copy: { ...whole, bytes: corrupt(bytes, chance, about) } });
  }
  return parcels;
}

/** What comes in later than something newer changes nothing; different contents both stay. */
export function unpack({ chance, count }: Workings, view: View, parcel: Parcel): void {
  const { path, copy, serial } = parcel;
  const there = view.tree.get(path);
  const newest = Math.max(view.removed.get(path) ?? -1, ...there.map((one) => one.serial));
  if (serial < newest) return;
  if (copy === undefined) {
    view.removed.set(path, serial);
    view.tree.set(path, []);
    return;
  }
  if (parcel.twin) {
    view.tree.set(path, [...there, copy]);
    return;
  }
  const other = there.find((one) => one.serial < serial && !sameBytes(one.bytes, copy.bytes));
  if (other !== undefined) {
    count("conflict");
    view.tree.set(conflictName(path, chance, `${serial}|${view.device}`), [other]);
  }
  view.tree.set(path, [copy]);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
