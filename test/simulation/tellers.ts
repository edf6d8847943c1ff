/** Several processes that tell stories at the same time; a process that dies costs only its own story. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const told = z.object({ seed: z.number(), violations: z.array(z.string()) });
type End = z.infer<typeof told>;

const teller = fileURLToPath(new URL("teller.ts", import.meta.url));

/** So many stories and a process is replaced, so that what one leaves behind is given back. */
const mostStories = 250;

/** Tells the stories of all seeds, each as soon as a process is free; says how each ended. */
export async function tellAll(
  seeds: readonly number[],
  jobs: number,
  ended: (end: End) => void,
): Promise<void> {
  const next = seeds.values();
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, () => work(next, ended)));
}

async function work(seeds: Iterator<number>, ended: (end: End) => void): Promise<void> {
  let child: ChildProcess | undefined;
  let stories = 0;
  for (let seed = seeds.next(); seed.done !== true; seed = seeds.next()) {
    if (child?.connected !== true || stories >= mostStories) {
      leave(child);
      child = fork(teller);
      stories = 0;
    }
    stories += 1;
    ended(await tellOne(child, seed.value));
  }
  leave(child);
}

function leave(child: ChildProcess | undefined): void {
  if (child?.connected === true) child.disconnect();
}

function tellOne(child: ChildProcess, seed: number): Promise<End> {
  const answer = Promise.withResolvers<End>();
  const died = (code: number | null, signal: string | null): void => {
    answer.resolve({ seed, violations: [`The process ended: ${String(code ?? signal)}`] });
  };
  child.once("exit", died);
  child.once("message", (message) => {
    child.off("exit", died);
    answer.resolve(told.parse(message));
  });
  child.send(seed);
  return answer.promise;
}
