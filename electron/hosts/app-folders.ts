/**
 * Where the program's own files lie. The sources (electron/hosts) and the bundles (out/hosts,
 * out/main) both stand two folders below the program's root, so one rule serves all.
 */
import { readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..", "..");

/** Bundled pages: index.html and its assets. */
export const rendererFolder = path.join(root, "out", "renderer");

/** The sample workspace's Markdown; a real folder even where the program itself is one archive. */
export const sampleFolder = path.join(outsideArchive(root), "resources", "sample");

/** Styles, scripts and fonts of exported handbooks. */
export const handbookFolder = path.join(outsideArchive(root), "resources", "handbook");

/** The product's version. */
export function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  // Written by hand: this is on the way to `--help`, and a schema library is half of that way.
  if (typeof manifest === "object" && manifest !== null && "version" in manifest) {
    return String(manifest.version);
  }
  throw new Error("package.json says no version.");
}

function outsideArchive(folder: string): string {
  return folder.replace(/\bapp\.asar(?=$|[\\/])/u, "app.asar.unpacked");
}
