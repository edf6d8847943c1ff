/** The log of a process that has no engine: Electron's main. */
import path from "node:path";
import type { Logger } from "#engine/engine.ts";
import { createFileLogger } from "#engine/logger.ts";

/** What may be said in the log: see the engine's own. */
export type HostLogger = Logger;

export type HostLog = { readonly logger: HostLogger; readonly close: () => Promise<void> };

/** Opens `<profile>/logs/<name>.log`. */
export function openHostLog(profile: string, name: string): HostLog {
  return createFileLogger(path.join(profile, "logs"), name);
}
