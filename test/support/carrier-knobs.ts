/** What a simulated carrier does to files, each thing with its probability; and the names that carriers make. */
import type { Chance } from "./chance.ts";
import { join, nameOf, parentOf } from "./folder-tree.ts";

/** Probabilities from 0 to 1; times in milliseconds of the virtual clock. */
export type CarrierKnobs = {
  /** How long a file travels when nothing goes wrong: from, to. */
  readonly delay: readonly [least: number, most: number];
  /** It travels hours to forty days. */
  readonly late: number;
  /** It never comes to this device. */
  readonly lost: number;
  /** It comes in part or as zeros first; and of those, the share that nothing ever completes. */
  readonly truncated: number;
  readonly neverCompleted: number;
  /** It comes only under a name for conflicts; it comes under that name as well. */
  readonly conflictName: number;
  readonly conflictCopy: number;
  /** Its name stands there twice, once with damaged content. */
  readonly twin: number;
  /** A byte of it is another one. */
  readonly corrupted: number;
  /** Its name comes before its content. */
  readonly placeholder: number;
  /** Its time is not that of its writing. */
  readonly wrongTime: number;
  /** A listing is the one of up to ten seconds ago. */
  readonly staleListing: number;
  /** The share of hours in which the device's disk is full, read-only, busy, away, or seems empty. */
  readonly full: number;
  readonly readOnly: number;
  readonly busy: number;
  readonly unavailable: number;
  readonly emptyRoot: number;
  /** The app dies at a call: before it, after it or in the middle. */
  readonly crash: number;
  /** What people do, at each `meddle`: delete, move, copy a file; put junk there; restore an old state. */
  readonly deleted: number;
  readonly moved: number;
  /** Its name and those of its folders are in capitals from now on. */
  readonly recased: number;
  readonly copied: number;
  readonly junk: number;
  readonly rolledBack: number;
};

/** A carrier as its maker describes it. */
export const calm: CarrierKnobs = {
  delay: [0, 1],
  late: 0,
  lost: 0,
  truncated: 0,
  neverCompleted: 0,
  conflictName: 0,
  conflictCopy: 0,
  twin: 0,
  corrupted: 0,
  placeholder: 0,
  wrongTime: 0,
  staleListing: 0,
  full: 0,
  readOnly: 0,
  busy: 0,
  unavailable: 0,
  emptyRoot: 0,
  crash: 0,
  deleted: 0,
  moved: 0,
  recased: 0,
  copied: 0,
  junk: 0,
  rolledBack: 0,
};

/** A carrier on a bad month: everything that can happen does, often. */
export const stormy: CarrierKnobs = {
  delay: [1_000, 20 * 60_000],
  late: 0.05,
  lost: 0.02,
  truncated: 0.3,
  neverCompleted: 0.1,
  conflictName: 0.1,
  conflictCopy: 0.1,
  twin: 0.03,
  corrupted: 0.02,
  placeholder: 0.1,
  wrongTime: 0.3,
  staleListing: 0.3,
  full: 0.03,
  readOnly: 0.02,
  busy: 0.05,
  unavailable: 0.03,
  emptyRoot: 0.02,
  crash: 0.002,
  deleted: 0.1,
  moved: 0.05,
  recased: 0.05,
  copied: 0.05,
  junk: 0.05,
  rolledBack: 0.03,
};

/** A name as Dropbox, Syncthing, OneDrive and Google Drive give it to the loser of a conflict. */
export function conflictName(path: string, chance: Chance, about: string): string {
  const marks = [
    " (Bob's conflicted copy 2026-01-02)",
    ".sync-conflict-20260102-101112-ABCDEFG",
    "-LAPTOP7",
    " (1)",
  ];
  const name = nameOf(path);
  const dot = name.lastIndexOf(".") < 0 ? name.length : name.lastIndexOf(".");
  const mark = chance.oneOf(marks, "conflict name", about) ?? "";
  return join(parentOf(path), `${name.slice(0, dot)}${mark}${name.slice(dot)}`);
}

/** What is there of a file on the way: nothing, zeros, half, or all but the last bytes. */
export function inPart(bytes: Uint8Array, chance: Chance, about: string): Uint8Array {
  const parts = [
    new Uint8Array(),
    new Uint8Array(bytes.length),
    bytes.subarray(0, Math.floor(bytes.length / 2)),
    bytes.subarray(0, Math.max(0, bytes.length - 7)),
  ];
  return chance.oneOf(parts, "in part", about) ?? bytes;
}

/** The bytes with one bit turned. */
export function corrupt(bytes: Uint8Array, chance: Chance, about: string): Uint8Array {
  const damaged = new Uint8Array(bytes);
  const index = chance.between(0, bytes.length, "corrupt", about);
  damaged[index] = (damaged[index] ?? 0) ^ (1 << chance.between(0, 8, "bit", about));
  return damaged;
}
