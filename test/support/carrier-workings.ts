/** What the parts of the simulated carrier share: each device's view, chance, time, and what was done. */
import type { FolderEntry } from "#engine/sync/folder.ts";
import type { CarrierKnobs } from "./carrier-knobs.ts";
import type { Chance } from "./chance.ts";
import { createFolderTree, type FolderTree } from "./folder-tree.ts";

/** What a device did to the folder, for the rules about who may change what. */
export type Deed = {
  readonly device: string;
  readonly deed: "write" | "rename" | "remove";
  readonly path: string;
  /** What is under the path now; undefined when nothing is. */
  readonly bytes: Uint8Array | undefined;
};

/** What one device has of the folder. */
export type View = {
  readonly device: string;
  tree: FolderTree;
  /** Files that were taken away, by the number of that deed. */
  readonly removed: Map<string, number>;
  readonly listings: Map<string, { readonly at: number; readonly entries: readonly FolderEntry[] }>;
  snapshots: readonly FolderTree[];
  calls: number;
  /** How far the device's clock is ahead of the true time, in milliseconds. */
  skew: number;
  /** At which call from now the app dies; 0 for never. */
  crashIn: number;
  /** Until then no disk is full and no share away. */
  quietUntil: number;
};

/** What views and people share with the carrier. */
export type Workings = {
  readonly chance: Chance;
  readonly knobs: () => CarrierKnobs;
  readonly now: () => number;
  readonly count: (what: string) => void;
  /** A number that no earlier thing had. */
  readonly nextSerial: () => number;
  /** Carries what is under the path in this device's view to all others. */
  readonly carry: (device: string, path: string) => void;
  readonly deeds: Deed[];
  readonly views: ReadonlyMap<string, View>;
};

/** Thrown where the app dies; whoever holds the folder is gone with it. */
export class SimulatedCrash extends Error {
  constructor(path: string) {
    super(`The app died while it was at ${path}`);
    this.name = "SimulatedCrash";
  }
}

/** A device that has nothing yet, on a disk that tells capitals apart or does not. */
export function newView(device: string, insensitive: boolean): View {
  return {
    device,
    tree: createFolderTree(insensitive),
    removed: new Map(),
    listings: new Map(),
    snapshots: [],
    calls: 0,
    skew: 0,
    crashIn: 0,
    quietUntil: 0,
  };
}
