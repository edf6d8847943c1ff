/** What tells whether a file is the one that was seen before. */
import { createHash } from "node:crypto";

/** SHA-256 of a file's bytes, as `origin_hash` carries it. */
export function fileHash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
