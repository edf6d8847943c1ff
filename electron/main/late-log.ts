/** A log whose writer is loaded after the window is on its way; what is said before waits for it. */
import type { HostLog, HostLogger } from "#hosts/host-log.ts";

/** Logs to what `open` gives. */
export function lateLog(open: () => Promise<HostLog>): HostLog {
  let opened: Promise<HostLog> | undefined;
  const later = (write: (logger: HostLogger) => void) => {
    opened ??= open();
    void opened.then(({ logger }) => write(logger));
  };
  return {
    logger: {
      info: (event, facts) => later((logger) => logger.info(event, facts)),
      warn: (event, facts) => later((logger) => logger.warn(event, facts)),
      error: (event, error) => later((logger) => logger.error(event, error)),
    },
    close: async () => (await opened)?.close(),
  };
}
