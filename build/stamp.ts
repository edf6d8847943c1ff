/** Tells whether a target's sources changed since it was last built, by sizes and times of its files. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { out, root } from "./paths.ts";
import type { Target } from "./vite-targets.ts";

/** The state of everything the target is made of, as one hash. */
export function sourceState(target: Target): string {
  const hash = createHash("sha256");
  for (const folder of [...target.sources, "build"]) addFolder(hash, folder);
  for (const file of ["package.json", "package-lock.json"]) addFile(hash, file);
  return hash.digest("hex");
}

/** Whether the target was built from exactly this state and its output still lies there. */
export function isBuilt(target: Target, state: string): boolean {
  try {
    return readFileSync(stampFile(target), "utf8") === state;
  } catch {
    // No stamp: never built, or its output was deleted.
    return false;
  }
}

/** Notes the state a target was built from. */
export function markBuilt(target: Target, state: string): void {
  mkdirSync(path.join(out, target.name), { recursive: true });
  writeFileSync(stampFile(target), state);
}

/** Forgets that the target was built, so that a build that is broken off is done again. */
export function unmarkBuilt(target: Target): void {
  rmSync(stampFile(target), { force: true });
}

/** Inside the output folder: whoever deletes the output deletes the stamp. */
function stampFile(target: Target): string {
  return path.join(out, target.name, ".built-from");
}

function addFolder(hash: ReturnType<typeof createHash>, folder: string): void {
  let names: readonly string[];
  try {
    names = readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" });
  } catch {
    // A folder that does not exist yet is an empty one.
    return;
  }
  for (const name of names.toSorted()) addFile(hash, path.join(folder, name));
}

function addFile(hash: ReturnType<typeof createHash>, file: string): void {
  const stat = statSync(path.join(root, file), { throwIfNoEntry: false });
  if (stat?.isFile()) hash.update(`${file}\0${stat.size}\0${stat.mtimeMs}\n`);
}
