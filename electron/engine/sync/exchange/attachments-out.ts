/** Attachments into the folder: before the changes that name them, and back when they are gone. */
import { folderNames, formatName } from "#shared/format/names.ts";
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import type { Context } from "./context.ts";
import { placeFile } from "./place-file.ts";
import { isFault, orMissing } from "./watched-folder.ts";

const unshared = statement<[], { readonly hash: string }>(
  `SELECT DISTINCT hash FROM attachment
   WHERE hash NOT IN (SELECT hash FROM attachment_shared)`,
);
const share = statement<[hash: string]>(
  "INSERT OR IGNORE INTO attachment_shared (hash) VALUES (?)",
);
const shared = statement<[], { readonly hash: string }>("SELECT hash FROM attachment_shared");
const unshare = statement<[hash: string]>("DELETE FROM attachment_shared WHERE hash = ?");

/** Attachments that a record names, that are here and, as far as is known, not in the folder. */
function attachmentsToShare(
  db: Readable,
  { attachments }: Pick<Context, "attachments">,
): readonly string[] {
  return unshared(db)
    .all()
    .map(({ hash }) => hash)
    .filter((hash) => attachments.isHere(hash));
}

/** Writes those attachments; answers how many. Fails as the folder does. */
export async function publishAttachments(context: Context): Promise<number> {
  const { databases } = context;
  let written = 0;
  for (const hash of attachmentsToShare(databases.read, context)) {
    const bytes = await context.attachments.read(hash);
    if (bytes === undefined) continue;
    if (await placeAttachment(hash, bytes, context)) written += 1;
    await databases.queue.run((db) => share(db).run(hash));
  }
  return written;
}

/** False when a file of the right size lies there already. */
async function placeAttachment(
  hash: string,
  bytes: Uint8Array,
  { folder, signer }: Context,
): Promise<boolean> {
  const path = formatName({ kind: "attachment", sha256: hash });
  const there = await orMissing(folder.stat(path));
  if (there?.size === bytes.length) return false;
  await placeFile(folder, path, { bytes, writer: signer.device()?.id ?? "" });
  const { size } = await folder.stat(path);
  return size === bytes.length;
}

/** In a full look: what is not there any more counts as not shared, so that who has it writes it again. */
export async function missAttachments(context: Context): Promise<void> {
  if (!context.protections.healing) return;
  const known = shared(context.databases.read).all();
  if (known.length === 0) return;
  const byFolder = Map.groupBy(known, ({ hash }) => hash.slice(0, 2));
  const gone: string[] = [];
  for (const [shard, hashes] of byFolder) {
    const names = await namesIn(`${folderNames.attachment}/${shard}`, context);
    if (names === undefined) continue;
    for (const { hash } of hashes) if (!names.has(hash)) gone.push(hash);
  }
  const mine = gone.filter((hash) => context.attachments.isHere(hash));
  if (mine.length === 0) return;
  await context.databases.queue.run((db) => {
    for (const hash of mine) unshare(db).run(hash);
  });
}

/** Undefined when the folder cannot be listed now: then nothing is known to be gone. */
async function namesIn(path: string, { folder }: Context): Promise<Set<string> | undefined> {
  try {
    const entries = (await orMissing(folder.list(path))) ?? [];
    return new Set(entries.map(({ name }) => name));
  } catch (error) {
    if (isFault(error, "busy", "not_here", "denied", "broken")) return undefined;
    throw error;
  }
}
