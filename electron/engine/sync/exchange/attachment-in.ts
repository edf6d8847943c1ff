/**
 * Brings one attachment from the shared folder into the profile when somebody opens it. What has
 * come so far lies in a partial file, so an interrupted copy goes on where it stopped; the file has
 * its name only when all of it is there and its hash fits.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { formatName } from "#shared/format/names.ts";
import type { Folder } from "../folder.ts";
import { isFault } from "./watched-folder.ts";

type Dependencies = {
  readonly folder: Folder;
  /** Where the profile keeps attachments. */
  readonly place: string;
  /** How much is read at once. */
  readonly part: number;
  /** The most that is believed to be an attachment. */
  readonly limit: number;
};

/**
 * `here`: it is in the profile now; `absent`: the folder has none; `waiting`: the folder has it and
 * cannot give it now; `damaged`: what came was something else, and the next try begins anew.
 */
export type AttachmentFetch = "here" | "absent" | "waiting" | "damaged";

/** Fetches the attachment with that SHA-256. Fails only where the profile's own disk does. */
export async function fetchAttachment(hash: string, deps: Dependencies): Promise<AttachmentFetch> {
  const place = path.join(deps.place, hash.slice(0, 2), hash);
  const partial = `${place}.part`;
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
  const state = await copyInto(partial, hash, deps);
  if (state !== "here") return state;
  if ((await hashOf(partial)) !== hash) {
    await rm(partial, { force: true });
    return "damaged";
  }
  await rename(partial, place);
  return "here";
}

async function copyInto(
  partial: string,
  hash: string,
  { folder, part, limit }: Dependencies,
): Promise<AttachmentFetch> {
  const source = formatName({ kind: "attachment", sha256: hash });
  const file = await open(partial, "a", 0o600);
  try {
    let { size: at } = await file.stat();
    for (;;) {
      const bytes = await readPart(folder, source, { at, length: part });
      if (typeof bytes === "string") return bytes;
      if (bytes.length === 0) break;
      await file.appendFile(bytes);
      at += bytes.length;
      if (at > limit) return await tooMuch(partial);
    }
    await file.sync();
    return "here";
  } finally {
    await file.close();
  }
}

async function tooMuch(partial: string): Promise<AttachmentFetch> {
  await rm(partial, { force: true });
  return "damaged";
}

async function readPart(
  folder: Folder,
  source: string,
  part: { readonly at: number; readonly length: number },
): Promise<Uint8Array | "absent" | "waiting"> {
  try {
    return await folder.read(source, part);
  } catch (error) {
    if (isFault(error, "missing")) return "absent";
    if (
      isFault(error, "not_here", "busy", "denied", "unavailable", "broken", "read_only", "full")
    ) {
      return "waiting";
    }
    throw error;
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest("hex");
}
