/** Everything a person does in a very large workspace, and the jobs that somebody must sit out. */
import type { BenchOptions } from "./bench.ts";
import { bytesIn } from "./bench.ts";
import type { EngineProcess } from "./engine-process.ts";
import { corpus } from "./handbook.ts";
import { spread, timedCalls } from "./measure.ts";
import type { Row } from "./row.ts";
import { checkAll, createScene, importHandbook, type Scene } from "./scene.ts";

/** Imports `size` files (100,000 unless it says otherwise): takes many minutes and some GB of disk. */
export async function benchLarge({ size = 100_000 }: BenchOptions): Promise<readonly Row[]> {
  await using scene = await createScene(size);
  const { job, rows } = scene;
  await job(`import ${size} files`, async (engine) => {
    await importHandbook(engine, scene);
  });
  rows.push({ name: `open ${size} records`, value: await scene.reopen(), unit: "ms" });
  const { memory } = await scene.engine().usage();
  rows.push({ name: "memory after opening", value: memory, unit: "MB" });
  rows.push(...(await reading(scene.engine(), size)), ...(await writing(scene)));
  const { memory: later } = await scene.engine().usage();
  rows.push({ name: "memory after reading and writing", value: later, unit: "MB" });
  await job(`rebuild ${size} records`, async (engine) => {
    await engine.finish(await engine.client.health.rebuild({}));
  });
  await job(`check ${size} records`, checkAll);
  return rows;
}

async function reading({ client }: EngineProcess, size: number): Promise<readonly Row[]> {
  const list = client.records.list;
  const kinds: readonly (readonly [string, (index: number) => Promise<unknown>])[] = [
    ["list, first page", () => list({ limit: 100 })],
    ["list, deep page", (index) => list({ limit: 100, offset: size - 200 - index * 100 })],
    ["list, by title and type", () => list({ type: "playbook", sort: "title", limit: 100 })],
    ["list, by status", () => list({ status: "draft", limit: 100 })],
    ["counts", () => client.records.counts({})],
    ["lookup", (index) => client.records.lookup({ text: wordAt(index).slice(0, 3) })],
    ["switcher, key by key", (index) => client.search.switcher({ text: typed(index) })],
    ["search, one word", (index) => client.search.query({ text: `${wordAt(index)} ` })],
    ["search, key by key", (index) => client.search.query({ text: typed(index) })],
  ];
  const rows: Row[] = [];
  for (const [name, call] of kinds) {
    rows.push(...spread(`${size} records: ${name}`, await timedCalls(60, call)));
  }
  return rows;
}

async function writing(scene: Scene): Promise<readonly Row[]> {
  const { client } = scene.engine();
  const { size, profile } = scene;
  const { records } = await client.records.list({ type: "playbook", limit: 100 });
  const bodies = await Promise.all(records.map(({ id }) => client.records.get({ id })));
  const before = bytesIn(profile);
  const edits = await timedCalls(bodies.length, async (index) => {
    const record = bodies[index];
    if (record === undefined) return;
    const { id, version } = record;
    const body = record.body.replace(/[.] */u, `. ${wordAt(index)} `);
    await client.records.edit({ id, base: version, body });
  });
  const drafts = await timedCalls(100, (index) =>
    client.drafts.save({
      key: "bench",
      type: "playbook",
      fields: {},
      body: bodies[index]?.body ?? "",
    }),
  );
  const similar = await timedCalls(30, (index) =>
    client.records.similar({ type: "playbook", title: corpus.record(index).title }),
  );
  return [
    ...spread(`${size} records: edit`, edits),
    ...spread(`${size} records: save a draft`, drafts),
    ...spread(`${size} records: similar records`, similar),
    { name: "on disk, each record", value: before / size, unit: "bytes" },
  ];
}

function wordAt(index: number): string {
  return corpus.words[(index * 37) % 4000] ?? "";
}

/** What a field holds after some key of two words. */
function typed(index: number): string {
  const text = `${wordAt(Math.floor(index / 12))} ${wordAt(Math.floor(index / 12) + 1)}`;
  return text.slice(0, 1 + (index % 12));
}
