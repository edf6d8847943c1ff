/** The rows that say as which library this workspace is shared, and where this device finds it. */
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import type { Databases, Readable, Writable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";

export type LibraryRow = {
  readonly id: RecordId;
  readonly name: string;
  /** The public key that founded it. */
  readonly root: Uint8Array;
  readonly fingerprint: string;
  /** When this device was admitted, in milliseconds since 1970; null while it is waiting. */
  readonly joined: number | null;
};

type Stored = Omit<LibraryRow, "id"> & { readonly id: string };

const selectLibrary = statement<[], Stored>(
  "SELECT id, name, root_key AS root, fingerprint, joined FROM library",
);
const insert = statement<[Stored]>(
  `INSERT INTO library (one, id, name, root_key, fingerprint, joined)
   VALUES (1, :id, :name, :root, :fingerprint, :joined)`,
);
const keepFile = statement<[bytes: Uint8Array]>(
  "INSERT INTO library_file (one, bytes) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET bytes = excluded.bytes",
);
const setJoined = statement<[joined: number]>("UPDATE library SET joined = ? WHERE joined IS NULL");

/** The library; undefined while nothing is shared. */
export function readLibraryRow(db: Readable): LibraryRow | undefined {
  const row = selectLibrary(db).get();
  return row && { ...row, id: recordIdSchema.parse(row.id) };
}

/** From here on the workspace is shared; `file` is LIBRARY.json. Fails when it is shared already. */
export function insertLibrary(db: Writable, row: LibraryRow, file: Uint8Array): void {
  insert(db).run(row);
  keepFile(db).run(file);
}

/** Notes when this device was admitted; the first time counts. */
export function markJoined(db: Writable, at: number): void {
  setJoined(db).run(at);
}

/**
 * Ends the sharing on this device: the library, its files and what was seen in the folder. The
 * changes stay in the log.
 */
export function forgetLibrary(db: Writable): void {
  for (const table of sharingTables) db.exec(`DELETE FROM ${table}`);
}

const sharingTables = [
  "library",
  "library_file",
  "segment",
  "peer_head",
  "peer_ack",
  "peer_lack",
  "folder_file",
  "folder_file_copy",
  "folder_event",
  "attachment_shared",
  "relay_file",
] as const;

const selectPlace = statement<[], { readonly path: string }>("SELECT path FROM shared_folder");
const setPlace = statement<[path: string]>(
  "INSERT INTO shared_folder (one, path) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET path = excluded.path",
);
const selectRequest = statement<[], JoinFile>("SELECT path, bytes FROM join_request");
const setRequest = statement<[JoinFile]>(
  `INSERT INTO join_request (one, path, bytes) VALUES (1, :path, :bytes)
   ON CONFLICT (one) DO UPDATE SET path = excluded.path, bytes = excluded.bytes`,
);

type Local = Databases["local"];

/** The join request that this device wrote: where in the folder it lies, and the file. */
type JoinFile = { readonly path: string; readonly bytes: Uint8Array };

/** The shared folder's absolute path on this device; undefined while none was chosen. */
export function readFolderPath(local: Local): string | undefined {
  return selectPlace(local).get()?.path;
}

/** Remembers the absolute path of the shared folder on this computer. */
export function writeFolderPath(local: Local, path: string): void {
  setPlace(local).run(path);
}

/** The request of this device, while it waits to be admitted. */
export function readJoinFile(local: Local): JoinFile | undefined {
  return selectRequest(local).get();
}

/** Keeps the request, so that it can be put into the folder again. */
export function keepJoinFile(local: Local, file: JoinFile): void {
  setRequest(local).run(file);
}

/** This device looks at no folder any more, and asks for nothing in it. */
export function forgetFolder(local: Local): void {
  local.exec("DELETE FROM shared_folder");
  forgetJoinFile(local);
}

/** The request was answered, or is given up. */
export function forgetJoinFile(local: Local): void {
  local.exec("DELETE FROM join_request");
}
