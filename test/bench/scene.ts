/** An engine with a generated handbook beside it, and jobs measured while somebody types. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { type ImportReport, importReportSchema } from "#shared/contract/transfers.ts";
import { checkReportSchema } from "#shared/contract/health.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { type EngineProcess, startEngine } from "./engine-process.ts";
import { corpus, writeHandbook } from "./handbook.ts";
import { type Probe, probeDuring, spread, timed } from "./measure.ts";
import { percentile, type Row } from "./row.ts";

export type Scene = AsyncDisposable & {
  /** The engine that runs now. */
  readonly engine: () => EngineProcess;
  /** Ends the engine and starts another; answers the milliseconds to its first answer. */
  readonly reopen: () => Promise<number>;
  readonly profile: string;
  readonly handbook: string;
  /** An empty folder to export to. */
  readonly exported: string;
  readonly size: number;
  readonly rows: Row[];
  /** Ends the engine, works on the profile without it, and starts another. */
  readonly whileClosed: (work: () => Promise<void>) => Promise<void>;
  /** Does the job while somebody searches and saves a draft; adds what it took to the rows. */
  readonly job: (
    name: string,
    run: (engine: EngineProcess) => Promise<void>,
    measure?: Measure,
  ) => Promise<void>;
};

type Measure = {
  /** What the rate counts; the scene's pages unless this says otherwise. */
  readonly items?: number;
  /** How long it may take at most. */
  readonly seconds?: number;
};

/** Writes a handbook of `size` pages and starts an engine on an empty workspace. */
export async function createScene(size: number): Promise<Scene> {
  const folder = temporaryFolder();
  const handbook = path.join(folder.path, "handbook");
  const profile = path.join(folder.path, "profile");
  const exported = path.join(folder.path, "export");
  mkdirSync(exported);
  writeHandbook(handbook, size);
  let engine = await startEngine(profile);
  await engine.client.workspace.start({ name: "Ana", department: "Support" });
  const idle = await probeDuring(pause(3000), probesOf(engine));
  const rows: Row[] = [...idle].flatMap(([name, spent]) => [...spread(`idle: ${name}`, spent)]);
  return {
    engine: () => engine,
    reopen: async () => {
      await engine[Symbol.asyncDispose]();
      const { ms, value } = await timed(async () => {
        const fresh = await startEngine(profile);
        await fresh.client.records.counts({});
        return fresh;
      });
      engine = value;
      return ms;
    },
    profile,
    handbook,
    exported,
    size,
    rows,
    whileClosed: async (work) => {
      await engine[Symbol.asyncDispose]();
      await work();
      engine = await startEngine(profile);
    },
    job: async (name, run, measure) => {
      rows.push(...(await measuredJob({ engine, idle, items: size, ...measure }, { name, run })));
    },
    [Symbol.asyncDispose]: async () => {
      await engine[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

type Measured = {
  readonly engine: EngineProcess;
  /** What the probes take when nothing else runs. */
  readonly idle: ReadonlyMap<string, readonly number[]>;
  readonly items: number;
  readonly seconds?: number;
};

type Job = { readonly name: string; readonly run: (engine: EngineProcess) => Promise<void> };

async function measuredJob(
  { engine, idle, items, seconds }: Measured,
  { name, run }: Job,
): Promise<readonly Row[]> {
  const before = await engine.usage();
  const work = timed(() => run(engine));
  const spent = await probeDuring(work, probesOf(engine));
  const { ms } = await work;
  const after = await engine.usage();
  return [
    {
      name: `${name}: time`,
      value: ms / 1000,
      unit: "s",
      ...(seconds === undefined ? {} : { target: { atMost: seconds } }),
    },
    { name: `${name}: processor time`, value: (after.cpu - before.cpu) / 1000, unit: "s" },
    { name: `${name}: rate`, value: (items / ms) * 1000, unit: "items/s" },
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
        value: percentile(times, 0.95) / percentile(idle.get(probe) ?? [], 0.95),
        unit: "times",
      },
    ]),
  ];
}

/** What somebody does who works on while a job runs. */
function probesOf({ client }: EngineProcess): readonly Probe[] {
  const word = (index: number) => corpus.words[(index * 37) % 4000] ?? "";
  return [
    { name: "search", call: (index) => client.search.query({ text: `${word(index)} ` }) },
    {
      name: "saving a draft",
      call: (index) =>
        client.drafts.save({
          key: "bench",
          type: "playbook",
          fields: { title: `Draft ${index}` },
          body: corpus.record(index).body,
        }),
    },
  ];
}

/** Imports a folder and answers the report. */
export async function importFolder(engine: EngineProcess, folder: string): Promise<ImportReport> {
  const selection = await engine.offer(folder);
  const started = await engine.client.transfers.importSelection({
    selection,
    options: {},
    dryRun: false,
  });
  return importReportSchema().parse(await engine.finish(started));
}

/** Imports the scene's handbook, all of it new; answers the action to undo. */
export async function importHandbook(engine: EngineProcess, scene: Scene) {
  const report = await importFolder(engine, scene.handbook);
  if (report.created !== scene.size || report.action === null) {
    throw new Error(`Only ${report.created} of ${scene.size} files came in.`);
  }
  return report.action;
}

/** Checks everything; throws when something is wrong. */
export async function checkAll(engine: EngineProcess): Promise<void> {
  const report = checkReportSchema().parse(
    await engine.finish(await engine.client.health.check({})),
  );
  if (!report.ok) throw new Error(report.problems.join(" "));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
