/** Where an import reads from: a folder, single files, a ZIP file or an upload, all in one shape. */

/** The most a Markdown file may weigh: 5 MiB, some 800 printed pages. */
export const mostMarkdownBytes = 5 * 1024 * 1024;

/** One file that can be read. */
export type SourceFile = {
  /** Relative to the source's top, with `/` between its parts, as the file system writes it. */
  readonly path: string;
  /** The whole content. Rejects with SourceProblem when it is larger than `most` or cannot be had. */
  readonly read: (most: number) => Promise<Uint8Array>;
};

/** Something that was met and is not read; the reason ends in the report. */
export type Refused = {
  readonly outcome: "skipped" | "failed";
  readonly path: string;
  readonly reason: string;
};

export type Source = AsyncDisposable & {
  /** A proposal for the collection's name. */
  readonly name: string;
  /** The folder around it, to tell two sources of the same name apart; "" where there is none. */
  readonly parent: string;
  /** What stays the same when the same source is imported again: an absolute path or the upload's name. */
  readonly key: string;
  /** Set for files that were chosen one by one: each of them is meant, whatever its name. */
  readonly loose?: true;
  readonly files: readonly SourceFile[];
  readonly refused: readonly Refused[];
};

/** Why a file cannot be read, as a sentence for the report. */
export class SourceProblem extends Error {
  readonly outcome: Refused["outcome"];
  constructor(outcome: Refused["outcome"], reason: string) {
    super(reason);
    this.name = "SourceProblem";
    this.outcome = outcome;
  }
}

/** The sentence for a file that is too large to read. */
export function tooLarge(most: number): SourceProblem {
  const size = Math.round(most / 1024 / 1024);
  return new SourceProblem(
    "skipped",
    `The file is larger than ${size} MB, so it was left out. Split it, or keep it elsewhere and link to it.`,
  );
}

/** What a failed read says to a person. */
export function readProblem(error: unknown): SourceProblem {
  if (error instanceof SourceProblem) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return new SourceProblem("failed", "The file disappeared while it was being imported.");
    case "EACCES":
    case "EPERM":
      return new SourceProblem("failed", "Your account may not read this file.");
    case "ELOOP":
      return new SourceProblem("skipped", linkReason);
    default:
      return new SourceProblem("failed", `The file could not be read${code && ` (${code})`}.`);
  }
}

export const linkReason =
  "It is a link to another place, and links are not followed: they can lead in circles or out of the folder.";
