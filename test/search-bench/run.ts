/**
 * Compares search engines over the same documents:
 *   npm run bench:search -- [--collections FOLDER] [--handbooks FOLDER] [--sizes 1000,10000,100000]
 *                           [--engines "Guildhall; lunr"]
 * Judged collections are read from every folder below FOLDER that has docs.jsonl, queries.tsv and
 * qrels.tsv; handbooks are Markdown, whose link texts become questions. Prints tables with the targets
 * beside and writes out/search-bench.json. A missed target is a fact and no failure.
 */
import { fork } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { out } from "#build/paths.ts";
import { engineOptions } from "#hosts/small-memory.ts";
import { formatRows } from "#test/bench/row.ts";
import { collectionNames, type Places } from "./collection.ts";
import { engineNames, isEngineName } from "./engines/engines.ts";
import type { Task } from "./measure-engine.ts";
import type { Relevance } from "./relevance.ts";
import type { Speed } from "./speed.ts";
import type { RelevanceResult, SpeedResult } from "./result.ts";
import { relevanceTable, relevanceTargets, speedTable, speedTargets } from "./report.ts";

const program = fileURLToPath(new URL("measure-engine.ts", import.meta.url));

const { values } = parseArgs({
  options: {
    collections: { type: "string" },
    handbooks: { type: "string" },
    sizes: { type: "string", default: "1000,10000" },
    engines: { type: "string" },
  },
});
const places: Places = {
  ...(values.collections !== undefined && { collections: path.resolve(values.collections) }),
  ...(values.handbooks !== undefined && { handbooks: path.resolve(values.handbooks) }),
};
const wanted = values.engines?.split(/\s*;\s*/u).filter(isEngineName) ?? engineNames;
const sizes = values.sizes
  .split(",")
  .map(Number)
  .filter((size) => size > 0);
const names = collectionNames(places);
if (names.length === 0) {
  console.log(
    "No judged collection was named, so relevance is not measured: give --collections FOLDER or --handbooks FOLDER.",
  );
}

const relevance: RelevanceResult[] = [];
for (const collection of names) {
  for (const engine of wanted) {
    console.log(`${collection}: ${engine} …`);
    const over = { kind: "collection", places, name: collection } as const;
    relevance.push({ engine, collection, measured: await measure<Relevance>({ engine, over }) });
  }
}
const speed: SpeedResult[] = [];
for (const size of sizes) {
  for (const engine of wanted) {
    console.log(`${size} documents: ${engine} …`);
    const over = { kind: "generated", size } as const;
    speed.push({ engine, size, measured: await measure<Speed>({ engine, over }) });
  }
}
console.log(`\n${relevanceTable(relevance)}\n\n${speedTable(speed)}\n`);
const rows = [...relevanceTargets(relevance), ...speedTargets(speed)];
console.log(formatRows(rows));
mkdirSync(out, { recursive: true });
const file = path.join(out, "search-bench.json");
writeFileSync(file, `${JSON.stringify({ at: new Date(), relevance, speed, rows }, null, 2)}\n`);
console.log(`\nWritten to ${path.relative(process.cwd(), file)}.`);

/** In a process of its own, so that no engine bears another one's memory. */
function measure<M extends Relevance | Speed>(task: Task): Promise<M> {
  const child = fork(program, {
    // Each as its program would run: Guildhall's as the app starts it, the others with room enough.
    execArgv: task.engine === "Guildhall" ? [...engineOptions] : ["--max-old-space-size=8192"],
  });
  const answer = Promise.withResolvers<M>();
  child.once("message", (measured) => answer.resolve(measured as M));
  child.once("exit", (code) => {
    answer.reject(new Error(`${task.engine} ended with ${code} before it was measured.`));
  });
  child.send(task);
  return answer.promise;
}
