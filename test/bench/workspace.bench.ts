/**
 * Whole jobs over a generated workspace, and what everything else waits meanwhile: import, import
 * again, export, rebuild, check, undo. While each runs, somebody searches and a draft is saved.
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { importReportSchema } from "#shared/contract/transfers.ts";
import { checkReportSchema } from "#shared/contract/health.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { type EngineProcess, startEngine } from "./engine-process.ts";
import { corpus, writeHandbook } from "./handbook.ts";
import { bytesIn, type BenchOptions } from "./bench.ts";
import { type Probe, probeDuring, spread, timed } from "./measure.ts";
import { percentile, type Row } from "./row.ts";

type Idle = ReadonlyMap<string, readonly number[]>;
type Scene = {
  readonly engine: EngineProcess;
  readonly probes: readonly Probe[];
  /** What the probes take when nothing else runs. */
  readonly idle: Idle;
  readonly size: number;
};

/** Imports `size` files (10,000 unless it says otherwise) and does every job over them once. */
export async function benchWorkspace({ size = 10_000 }: BenchOptions): Promise<readonly Row[]> {
  using folder = temporaryFolder();
  const handbook = path.join(folder.path, "handbook");
  const profile = path.join(folder.path, "profile");
  const exported = path.join(folder.path, "export");
  mkdirSync(exported);
  writeHandbook(handbook, size);
  await using engine = await startEngine(profile);
  const { client } = engine;
  await client.workspace.start({ name: "Ana", department: "Support" });
  const probes = probesOf(engine);
  const idle = await probeDuring(new Promise((resolve) => setTimeout(resolve, 3000)), probes);
  const scene: Scene = { engine, probes, idle, size };
  const importAll = async () => {
    const selection = await engine.offer(handbook);
    const result = await engine.finish(
      await client.transfers.importSelection({ selection, options: {}, dryRun: false }),
    );
    return importReportSchema.parse(result);
  };
  const rows: Row[] = [...idle].flatMap(([name, spent]) => spread(`idle: ${name}`, spent));
  let action = "";
  rows.push(
    ...(await job(scene, `import ${size} files`, async () => {
      const report = await importAll();
      if (report.created !== size) throw new Error(`Only ${report.created} of ${size} came in.`);
      action = report.action ?? "";
    })),
  );
  rows.push(...disk(profile, size));
  rows.push(
    ...(await job(scene, `import ${size} again`, async () => {
      const report = await importAll();
      if (report.unchanged !== size) throw new Error(`${size - report.unchanged} had changed.`);
    })),
    ...(await job(scene, `export ${size} files`, async () => {
      const selection = await engine.offer(exported);
      await engine.finish(await client.transfers.exportRecords({ selection }));
    })),
    ...(await job(scene, `rebuild ${size} records`, async () => {
      await engine.finish(await client.health.rebuild({}));
    })),
    ...(await job(scene, `check ${size} records`, async () => {
      const report = checkReportSchema.parse(await engine.finish(await client.health.check({})));
      if (!report.ok) throw new Error(report.problems.join(" "));
    })),
    ...(await job(scene, `undo ${size} files`, async () => {
      await client.records.undo({ action });
    })),
  );
  return rows;
}

function probesOf({ client }: EngineProcess): readonly Probe[] {
  const word = (index: number) => corpus.words[(index * 37) % 4000] ?? "";
  const query = (index: number) => client.search.query({ text: `${word(index)} ` });
  const save = (index: number) =>
    client.drafts.save({
      key: "bench",
      type: "playbook",
      fields: { title: `Draft ${index}` },
      body: corpus.record(index).body,
    });
  return [
    { name: "search", call: query },
    { name: "saving a draft", call: save },
  ];
}

/** The job's time, rate and memory, and how long other calls waited meanwhile. */
async function job(scene: Scene, name: string, run: () => Promise<void>): Promise<readonly Row[]> {
  const { engine, probes, size } = scene;
  const before = await engine.usage();
  const work = timed(run);
  const spent = await probeDuring(work, probes);
  const { ms } = await work;
  const after = await engine.usage();
  return [
    { name: `${name}: time`, value: ms / 1000, unit: "s" },
    { name: `${name}: processor time`, value: (after.cpu - before.cpu) / 1000, unit: "s" },
    { name: `${name}: rate`, value: (size / ms) * 1000, unit: "records/s" },
    { name: `${name}: memory at most`, value: after.mostMemory, unit: "MB" },
    { name: `${name}: longest turn`, value: after.longestTurn, unit: "ms" },
    {
      name: `${name}: longest turn, processor time`,
      value: after.longestWork,
      unit: "ms",
      target: { atMost: 30 },
    },
    ...[...spent].flatMap(([probe, times]) => [
      ...spread(`${name}: ${probe} meanwhile`, times),
      {
        name: `${name}: ${probe} meanwhile, p95 to idle`,
        value: percentile(times, 0.95) / percentile(scene.idle.get(probe) ?? [], 0.95),
        unit: "times",
      },
    ]),
  ];
}

function disk(profile: string, size: number): readonly Row[] {
  return [
    { name: "on disk", value: bytesIn(profile) / 1e6, unit: "MB" },
    { name: "on disk, each record", value: bytesIn(profile) / size, unit: "bytes" },
  ];
}
