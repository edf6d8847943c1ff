/** Runs one of the support programs in a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export type SupportProcess = {
  /** What it has printed so far. */
  readonly lines: readonly string[];
  /** Resolves when it has printed so many lines; rejects when it ends before. */
  readonly printed: (count: number) => Promise<void>;
  /** Ends it as a power cut would. */
  readonly kill: () => void;
  /** Resolves with its exit code, or null when it was killed. */
  readonly ended: Promise<number | null>;
};

/** `program` is a file of test/support. */
export function startProcess(program: string, ...args: readonly string[]): SupportProcess {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [file, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const ended = Promise.withResolvers<number | null>();
  child.on("close", (code) => ended.resolve(code));
  createInterface({ input: child.stdout! }).on("line", (line) => {
    lines.push(line);
    for (const one of waiting) if (lines.length >= one.count) one.resolve();
  });
  return {
    lines,
    printed: (count) => {
      if (lines.length >= count) return Promise.resolve();
      const reached = Promise.withResolvers<void>();
      waiting.push({ count, resolve: reached.resolve });
      void ended.promise.then((code) =>
        reached.reject(new Error(`${program} ended with ${code} after ${lines.length} lines`)),
      );
      return reached.promise;
    },
    kill: () => void child.kill("SIGKILL"),
    ended: ended.promise,
  };
}
