/**
 * One engine in a process of its own: what it is asked to measure comes as one message, what it
 * measured goes back as one.
 */
import process from "node:process";
import { type Places, readCollection } from "./collection.ts";
import { type EngineName, engines } from "./engines/engines.ts";
import { measureRelevance, type Relevance } from "./relevance.ts";
import { measureSpeed, type Speed } from "./speed.ts";

export type Task = {
  readonly engine: EngineName;
  readonly over:
    | { readonly kind: "collection"; readonly places: Places; readonly name: string }
    | { readonly kind: "generated"; readonly size: number };
};
export type Measured = Relevance | Speed;

process.on("message", (task: Task) => {
  void answer(task);
});

async function answer(task: Task): Promise<void> {
  process.send?.(await measure(task));
  process.disconnect();
}

async function measure({ engine, over }: Task): Promise<Measured> {
  const build = await engines[engine]();
  if (over.kind === "generated") return measureSpeed(build, over.size);
  return measureRelevance(build, readCollection(over.places, over.name));
}
