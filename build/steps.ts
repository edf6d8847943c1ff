/**
 * Runs a program as a list of named steps, one after another, and sums up at the end what passed,
 * what failed and what could not run. Nothing is skipped without a line that says so.
 */
import { spawn } from "node:child_process";
import path from "node:path";
import { root } from "./paths.ts";

export type Counts = {
  readonly passed: number;
  readonly failed: number;
  /** The names of the tests that did not run. */
  readonly skipped: readonly string[];
};

export type StepResult =
  | { readonly outcome: "passed" | "failed"; readonly counts?: Counts }
  /** `reason` is a sentence for the closing summary. */
  | { readonly outcome: "could_not_run"; readonly reason: string };

export type Step = { readonly name: string; readonly run: () => Promise<StepResult> };

/** Runs every step even after one has failed; resolves to the process's exit code. */
export async function runSteps(title: string, steps: readonly Step[]): Promise<number> {
  const lines: string[] = [];
  let counts: Counts = { passed: 0, failed: 0, skipped: [] };
  let good = true;
  for (const step of steps) {
    console.log(`\n▸ ${step.name}`);
    const begin = performance.now();
    const result = await step.run();
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    const mark = { passed: "✔", failed: "✘", could_not_run: "–" }[result.outcome];
    const remark = result.outcome === "could_not_run" ? `  could not run: ${result.reason}` : "";
    lines.push(`${mark} ${step.name} (${seconds} s)${remark}`);
    if (result.outcome === "failed") good = false;
    if (result.outcome === "could_not_run" && process.env.CI !== undefined) good = false;
    if ("counts" in result && result.counts !== undefined) counts = add(counts, result.counts);
  }
  console.log(`\n${title}\n${lines.join("\n")}`);
  for (const name of counts.skipped) console.log(`– did not run: ${name}`);
  if (counts.passed + counts.failed > 0) {
    const failed = good ? counts.failed : Math.max(1, counts.failed);
    console.log(`\n${counts.passed} passed, ${failed} failed, ${counts.skipped.length} skipped`);
  }
  return good ? 0 : 1;
}

/** A step that runs one of the installed tools, found by its file in node_modules/.bin. */
export function tool(name: string, command: string, args: readonly string[]): Step {
  return {
    name,
    run: async () => ({ outcome: (await runTool(command, args)) === 0 ? "passed" : "failed" }),
  };
}

/** Compiled code, kept for the next process that loads it. */
const compiled = path.join(root, "node_modules", ".cache", "node");

/** Runs an installed tool with this Node first on its path; resolves to its exit code. */
export function runTool(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<number> {
  const binaries = path.join(root, "node_modules", ".bin");
  const PATH = [path.dirname(process.execPath), binaries, process.env.PATH].join(path.delimiter);
  const child = spawn(command, args, {
    cwd: root,
    stdio: "inherit",
    // Loading is most of what the hundreds of short processes of the tests do.
    env: { ...process.env, PATH, NODE_COMPILE_CACHE: compiled, ...environment },
    shell: process.platform === "win32",
  });
  return new Promise((resolve) => {
    child.on("error", (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      resolve(1);
    });
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

function add(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: [...a.skipped, ...b.skipped],
  };
}
