/**
 * `npm run simulate`: ten thousand stories, or so many as `--seeds` says, beginning with `--from`, in
 * as many processes as there are processors. With `--journal FILE` each story that was told is noted,
 * and the next run goes on where this one was stopped. `--seed N` tells one of them again, in full.
 * `--fuzz` puts a million mutated files through the parsers instead, or so many as `--files` says.
 */
import { spawn } from "node:child_process";
import os from "node:os";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openJournal } from "./journal.ts";
import { simulate, type Told } from "./simulate.ts";
import { tellAll } from "./tellers.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    seeds: { type: "string", default: "10000" },
    from: { type: "string", default: "1" },
    jobs: { type: "string", default: String(os.availableParallelism()) },
    journal: { type: "string" },
    fuzz: { type: "boolean", default: false },
    files: { type: "string", default: "1000000" },
  },
});

if (values.fuzz) await fuzz();
else if (values.seed !== undefined) await replay(Number(values.seed));
else await runAll();

/** One story, told in full. */
async function replay(seed: number): Promise<void> {
  const told = await simulate(seed);
  say(told.story.join("\n"));
  for (const [what, times] of told.counts) say(`${String(times).padStart(6)}  ${what}`);
  report(told);
}

function report({ seed, violations }: Pick<Told, "seed" | "violations">): void {
  if (violations.length === 0) return;
  process.exitCode = 1;
  say(`\nSeed ${seed} (npm run simulate -- --seed ${seed}):`);
  for (const one of violations) say(`  ${one.slice(0, 2000)}`);
}

async function runAll(): Promise<void> {
  const [from = 1, count = 0, jobs = 1] = [values.from, values.seeds, values.jobs].map(Number);
  const journal = openJournal(values.journal);
  const seeds = Array.from({ length: count }, (_, index) => from + index);
  const left = seeds.filter((seed) => !journal.told.has(seed));
  const wrong = seeds.filter((seed) => journal.told.get(seed) === "wrong");
  if (left.length < count) say(`${count - left.length} of ${count} stories were told before`);
  const begin = performance.now();
  let told = 0;
  await tellAll(left, jobs, ({ seed, violations }) => {
    told += 1;
    journal.note(seed, violations);
    if (violations.length > 0) wrong.push(seed);
    report({ seed, violations });
    if (told % 100 === 0) say(progress(told, left.length, performance.now() - begin));
  });
  const seconds = Math.round((performance.now() - begin) / 1000);
  if (wrong.length > 0) process.exitCode = 1;
  const end = wrong.length === 0 ? "all well" : `not well: ${wrong.toSorted(byNumber).join(", ")}`;
  say(`${count} stories from seed ${from} in ${seconds} s: ${end}`);
}

function progress(told: number, of: number, milliseconds: number): string {
  const each = milliseconds / told;
  const minutes = Math.round(((of - told) * each) / 60_000);
  return `… ${told} of ${of} stories, ${(each / 1000).toFixed(2)} s each, ${minutes} min to go`;
}

function byNumber(a: number, b: number): number {
  return a - b;
}

async function fuzz(): Promise<void> {
  const program = fileURLToPath(new URL("../support/fuzz-segments.ts", import.meta.url));
  const args = ["--expose-gc", program, values.from, values.files];
  const child = spawn(process.execPath, args, { stdio: "inherit" });
  const ended = Promise.withResolvers<number>();
  child.on("close", (code) => ended.resolve(code ?? 1));
  process.exitCode = await ended.promise;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
