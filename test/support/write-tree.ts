/** Writes a folder of files for a test to import. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Content by path; folders are made. Returns the folder. */
export function writeTree(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): string {
  for (const [name, content] of Object.entries(files)) {
    const place = path.join(folder, name);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, content);
  }
  return folder;
}

/** The smallest PNG there is: one transparent pixel. */
export const onePixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
