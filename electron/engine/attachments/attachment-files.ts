/** Attachments on the disk: one file for each content, named by its SHA-256, never changed. */
import { createHash, randomUUID } from "node:crypto";
import { closeSync, fstatSync, mkdirSync, openSync, readSync, statSync } from "node:fs";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { sha256Schema } from "#shared/domain/ids.ts";
import { sniffLength, sniffMediaType } from "./media-type.ts";

/** The most one attachment may weigh: 25 MiB. */
export const mostBytes = 25 * 1024 * 1024;

export type StoredFile = {
  readonly hash: string;
  readonly mediaType: string;
  readonly bytes: number;
};

export type AttachmentFiles = {
  /** Writes the bytes if nothing holds them yet; they are on the disk when it resolves. */
  readonly keep: (bytes: Uint8Array) => Promise<StoredFile>;
  readonly read: (hash: string) => Promise<Uint8Array | undefined>;
  /** Size and type of what is kept under the hash; undefined when nothing is. */
  readonly describe: (hash: string) => StoredFile | undefined;
  /** Where the bytes lie, for a copy; undefined when nothing is there. */
  readonly pathOf: (hash: string) => string | undefined;
};

/** Opens the folder, making it when it is missing. */
export function createAttachmentFiles(folder: string): AttachmentFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 });

  function placeOf(hash: string): string {
    return path.join(folder, hash.slice(0, 2), hash);
  }

  function pathOf(hash: string): string | undefined {
    if (!sha256Schema.safeParse(hash).success) return undefined;
    const place = placeOf(hash);
    return statSync(place, { throwIfNoEntry: false })?.isFile() === true ? place : undefined;
  }

  async function keep(bytes: Uint8Array): Promise<StoredFile> {
    const hash = createHash("sha256").update(bytes).digest("hex");
    const stored = { hash, mediaType: sniffMediaType(bytes), bytes: bytes.length };
    const place = placeOf(hash);
    if (statSync(place, { throwIfNoEntry: false })?.size === bytes.length) return stored;
    await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
    const temporary = `${place}.${randomUUID()}.tmp`;
    try {
      const file = await open(temporary, "wx", 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, place);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    return stored;
  }

  function describe(hash: string): StoredFile | undefined {
    const place = pathOf(hash);
    if (place === undefined) return undefined;
    const file = openSync(place, "r");
    try {
      const start = Buffer.alloc(sniffLength);
      const read = readSync(file, start, 0, sniffLength, 0);
      const mediaType = sniffMediaType(start.subarray(0, read));
      return { hash, mediaType, bytes: fstatSync(file).size };
    } finally {
      closeSync(file);
    }
  }

  return {
    keep,
    describe,
    pathOf,
    read: async (hash) => {
      const place = pathOf(hash);
      return place === undefined ? undefined : readFile(place);
    },
  };
}
