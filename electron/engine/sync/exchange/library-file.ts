/** LIBRARY.json as it was verified, kept so that it can be put back. */
import { limits } from "#shared/format/limits.ts";
import { libraryName } from "#shared/format/names.ts";
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import type { Context } from "./context.ts";
import { readVerified } from "./root.ts";

const row = statement<[], { readonly bytes: Uint8Array }>("SELECT bytes FROM library_file");
const put = statement<[bytes: Uint8Array]>(
  "INSERT OR IGNORE INTO library_file (one, bytes) VALUES (1, ?)",
);

/** The file's bytes; undefined before it was verified here once. */
export function libraryFile(db: Readable): Uint8Array | undefined {
  return row(db).get()?.bytes;
}

/** Keeps the file the first time that it is there and verified. */
export async function keepLibraryFile(context: Context): Promise<void> {
  const { databases, folder, library, cryptography } = context;
  if (libraryFile(databases.read) !== undefined) return;
  const bytes = await folder.read(libraryName, { at: 0, length: limits.libraryFile });
  const read = readVerified(bytes, cryptography);
  if (read === undefined || read === "future_format" || read.library !== library.id) return;
  await databases.queue.run((db) => put(db).run(bytes));
}
