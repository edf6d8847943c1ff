/** What a command comes to: one JSON document, and the same for a person. */
import type { Paint, Terminal } from "./terminal.ts";

export type Outcome = {
  /** The document of `--json`; only JSON values. */
  readonly json: unknown;
  /** The same for a person, without the last line break. */
  readonly text: (paint: Paint) => string;
  /** Set when the command worked and what it found is bad news, as a check with problems. */
  readonly failed?: true;
};

/** The command was called wrongly: exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** The command could not be carried out for a reason it can name: exit code 1. */
export class CommandFailure extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = "CommandFailure";
    this.code = code;
  }
}

/** Rows under headings, each column as wide as it needs; the last one is cut at the right edge. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  { terminal, paint }: { readonly terminal: Terminal; readonly paint: Paint },
): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) => {
    const padded = cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
    const full = padded.trimEnd();
    if (!terminal.watched.out || full.length <= terminal.width) return full;
    return `${full.slice(0, terminal.width - 1)}…`;
  };
  return [paint("dim", line(headings)), ...rows.map(line)].join("\n");
}

/** One line, however many the text has. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}

/** Why a file or a folder could not be had, to stand behind its name. */
export function fileReason(error: unknown): string {
  switch (error instanceof Error && "code" in error ? error.code : undefined) {
    case "ENOENT":
      return "is not there";
    case "EISDIR":
      return "is a folder";
    case "EEXIST":
    case "ENOTDIR":
      return "is a file, or lies below one";
    case "EACCES":
    case "EPERM":
      return "is closed to your account";
    case "EROFS":
      return "lies on a disk that cannot be written to";
    case "ENOSPC":
    case "EDQUOT":
      return "has no room: the disk is full";
    default:
      return `gave an error (${error instanceof Error ? error.message : String(error)})`;
  }
}

/** "1 record", "2 records". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}
