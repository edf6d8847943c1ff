/** What a file that the engine made for somebody is called where they keep it. */
import path from "node:path";

/** By what it is, not by the name it has in staging: `export-01….zip`, `support-01….zip`. */
export function downloadName(file: string): string {
  const [kind] = path.basename(file).split("-", 1);
  return kind === "support" ? "guildhall-support.zip" : "guildhall-export.zip";
}
