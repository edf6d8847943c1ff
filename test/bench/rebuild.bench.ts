/**
 * A rebuild where records have long histories: 20 changes each, so that folding them counts as much
 * as projecting what they came to. A newcomer who takes in a whole shared folder waits for the same.
 */
import { writeHistory } from "#test/support/generate-history.ts";
import { openLog } from "#test/support/open-log.ts";
import { testClock } from "#test/support/test-clock.ts";
import type { BenchOptions } from "./bench.ts";
import { corpus } from "./handbook.ts";
import type { Row } from "./row.ts";
import { createScene } from "./scene.ts";

const perRecord = 20;

/** Rebuilds from `size` changes (100,000 unless it says otherwise), with search and links. */
export async function benchRebuild({ size = 100_000 }: BenchOptions): Promise<readonly Row[]> {
  await using scene = await createScene(0);
  await scene.whileClosed(() => writeLog(scene.profile, Math.ceil(size / perRecord)));
  await scene.job(
    `rebuild ${size} changes`,
    async (engine) => {
      await engine.finish(await engine.client.health.rebuild({}));
    },
    { items: size, ...(size === 100_000 ? { seconds: 10 } : {}) },
  );
  return scene.rows;
}

/** Appends the history to the workspace's log, as its own device would. */
async function writeLog(profile: string, records: number): Promise<void> {
  const clock = testClock();
  const { databases, log } = await openLog(profile, clock);
  try {
    await writeHistory({ databases, log, clock, corpus, records, changes: perRecord });
  } finally {
    databases.close();
  }
}
