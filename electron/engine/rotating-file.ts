/**
 * A stream into a file that makes way for a fresh one when it has grown enough. Each line is on its
 * way to the disk when `write` returns, so the last words before a crash are there; and a log that
 * cannot be written (a full disk, a folder that is gone) loses its lines and harms nothing else.
 */
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { Writable } from "node:stream";

type Options = {
  readonly file: string;
  /** The size in bytes at which the file is set aside. */
  readonly mostBytes: number;
  /** How many files are kept, the one that is written included. */
  readonly mostFiles: number;
};

/** Opens nothing until the first line comes. */
export function rotatingFile(options: Options): Writable {
  const { file, mostBytes, mostFiles } = options;
  let size: number | undefined;

  function append(line: Buffer): void {
    if (size === undefined) {
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    }
    if (size > 0 && size + line.length > mostBytes) {
      setAside(file, mostFiles);
      size = 0;
    }
    appendFileSync(file, line, { mode: 0o600 });
    size += line.length;
  }

  return new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      try {
        append(chunk);
      } catch {
        // There is nowhere to say that the log itself cannot be written; the next line tries anew.
        size = undefined;
      }
      done();
    },
  });
}

/** `engine.log` becomes `engine.1.log`, that `engine.2.log`, and the oldest goes. */
function setAside(file: string, mostFiles: number): void {
  const { dir, name, ext } = path.parse(file);
  const numbered = (number: number) =>
    number === 0 ? file : path.join(dir, `${name}.${number}${ext}`);
  rmSync(numbered(mostFiles - 1), { force: true });
  for (let number = mostFiles - 2; number >= 0; number -= 1) {
    if (statSync(numbered(number), { throwIfNoEntry: false }) === undefined) continue;
    renameSync(numbered(number), numbered(number + 1));
  }
}
