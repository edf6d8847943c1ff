/**
 * `npm run build`: bundles the four targets into out/. A target whose sources did not change is
 * left alone; `--force` builds all.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { root } from "./paths.ts";
import { isBuilt, markBuilt, sourceState, unmarkBuilt } from "./stamp.ts";
import { type Target, targets } from "./vite-targets.ts";

type BuildOptions = {
  readonly force?: boolean;
  /** Receives a line for each target that was built. */
  readonly print?: (line: string) => void;
};

/** Builds what changed. Rejects with the bundler's message when the sources do not build. */
export async function build(options: BuildOptions = {}): Promise<void> {
  const stale = targets.map((target) => ({ target, state: sourceState(target) }));
  const wanted = stale.filter(({ target, state }) => options.force || !isBuilt(target, state));
  if (wanted.length === 0) return;
  using _ = inProduction();
  await Promise.all(
    wanted.map(async ({ target, state }) => {
      const start = performance.now();
      await buildTarget(target);
      markBuilt(target, state);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      options.print?.(`built ${target.name} in ${seconds} s`);
    }),
  );
}

/**
 * Vite asks the environment what to bundle: where a test runner says "test", it would be React's
 * development code, which takes three times as long from a key to its results.
 */
function inProduction(): Disposable {
  const before = process.env["NODE_ENV"];
  process.env["NODE_ENV"] = "production";
  return {
    [Symbol.dispose]: () => {
      if (before === undefined) delete process.env["NODE_ENV"];
      else process.env["NODE_ENV"] = before;
    },
  };
}

/** A build that did not come about, in a sentence and the compiler's own words. */
export function buildFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `Guildhall could not be built from its sources, so there is nothing new to start. Mend what is named here, or put the file back as it was, and try again.\n\n${message.trim()}`;
}

async function buildTarget(target: Target): Promise<void> {
  if (!existsSync(path.join(root, target.entry))) {
    throw new Error(`${target.entry} is missing, so "${target.name}" cannot be built.`);
  }
  unmarkBuilt(target);
  // Loading Vite takes a third of a second, which an unchanged tree need not pay.
  const vite = await import("vite");
  await vite.build(target.config());
}

if (import.meta.main) {
  try {
    await build({ force: process.argv.includes("--force"), print: console.log });
  } catch (error) {
    console.error(buildFailure(error));
    process.exitCode = 1;
  }
}
