/**
 * `npm run simulate`: ten thousand stories, or so many as `--seeds` says, beginning with `--from`, in
 * as many processes as there are processors. `--seed N` tells one of them again, in full. `--fuzz`
 * puts a million mutated files through the parsers instead, or so many as `--files` says.
 */
import { spawn } from "node:child_process";
import os from "node:os";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Told, simulate } from "./simulate.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    seeds: { type: "string", default: "10000" },
    from: { type: "string", default: "1" },
    jobs: { type: "string", default: String(os.availableParallelism()) },
    worker: { type: "boolean", default: false },
    fuzz: { type: "boolean", default: false },
    files: { type: "string", default: "1000000" },
  },
});

if (values.fuzz) await fuzz();
else if (values.seed !== undefined) await replay(Number(values.seed));
else if (values.worker) await work();
else await runAll();

/** One story, told in full. */
async function replay(seed: number): Promise<void> {
  const told = await simulate(seed);
  say(told.story.join("\n"));
  for (const [what, times] of told.counts) say(`${String(times).padStart(6)}  ${what}`);
  report(told);
}

function report({ seed, violations }: Told): void {
  if (violations.length === 0) return;
  process.exitCode = 1;
  say(`\nSeed ${seed} (npm run simulate -- --seed ${seed}):`);
  for (const one of violations) say(`  ${one.slice(0, 2000)}`);
}

/** Every so-manieth seed, so that all processes end at about the same time. */
async function work(): Promise<void> {
  const [from, seeds, jobs] = [values.from, values.seeds, values.jobs].map(Number);
  let told = 0;
  for (let seed = from ?? 1; seed < (from ?? 1) + (seeds ?? 0); seed += jobs ?? 1) {
    report(await simulate(seed));
    told += 1;
    if (told % 100 === 0) say(`… ${told} stories, the last of seed ${seed}`);
  }
}

async function runAll(): Promise<void> {
  const [from = 1, seeds = 0, jobs = 1] = [values.from, values.seeds, values.jobs].map(Number);
  const begin = performance.now();
  const codes = await Promise.all(
    Array.from({ length: jobs }, (_, index) => {
      const range = ["--from", String(from + index), "--seeds", String(seeds - index)];
      return started([import.meta.filename, "--worker", ...range, "--jobs", String(jobs)]);
    }),
  );
  const seconds = Math.round((performance.now() - begin) / 1000);
  const good = codes.every((code) => code === 0);
  if (!good) process.exitCode = 1;
  say(`${seeds} stories from seed ${from} in ${seconds} s: ${good ? "all well" : "not all well"}`);
}

async function fuzz(): Promise<void> {
  const program = fileURLToPath(new URL("../support/fuzz-segments.ts", import.meta.url));
  process.exitCode = await started(["--expose-gc", program, values.from, values.files]);
}

function started(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: "inherit" });
  const ended = Promise.withResolvers<number>();
  child.on("close", (code) => ended.resolve(code ?? 1));
  return ended.promise;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
