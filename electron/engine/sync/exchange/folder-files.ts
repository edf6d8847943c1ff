/**
 * What was made of files in the folder that their names do not settle: odd names, files that were
 * refused, files that cannot be read yet. A file that is set aside stays where it is; a copy of its
 * bytes is kept here within a limit.
 */
import type { DeviceId } from "#shared/domain/ids.ts";
import type { Readable, Writable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import type { Reason } from "../intake.ts";
import { failedFilePause, type Pace } from "../pace.ts";
import type { FoundFile } from "./look.ts";

/** Why a file is not read: set aside for what it is, or not there yet. */
export type Refusal =
  | Reason
  /** A placeholder whose content did not come, or a file in use: no fault of the file's. */
  | "not_here"
  | "over_budget";

export type FolderFileRow = {
  readonly path: string;
  readonly size: number | null;
  readonly modified: number | null;
  readonly outcome: string;
  readonly device: string | null;
  readonly hash: string | null;
  readonly tries: number;
  readonly since: number;
  readonly next_try: number;
};

const columns = "path, size, modified, outcome, device, hash, tries, since, next_try";
const one = statement<[path: string], FolderFileRow>(
  `SELECT ${columns} FROM folder_file WHERE path = ?`,
);
const put = statement<[FolderFileRow]>(
  `INSERT OR REPLACE INTO folder_file (${columns})
   VALUES (:path, :size, :modified, :outcome, :device, :hash, :tries, :since, :next_try)`,
);
const refused = statement<[], FolderFileRow>(
  `SELECT ${columns} FROM folder_file WHERE outcome <> 'read' ORDER BY since DESC`,
);
const ofOutcome = statement<[outcome: string], FolderFileRow>(
  `SELECT ${columns} FROM folder_file WHERE outcome = ?`,
);
const paths = statement<[], { readonly path: string }>("SELECT path FROM folder_file");
const drop = statement<[path: string]>("DELETE FROM folder_file WHERE path = ?");
const copied = statement<[], { readonly bytes: number }>(
  "SELECT coalesce(sum(length(bytes)), 0) AS bytes FROM folder_file_copy",
);
const putCopy = statement<[path: string, at: number, bytes: Uint8Array]>(
  "INSERT OR REPLACE INTO folder_file_copy (path, at, bytes) VALUES (?, ?, ?)",
);
const dropCopy = statement<[path: string]>("DELETE FROM folder_file_copy WHERE path = ?");

/** These pass by themselves, so the same bytes are looked at again after a while. */
const passing: readonly Refusal[] = ["truncated", "hash", "not_here", "over_budget"];
/** These do not change unless the file does. */
const lasting: readonly Refusal[] = [
  "signature",
  "oversize",
  "other_library",
  "not_guildhall",
  "future_format",
  "removed",
  "fork",
];

const tried = [...passing, ...lasting].map((outcome) => `'${outcome}'`).join(", ");
const due = statement<[{ readonly now: number; readonly latest: number }], FolderFileRow>(
  `SELECT ${columns} FROM folder_file WHERE outcome IN (${tried}) AND next_try <= :now
   UNION ALL
   SELECT ${columns} FROM folder_file WHERE outcome IN (${tried}) AND next_try > :latest
   ORDER BY next_try LIMIT 256`,
);

/** What was made of the file at the path; undefined for one that was never looked at. */
export function folderFile(db: Readable, path: string): FolderFileRow | undefined {
  return one(db).get(path);
}

/** Files whose next try has come, of those that may pass by themselves or may have been replaced. */
export function dueFiles(db: Readable, now: number, longest: number): readonly FolderFileRow[] {
  return due(db).all({ now, latest: now + longest });
}

/** Every file that is set aside or not readable yet, the latest first. */
export function refusedFiles(db: Readable): readonly FolderFileRow[] {
  return refused(db).all();
}

/** Files that wait for the roster to know their device. */
export function filesOfStrangers(db: Readable): readonly FolderFileRow[] {
  return ofOutcome(db).all("unknown_device");
}

/** Nothing more is to be learnt from the file; `hash` says which held segment it is. */
export function settleFile(
  db: Writable,
  file: FoundFile,
  known: { readonly now: number; readonly device?: DeviceId; readonly hash?: string },
): void {
  const { device = null, hash = null, now } = known;
  const { path, size, modified } = file;
  put(db).run({
    path,
    size,
    modified,
    device,
    hash,
    outcome: "read",
    tries: 0,
    since: now,
    next_try: 0,
  });
  dropCopy(db).run(path);
}

type Refused = {
  readonly now: number;
  readonly reason: Refusal;
  readonly device?: DeviceId | undefined;
  /** What was read of it; kept unless too much is kept already. */
  readonly bytes?: Uint8Array | undefined;
  readonly pace: Pace;
};

/** Sets the file aside; the pause to the next try doubles as long as the reason stays. */
export function refuseFile(db: Writable, file: FoundFile, refusal: Refused): void {
  const { now, reason, pace } = refusal;
  const before = one(db).get(file.path);
  const again = before !== undefined && before.outcome !== "read";
  const tries = again ? before.tries + 1 : 1;
  const pause = passing.includes(reason) ? failedFilePause(pace, tries) : pace.failedFile.most;
  put(db).run({
    path: file.path,
    size: file.size,
    modified: file.modified,
    outcome: reason,
    device: refusal.device ?? null,
    hash: null,
    tries,
    since: again ? before.since : now,
    next_try: now + pause,
  });
  const { bytes } = refusal;
  if (bytes === undefined || reason === "not_here") return;
  const kept = copied(db).get()?.bytes ?? 0;
  if (kept + bytes.length <= pace.quarantine.bytes) putCopy(db).run(file.path, now, bytes);
}

/** The file is the same as when it was refused for a lasting reason: it is looked at again later. */
export function postponeFile(db: Writable, row: FolderFileRow, until: number): void {
  put(db).run({ ...row, next_try: until });
}

/** The file is not in the folder any more. The copy of its bytes is kept. */
export function forgetFile(db: Writable, path: string): void {
  drop(db).run(path);
}

/** After a full look: forgets what is not there. */
export function forgetAbsent(db: Writable, present: ReadonlySet<string>): void {
  const gone = paths(db)
    .all()
    .filter(({ path }) => !present.has(path));
  for (const { path } of gone) drop(db).run(path);
}
