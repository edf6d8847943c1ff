/** Whether the bytes of every attachment that a record keeps are there and are still the same. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { JobCancelled } from "../jobs/job-runner.ts";
import type { AreaCheck } from "./health-check.ts";

/** Where the bytes of an attachment lie; undefined when they are not there. */
type PathOf = (hash: string) => string | undefined;

/** Builds the check. What only a text mentions by its hash is that text's matter, not a loss. */
export function createAttachmentCheck(pathOf: PathOf): AreaCheck {
  return async (db, control) => {
    const rows = db
      .prepare<[], { readonly hash: string; readonly name: string }>(
        "SELECT hash, min(name) AS name FROM attachment WHERE media_type <> '' GROUP BY hash",
      )
      .all();
    const problems: string[] = [];
    for (const [done, { hash, name }] of rows.entries()) {
      if (control.cancelled()) throw new JobCancelled();
      control.report({ done, total: rows.length, step: "Checking attachments" });
      const place = pathOf(hash);
      if (place === undefined) problems.push(`The attachment "${name}" is missing from the disk.`);
      else if ((await hashOf(place)) !== hash) {
        problems.push(`The attachment "${name}" is damaged on the disk.`);
      }
    }
    return problems;
  };
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest("hex");
}

/** The bytes of all files below the folder; 0 when there is none. */
export async function bytesBelow(folder: string): Promise<number> {
  const present = await stat(folder).catch(() => undefined);
  if (present === undefined) return 0;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  let bytes = 0;
  for (const entry of entries.filter((one) => one.isFile())) {
    bytes += (await stat(path.join(entry.parentPath, entry.name))).size;
  }
  return bytes;
}
