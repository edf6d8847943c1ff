/** Builds an engine and says what that cost. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import process from "node:process";
import type { Document } from "./judged.ts";
import type { BuiltEngine, Engine } from "./engines/engine.ts";

export type Cost = {
  /** Seconds; the processor's apart from the clock's, since other work may run beside it. */
  readonly buildSeconds: number;
  readonly buildProcessorSeconds: number;
  /** Megabytes that JavaScript holds more than before, and the process' greatest growth meanwhile. */
  readonly heap: number;
  readonly mostMemory: number;
  /** Megabytes of the index; null where it cannot be written. */
  readonly size: number | null;
};

/** Builds it over the documents. */
export async function built(
  engine: Engine,
  documents: Iterable<Document>,
): Promise<{ readonly value: BuiltEngine; readonly cost: Cost }> {
  const before = heapNow();
  const start = process.memoryUsage().rss / 1e6;
  const processor = process.cpuUsage();
  const started = performance.now();
  const value = await engine(documents);
  // What is read on the first question belongs to the building.
  await value.find("the first question");
  const buildSeconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(processor);
  const bytes = value.bytes();
  const cost = {
    buildSeconds,
    buildProcessorSeconds: (user + system) / 1e6,
    heap: heapNow() - before,
    mostMemory: (process.resourceUsage().maxRSS * 1024) / 1e6 - start,
    size: bytes === null ? null : bytes / 1e6,
  };
  return { value, cost };
}

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");

function heapNow(): number {
  if (typeof collect === "function") collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}
