/** How the shared folder is doing, in sentences: what was set aside, refused or is missing. */
import type { z } from "zod";
import type { healthOfFolderSchema } from "#shared/contract/folder-shapes.ts";
import { deviceIdSchema, recordIdSchema } from "#shared/domain/ids.ts";
import type { Readable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import { readEvents } from "./exchange/folder-events.ts";
import { type Refusal, refusedFiles } from "./exchange/folder-files.ts";
import type { MissingPart } from "./exchange/missing.ts";
import { pathOfSegment } from "./exchange/publish.ts";
import { heldSegments, segmentRow } from "./segment-rows.ts";

export type FolderHealth = z.infer<ReturnType<typeof healthOfFolderSchema>>;

type Told = Exclude<Refusal, "not_here" | "over_budget">;

const told: Readonly<Record<Told, readonly [sentence: string, action: string]>> = {
  truncated: [
    "Only part of this file is here, so nothing of it was taken.",
    "It is read again by itself. If it stays, whoever wrote it should let OneDrive, Dropbox or whatever copies the folder finish.",
  ],
  hash: [
    "The content of this file is not what was written, so nothing of it was taken.",
    "Other copies are used where there are any, and whoever holds the changes writes the file again.",
  ],
  signature: [
    "The device that this file names did not sign it, so it may be forged. Nothing of it was taken.",
    "Ask whoever can see the folder's history who put it there, and delete it.",
  ],
  unknown_device: [
    "This file was written by a device that no steward has let in, so nothing of it was taken.",
    "It is taken by itself once the device is let in. If nobody knows it, delete the file.",
  ],
  removed: [
    "This file was written by a device that was removed from this shared workspace.",
    "A steward can take over what was written honestly, under People and roles.",
  ],
  future_format: [
    "This file was written by a newer version of Guildhall, and this one cannot read it.",
    "Install the newer version; the file is taken then.",
  ],
  oversize: [
    "This file is larger than any that Guildhall writes, so it was not read.",
    "Ask whoever can see the folder's history who put it there, and delete it.",
  ],
  fork: [
    "Two copies of Guildhall write as the same device. Everything of both is kept.",
    "If a profile was copied to another computer, remove one of the two and join it as a new device.",
  ],
  other_library: [
    "This file belongs to another shared workspace, so nothing of it was taken.",
    "Move it back to the folder that it came from.",
  ],
  not_guildhall: [
    "This file does not belong to Guildhall, so it was left alone.",
    "Keep other files outside of the shared folder, so that nobody takes them for part of it.",
  ],
};

/** A file that comes in parts is no news before this time. */
const patience = 10 * 60 * 1000;

const refusals = statement<
  [limit: number],
  {
    readonly reason: string;
    readonly record: string;
    readonly title: string | null;
    readonly person: string | null;
    readonly changes: number;
  }
>(
  `SELECT refusal.reason, refusal.record_id AS record, record.title,
     person.title AS person, count(*) AS changes
   FROM refusal
   LEFT JOIN record ON record.id = refusal.record_id
   LEFT JOIN record AS person ON person.id = record.updated_by
   GROUP BY refusal.reason, refusal.record_id ORDER BY changes DESC LIMIT ?`,
);

type Asked = {
  readonly missing: readonly MissingPart[];
  /** Whose a device is, by name. */
  readonly ownerOf: (device: string) => string;
  readonly now: number;
};

/** Reads all of it. */
export function healthOfFolder(db: Readable, { missing, ownerOf, now }: Asked): FolderHealth {
  return {
    setAside: setAside(db, now),
    missing: missing.map(({ device, changes }) => ({
      device: deviceIdSchema.parse(device),
      person: ownerOf(device),
      changes,
    })),
    refused: refusals(db).all(200).flatMap(refusedRow),
    events: [...readEvents(db, 100)],
  };
}

/** Files that a person may want to do something about. */
export function setAside(db: Readable, now: number): FolderHealth["setAside"] {
  const refused = refusedFiles(db).flatMap(({ path, outcome, since }) => {
    if (!isTold(outcome) || (outcome === "truncated" && now - since < patience)) return [];
    const [sentence, action] = told[outcome];
    return [{ path, reason: outcome, sentence, action, since: new Date(since).toISOString() }];
  });
  return [...refused, ...heldSegments(db).all().map(heldRow)];
}

/** One that needs a newer version is kept and passed on, and waits for the update. */
function heldRow(stored: Parameters<typeof segmentRow>[0]): FolderHealth["setAside"][number] {
  const [sentence, action] = told.future_format;
  const row = segmentRow(stored);
  const since = new Date(row.at).toISOString();
  return { path: pathOfSegment(row), reason: "future_format", sentence, action, since };
}

function isTold(outcome: string): outcome is Told {
  return Object.hasOwn(told, outcome);
}

type RefusalRow = ReturnType<ReturnType<typeof refusals>["all"]>[number];

function refusedRow({ reason, record, title, person, changes }: RefusalRow) {
  if (reason !== "waiting" && reason !== "not_permitted" && reason !== "removed") return [];
  const id = recordIdSchema.parse(record);
  return [{ reason, record: id, title: title ?? "", person: person ?? "", changes } as const];
}
