/**
 * Whole jobs over a generated workspace, and what everything else waits meanwhile: import, import
 * again, export, rebuild, check, undo.
 */
import type { BenchOptions } from "./bench.ts";
import { bytesIn } from "./bench.ts";
import type { Row } from "./row.ts";
import { checkAll, createScene, importFolder, importHandbook } from "./scene.ts";

/** Imports `size` files (10,000 unless it says otherwise) and does every job over them once. */
export async function benchWorkspace({ size = 10_000 }: BenchOptions): Promise<readonly Row[]> {
  await using scene = await createScene(size);
  const { job, rows, profile } = scene;
  let action: Awaited<ReturnType<typeof importHandbook>> | undefined;
  await job(`import ${size} files`, async (engine) => {
    action = await importHandbook(engine, scene);
  });
  rows.push(
    { name: "on disk", value: bytesIn(profile) / 1e6, unit: "MB" },
    { name: "on disk, each record", value: bytesIn(profile) / size, unit: "bytes" },
  );
  await job(`import ${size} again`, async (engine) => {
    const { unchanged } = await importFolder(engine, scene.handbook);
    if (unchanged !== size) throw new Error(`${size - unchanged} files had changed.`);
  });
  await job(`export ${size} files`, async (engine) => {
    const selection = await engine.offer(scene.exported);
    await engine.finish(await engine.client.transfers.exportRecords({ selection }));
  });
  await job(`rebuild ${size} records`, async (engine) => {
    await engine.finish(await engine.client.health.rebuild({}));
  });
  await job(`check ${size} records`, checkAll);
  rows.push({ name: `open ${size} records`, value: await scene.reopen(), unit: "ms" });
  const { memory } = await scene.engine().usage();
  rows.push({ name: `memory after opening`, value: memory, unit: "MB", target: { atMost: 200 } });
  await job(`undo ${size} files`, async ({ client }) => {
    if (action !== undefined) await client.records.undo({ action });
  });
  await job(`import ${size} files once more`, async (engine) => {
    await importHandbook(engine, scene);
  });
  return rows;
}
