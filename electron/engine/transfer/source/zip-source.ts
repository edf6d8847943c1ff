/**
 * Reads a ZIP file without unpacking it to the disk. Its directory is not believed: names that lead
 * out of it are refused, sizes are counted while they come out, and there are limits for one file,
 * for the whole and for how much a byte may swell.
 */
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from "yauzl";
import {
  linkReason,
  readProblem,
  type Refused,
  type Source,
  type SourceFile,
  SourceProblem,
  tooLarge,
} from "./source.ts";

const mostEntries = 200_000;
/** All that may come out of one ZIP file: 2 GiB. */
const mostUnpacked = 2 * 1024 * 1024 * 1024;
/** Text shrinks to a twentieth at the very best; what swells more than this is a trap. */
const mostSwelling = 250;
const swellingCounts = 1024 * 1024;

/** Opens the ZIP file at the path. Rejects with SourceProblem when it is none, or is damaged. */
export async function openZip(
  file: string,
  breathe: () => Promise<void>,
): Promise<Omit<Source, "name" | "parent" | "key">> {
  const options = { autoClose: false, lazyEntries: true, decodeStrings: false };
  const zip = await openPromise(file, options).catch((error: unknown) => {
    throw damaged(error);
  });
  const budget = { unpacked: 0 };
  const files: SourceFile[] = [];
  const refused: Refused[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      await breathe();
      if (files.length + refused.length >= mostEntries) {
        refused.push(
          failed("", "There are too many files in the ZIP file; the rest was not looked at."),
        );
        break;
      }
      const path = nameOf(entry);
      const problem = pathProblem(path) ?? entryProblem(entry);
      if (problem !== null) refused.push({ ...problem, path });
      else if (!path.endsWith("/"))
        files.push({
          path: path.replaceAll("\\", "/"),
          read: (most) => readEntry({ zip, entry, budget }, most),
        });
    }
  } catch (error) {
    refused.push(failed("", damaged(error).message));
  }
  return {
    files,
    refused,
    [Symbol.asyncDispose]: () => {
      zip.close();
      return Promise.resolve();
    },
  };
}

/** Why a name inside an archive cannot be used; null when it is an ordinary relative path. */
export function pathProblem(path: string): Omit<Refused, "path"> | null {
  const parts = path.replaceAll("\\", "/").split("/");
  if (parts.includes("..")) {
    return {
      outcome: "failed",
      reason: "The name leads out of the archive, so nothing of it was read.",
    };
  }
  if (/^(?:[/\\]|[A-Za-z]:)/u.test(path)) {
    return {
      outcome: "failed",
      reason: "The name is an absolute path, so nothing of it was read.",
    };
  }
  if (path === "" || hasControl(path)) {
    return { outcome: "failed", reason: "The name has characters that no file name can have." };
  }
  return null;
}

function hasControl(path: string): boolean {
  for (let index = 0; index < path.length; index += 1) if (path.charCodeAt(index) < 32) return true;
  return false;
}

function entryProblem(entry: Entry): Omit<Refused, "path"> | null {
  // The upper half holds Unix's mode where the archive was made there.
  const mode = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (mode === 0o120000) return { outcome: "skipped", reason: linkReason };
  if (entry.isEncrypted()) {
    return {
      outcome: "failed",
      reason: "The file is locked with a password. Unpack the archive first and import the folder.",
    };
  }
  return null;
}

async function readEntry(
  { zip, entry, budget }: { zip: ZipFile; entry: Entry; budget: { unpacked: number } },
  most: number,
): Promise<Uint8Array> {
  if (entry.uncompressedSize > most) throw tooLarge(most);
  try {
    const stream = await zip.openReadStreamPromise(entry);
    const pieces: Buffer[] = [];
    let length = 0;
    for await (const piece of stream) {
      if (!Buffer.isBuffer(piece)) continue;
      length += piece.length;
      budget.unpacked += piece.length;
      if (length > most) throw tooLarge(most);
      if (length > swellingCounts && length > entry.compressedSize * mostSwelling) throw bomb();
      if (budget.unpacked > mostUnpacked) throw bomb();
      pieces.push(piece);
    }
    return Buffer.concat(pieces, length);
  } catch (error) {
    throw error instanceof SourceProblem ? error : damaged(error);
  }
}

/** Names are UTF-8 where the archive says so or where they read as such, and code page 437 else. */
function nameOf(entry: Entry): string {
  const raw = entry.fileNameRaw;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(raw);
  } catch {
    return getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, false);
  }
}

function bomb(): SourceProblem {
  return new SourceProblem(
    "failed",
    "The file swells to far more than a text or a picture does, as an archive made to fill a disk would. It was not unpacked.",
  );
}

function damaged(error: unknown): SourceProblem {
  // The file system's own refusals (gone, forbidden) say nothing about the archive.
  if (error instanceof Error && "syscall" in error) return readProblem(error);
  const detail = error instanceof Error ? ` (${error.message.slice(0, 100)})` : "";
  return new SourceProblem("failed", `The ZIP file is damaged or is none${detail}.`);
}

function failed(path: string, reason: string): Refused {
  return { outcome: "failed", path: path || "(archive)", reason };
}
