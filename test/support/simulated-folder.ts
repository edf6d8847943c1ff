/**
 * A shared folder as several devices see it through a carrier, simulated: each device has a view of
 * its own, and what is written in one comes to the others when and how chance and the knobs say.
 * Time is virtual, so forty days take a moment and a seed gives the same story every time.
 */
import type { Folder } from "#engine/sync/folder.ts";
import { isSetApart } from "#shared/format/names.ts";
import { calm, type CarrierKnobs } from "./carrier-knobs.ts";
import { type Deed, newView, type View, type Workings } from "./carrier-workings.ts";
import { createChance } from "./chance.ts";
import { type FolderTree, nameOf } from "./folder-tree.ts";
import { meddle } from "./meddle.ts";
import { pack, type Parcel, unpack } from "./simulated-parcels.ts";
import { openView } from "./simulated-view.ts";

export type Carrier = {
  /** The folder as this device sees it. A new one has to be taken after a crash. */
  readonly folderOf: (device: string) => Folder;
  /** What the device has, for looking and for playing tricks; nothing done here is carried on. */
  readonly viewOf: (device: string) => FolderTree;
  /** Puts, replaces or (without bytes) removes a file as a person at this device would: it is carried on. */
  readonly person: (device: string, path: string, bytes?: Uint8Array) => void;
  readonly now: () => number;
  /** What the device's own clock says: the true time and its skew. */
  readonly clockOf: (device: string) => number;
  readonly setSkew: (device: string, milliseconds: number) => void;
  /** Moves the virtual time on, and brings what arrives in it. */
  readonly advance: (milliseconds: number) => void;
  /** Lets people do one thing, if the knobs say so. */
  readonly meddle: () => void;
  /**
   * Brings everything that is on its way, completes what came in part and ends full disks and the
   * like, at once. What is lost, corrupted, renamed or never completed stays so: no carrier mends that.
   */
  readonly settle: () => void;
  readonly setKnobs: (knobs: Partial<CarrierKnobs>) => void;
  /** Lets the device's app die at its nth call from now, counted from 1. */
  readonly crashAt: (device: string, call: number) => void;
  /** How often each thing happened; a simulation in which nothing happened proves nothing. */
  readonly counts: ReadonlyMap<string, number>;
  readonly deeds: readonly Deed[];
};

/** A carrier between the devices. The clock starts at `start` and moves only by `advance`. */
export function simulateCarrier(options: {
  readonly seed: number;
  readonly devices: readonly string[];
  /** Those of them whose disks do not tell capitals apart. */
  readonly insensitive?: readonly string[];
  readonly knobs?: Partial<CarrierKnobs>;
  readonly start?: number;
}): Carrier {
  let knobs: CarrierKnobs = { ...calm, ...options.knobs };
  let now = options.start ?? Date.UTC(2026, 0, 5, 9);
  let serial = 0;
  let parcels: Parcel[] = [];
  const chance = createChance(options.seed);
  const counts = new Map<string, number>();
  const views = new Map(
    options.devices.map((device) => [
      device,
      newView(device, options.insensitive?.includes(device) === true),
    ]),
  );
  const workings: Workings = {
    chance,
    knobs: () => knobs,
    now: () => now,
    count: (what) => counts.set(what, (counts.get(what) ?? 0) + 1),
    nextSerial: () => (serial += 1),
    carry,
    deeds: [],
    views,
  };

  function viewOf(device: string): View {
    const view = views.get(device);
    if (view === undefined) throw new Error(`No device is called ${device}`);
    return view;
  }

  function carry(device: string, path: string): void {
    if (isSetApart(nameOf(path))) return;
    const copy = viewOf(device).tree.get(path).at(-1);
    const number = copy?.serial ?? workings.nextSerial();
    for (const to of views.keys()) {
      if (to !== device) parcels.push(...pack(workings, { to, path, copy, number }));
    }
    deliver(now);
  }

  function deliver(until: number): void {
    const due = parcels.filter((parcel) => parcel.due <= until);
    if (due.length === 0) return;
    parcels = parcels.filter((parcel) => parcel.due > until);
    for (const parcel of due.toSorted((a, b) => a.due - b.due || a.serial - b.serial)) {
      unpack(workings, viewOf(parcel.to), parcel);
    }
  }

  return {
    folderOf: (device) => openView(workings, viewOf(device)),
    viewOf: (device) => viewOf(device).tree,
    person: (device, path, bytes) => {
      const copy = { modified: now, serial: workings.nextSerial(), hereFrom: now };
      viewOf(device).tree.set(path, bytes === undefined ? [] : [{ ...copy, bytes }]);
      viewOf(device).removed.set(path, bytes === undefined ? copy.serial : -1);
      carry(device, path);
    },
    now: () => now,
    clockOf: (device) => now + viewOf(device).skew,
    setSkew: (device, milliseconds) => {
      viewOf(device).skew = milliseconds;
    },
    advance: (milliseconds) => {
      now += milliseconds;
      deliver(now);
    },
    meddle: () => meddle(workings),
    settle: () => {
      deliver(Infinity);
      for (const view of views.values()) {
        view.quietUntil = now + hour;
        view.listings.clear();
        for (const path of view.tree.paths()) {
          view.tree.set(
            path,
            view.tree.get(path).map((copy) => ({ ...copy, hereFrom: now })),
          );
        }
      }
    },
    setKnobs: (more) => {
      knobs = { ...knobs, ...more };
    },
    crashAt: (device, call) => {
      viewOf(device).crashIn = call;
    },
    counts,
    deeds: workings.deeds,
  };
}

const hour = 3_600_000;
