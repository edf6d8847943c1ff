/** A folder for files on their way in or out, one for each engine that has the profile open. */
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

/** Makes this process's folder, empty, and removes those of processes that are no more. */
export function openStaging(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const left of readdirSync(folder)) {
    if (left !== String(process.pid) && isRunning(Number(left))) continue;
    rmSync(path.join(folder, left), { recursive: true, force: true });
  }
  const own = path.join(folder, String(process.pid));
  mkdirSync(own, { mode: 0o700 });
  return own;
}

function isRunning(process_: number): boolean {
  if (!Number.isInteger(process_) || process_ <= 0) return false;
  try {
    return process.kill(process_, 0);
  } catch (error) {
    // Another account's process cannot be asked, but it is there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
