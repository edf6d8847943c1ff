/**
 * The structured log: JSON lines in files that are rotated, so that it never grows past 5 MB. It
 * holds events, counts and error codes, and never anyone's words, names or keys.
 */
import { once } from "node:events";
import path from "node:path";
import { finished } from "node:stream/promises";
import winston from "winston";
import type { Logger } from "./engine.ts";
import { rotatingFile } from "./rotating-file.ts";

/** Opens `<folder>/<name>.log`. `close` resolves when everything is written; it may be called twice. */
export function createFileLogger(
  folder: string,
  name: string,
): { readonly logger: Logger; readonly close: () => Promise<void> } {
  const file = rotatingFile({
    file: path.join(folder, `${name}.log`),
    mostBytes: 1_000_000,
    mostFiles: 5,
  });
  const transport = new winston.transports.Stream({ stream: file, eol: "\n" });
  const log = winston.createLogger({
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [transport],
  });
  let closing: Promise<void> | undefined;

  function write(level: "info" | "warn" | "error", event: string, facts?: object): void {
    // Work that ends late may still have something to say when nobody listens any more.
    if (closing === undefined) log.log(level, event, facts);
  }

  async function close(): Promise<void> {
    // Ending the logger ends its transport, once every line has gone through.
    const through = once(transport, "finish");
    log.end();
    await through;
    await finished(file.end());
  }

  return {
    logger: {
      info: (event, facts) => write("info", event, facts),
      warn: (event, facts) => write("warn", event, facts),
      error: (event, error) => write("error", event, describeError(error)),
    },
    close: () => (closing ??= close()),
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
    stack: frames.slice(0, 12).map(withoutFolders).join("\n"),
  };
}

function withoutQuotes(message: string): string {
  return message.replaceAll(/(["'`]).*?(?:\1|$)/gsu, "…").replaceAll(/[“‘].*?(?:[”’]|$)/gsu, "…");
}

/** A frame with the file's name only: the folders before it often hold the name of a person. */
function withoutFolders(frame: string): string {
  return frame.replaceAll(/(?:file:\/\/)?(?:[A-Za-z]:)?[\\/](?:[^\\/()]*[\\/])*/gu, "");
}
