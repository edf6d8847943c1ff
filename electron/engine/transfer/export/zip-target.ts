/** Writes an export into one ZIP file, for hosts that cannot write into a folder. */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { finished } from "node:stream/promises";
import type { ExportTarget } from "./folder-target.ts";

/** How much may wait to be compressed before more is taken in. */
const mostWaiting = 32 * 1024 * 1024;

/** Opens the ZIP file at the absolute path; readable for its owner only. */
export async function createZipTarget(file: string): Promise<ExportTarget> {
  const { ZipFile } = await import("yazl");
  const zip = new ZipFile();
  const output = createWriteStream(file, { mode: 0o600 });
  const source = zip.outputStream;
  source.pipe(output);
  const done = finished(output);
  // Waited for at the end; a failure before that is not an unhandled one.
  done.catch(() => undefined);
  let taken = 0;
  return {
    write: async ({ path, bytes, changedAt }) => {
      zip.addBuffer(Buffer.from(bytes), path, { mtime: changedAt, mode: 0o100644 });
      taken += bytes.length;
      while (taken - output.bytesWritten > mostWaiting && output.writableNeedDrain) {
        await once(output, "drain");
      }
      return null;
    },
    finish: async () => {
      zip.end();
      await done;
    },
    abandon: async () => {
      output.destroy();
      await rm(file, { force: true });
    },
  };
}
