/** Reads an open file, or a part of it, into memory that is no bigger than what is there. */
import { limits } from "#shared/format/limits.ts";
import type { FileHandle } from "./file-system.ts";

/** Nothing in a library is bigger; whoever puts such a file there has it read in parts or not at all. */
const mostBytes = limits.bundleFile + limits.firstRead;

/** The bytes; fewer than asked when the file ends or is cut off meanwhile. */
export async function readPart(
  file: FileHandle,
  part: { readonly at: number; readonly length: number } | undefined,
): Promise<Uint8Array | "too_big" | "no_file"> {
  const entry = await file.stat();
  if (!entry.isFile()) return "no_file";
  const start = part?.at ?? 0;
  const length = Math.max(0, Math.min(part?.length ?? entry.size, entry.size - start));
  if (length > mostBytes) return "too_big";
  const bytes = new Uint8Array(length);
  for (let filled = 0; filled < length;) {
    const { bytesRead } = await file.read(bytes, {
      offset: filled,
      length: length - filled,
      position: start + filled,
    });
    if (bytesRead === 0) return bytes.subarray(0, filled);
    filled += bytesRead;
  }
  return bytes;
}
