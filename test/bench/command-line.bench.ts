/** Whole commands as somebody in a terminal waits for them: from the start of Node to its end. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { root } from "#build/paths.ts";
import type { BenchOptions } from "./bench.ts";
import { corpus } from "./handbook.ts";
import { spread, timedCalls } from "./measure.ts";
import type { Row } from "./row.ts";
import { createScene, importHandbook } from "./scene.ts";

const program = path.join(root, "electron", "hosts", "cli.ts");

/** `--help`, and `search` in workspaces of 1,000 and 10,000 records or of the given size. */
export async function benchCommandLine({ size }: BenchOptions): Promise<readonly Row[]> {
  const rows: Row[] = [
    ...spread("node alone", await timedCalls(10, () => run([process.execPath, "-e", "0"]))),
    ...spread("guildhall --help", await timedCalls(10, () => guildhall(["--help"])), {
      atMost: 150,
    }),
  ];
  for (const records of size === undefined ? [1000, 10_000] : [size]) {
    await using scene = await createScene(records);
    await importHandbook(scene.engine(), scene);
    const search = (index: number) =>
      guildhall(["search", corpus.words[200 + index] ?? "", "--profile", scene.profile, "--json"]);
    // The first one fills the cache of compiled code.
    search(0);
    rows.push(
      ...spread(
        `guildhall search, ${records} records`,
        await timedCalls(10, search),
        records === 1000 ? { atMost: 350 } : undefined,
      ),
    );
  }
  return rows;
}

function guildhall(words: readonly string[]): void {
  run([process.execPath, program, ...words]);
}

function run([file = "", ...words]: readonly string[]): void {
  const { status, stderr } = spawnSync(file, words, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${words.join(" ")} ended with ${status}: ${stderr}`);
}
