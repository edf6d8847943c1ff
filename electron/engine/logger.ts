/**
 * The structured log: JSON lines in files that are rotated, so that it never grows past 5 MB. It
 * holds events, counts and error codes, and never anyone's words, names or keys.
 */
import path from "node:path";
import winston from "winston";
import type { Logger } from "./engine.ts";

/** Opens `<folder>/<name>.log`. `close` resolves when everything is on the disk. */
export function createFileLogger(
  folder: string,
  name: string,
): { readonly logger: Logger; readonly close: () => Promise<void> } {
  const log = winston.createLogger({
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [
      new winston.transports.File({
        filename: path.join(folder, `${name}.log`),
        maxsize: 1_000_000,
        maxFiles: 5,
        tailable: true,
        // The first line opens the file: a command that has nothing to say writes nothing.
        lazy: true,
      }),
    ],
  });
  return {
    logger: {
      info: (event, facts) => log.info(event, facts),
      warn: (event, facts) => log.warn(event, facts),
      error: (event, error) => log.error(event, describeError(error)),
    },
    close: () => {
      const finished = Promise.withResolvers<void>();
      log.on("finish", finished.resolve);
      log.end();
      return finished.promise;
    },
  };
}

/**
 * What a log line may say of an error: its kind, code and place. Its message keeps no quoted
 * stretch, because parsers quote what they read, and that is somebody's text.
 */
export function describeError(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /u.test(line));
  return {
    error: error.name,
    ...code,
    reason: withoutQuotes(error.message).slice(0, 300),
    stack: frames.slice(0, 12).join("\n"),
  };
}

function withoutQuotes(message: string): string {
  return message.replaceAll(/(["'`]).*?(?:\1|$)/gsu, "…").replaceAll(/[“‘].*?(?:[”’]|$)/gsu, "…");
}
