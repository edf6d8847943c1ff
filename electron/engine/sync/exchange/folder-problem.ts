/** What stands between this device and the shared folder, with the one sentence and step for it. */
import type { z } from "zod";
import type { folderProblemSchema } from "#shared/contract/folder-shapes.ts";
import type { FolderFault } from "../folder.ts";

export type FolderProblem = z.infer<ReturnType<typeof folderProblemSchema>>;
export type ProblemReason = FolderProblem["reason"];

const kept = "Everything is safe on this device, and what you write waits here.";

const sentences: Readonly<Record<ProblemReason, string>> = {
  missing: `The shared folder is not where it was. ${kept} Connect the drive, or point Guildhall at its new place.`,
  empty: `The shared folder is empty, as it is when a drive is not connected. ${kept} Connect the drive. If somebody emptied the folder, let Guildhall put everything back into it.`,
  other_library: `The shared folder holds another shared workspace. ${kept} Point Guildhall at the folder of your own.`,
  read_only: `The shared folder can be read and not written to. ${kept} Ask whoever runs it for the right to write.`,
  full: `The shared folder is full. ${kept} It goes out by itself once there is room.`,
  denied: `The shared folder refuses access. ${kept} Ask whoever runs it for the right to read and write.`,
  slow: `The shared folder answers too slowly to be read. ${kept} Guildhall goes on trying.`,
  unavailable: `The shared folder cannot be reached. ${kept} Connect its drive or the network, and Guildhall goes on by itself; if the folder has moved, point Guildhall at its new place.`,
  damaged: `The file LIBRARY.json in the shared folder is missing or damaged. ${kept} Guildhall puts it back after some minutes, unless it returns by itself.`,
  newer_format: `The shared folder is written by a newer version of Guildhall. ${kept} Install the newer version to go on.`,
  not_admitted: `You have asked to join and no steward has let you in yet. ${kept} A steward's open Guildhall does so by itself.`,
  removed: `This device was removed from this shared workspace. What is here stays readable, and what you write stays here. Talk to a steward if that was a mistake.`,
  locked: `This device's keys are locked, so nothing can be signed and sent. ${kept} Unlock them with the passphrase.`,
};

/** With these the folder was looked at all the same; with the others nothing could be read. */
const readable: ReadonlySet<ProblemReason> = new Set([
  "not_admitted",
  "removed",
  "locked",
  "read_only",
  "full",
]);

/** Whether the folder can be looked at in spite of it. */
export function isReadable({ reason }: FolderProblem): boolean {
  return readable.has(reason);
}

/** Nothing refused to be read or written: the next look comes as soon as ever. */
const patient: ReadonlySet<ProblemReason> = new Set([
  "not_admitted",
  "removed",
  "locked",
  "damaged",
]);

/** Whether a look that met it is tried again ever more rarely. */
export function isFailing({ reason }: FolderProblem): boolean {
  return !patient.has(reason);
}

/** The problem of that name. */
export function problemOf(reason: ProblemReason): FolderProblem {
  return { reason, sentence: sentences[reason] };
}

const reasons: Readonly<Record<FolderFault, ProblemReason>> = {
  missing: "missing",
  exists: "unavailable",
  busy: "slow",
  not_here: "slow",
  full: "full",
  denied: "denied",
  read_only: "read_only",
  unavailable: "unavailable",
  broken: "unavailable",
};

/** What a person is told about a call that the folder refused. */
export function problemOfFault(fault: FolderFault): FolderProblem {
  return problemOf(reasons[fault]);
}
