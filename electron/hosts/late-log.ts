/**
 * A log whose writer is loaded when there is time for it; what is said before waits, and bears the
 * moment at which it is written. A warning does not wait for the time.
 */
import type { HostLog, HostLogger } from "./host-log.ts";

type LogPlace = {
  readonly profile: string;
  /** Names the file: each process has its own, since two cannot rotate the same one. */
  readonly name: string;
};

/** Logs to `<profile>/logs/<name>.log` from when `quiet` has come, or something went wrong. */
export function openLateLog({ profile, name }: LogPlace, quiet: Promise<unknown>): HostLog {
  return lateLog(async () => {
    // Its library is a fifth of what an engine would have to load before it can answer.
    const { openHostLog } = await import("./host-log.ts");
    return openHostLog(profile, name);
  }, quiet);
}

/** Logs to what `open` gives once `quiet` has come, or something went wrong. */
export function lateLog(open: () => Promise<HostLog>, quiet: Promise<unknown>): HostLog {
  const hurry = Promise.withResolvers<void>();
  let opened: Promise<HostLog> | undefined;
  const later = (write: (logger: HostLogger) => void) => {
    opened ??= Promise.race([quiet, hurry.promise]).then(open);
    void opened.then(({ logger }) => write(logger));
  };
  const now = (write: (logger: HostLogger) => void) => {
    hurry.resolve();
    later(write);
  };
  return {
    logger: {
      info: (event, facts) => later((logger) => logger.info(event, facts)),
      warn: (event, facts) => now((logger) => logger.warn(event, facts)),
      error: (event, error) => now((logger) => logger.error(event, error)),
    },
    close: async () => {
      hurry.resolve();
      await (await opened)?.close();
    },
  };
}
