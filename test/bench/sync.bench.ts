/**
 * Sync over a real folder on this disk: looks at which nothing changed, edits that go out, changes
 * of many colleagues that come in, and newcomers. The library is made of segments that generated
 * devices signed; who may do what is left out. Search, links and the lists are made as in the app.
 *
 * A million changes of 50 devices, once, on a loaded machine of two cores: a newcomer spends 66 s of
 * CPU, has at most 510 MB in memory and a database of 701 MB; the folder has 63 MB, bundle included.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createLinks } from "#engine/links/create-links.ts";
import type { Projector } from "#engine/projections/projector.ts";
import { createSearch } from "#engine/search/create-search.ts";
import { conflictProjector } from "#engine/sync/conflict-table.ts";
import { createFileFolder } from "#engine/sync/files/file-folder.ts";
import { formatName, libraryName } from "#shared/format/names.ts";
import { originProjector } from "#engine/transfer/origin-table.ts";
import { createExchangeBed, type Peer } from "#test/support/exchange-bed.ts";
import type { TestFoundation } from "#test/support/test-foundation.ts";
import { generateColleagues, type Colleague } from "#test/support/generate-colleagues.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { bytesIn, type BenchOptions } from "./bench.ts";
import { timed } from "./measure.ts";
import { percentile, type Row } from "./row.ts";

const looks = 100;

/** `size` changes (100,000 unless it says otherwise) of 50 devices, and all the rest. */
export async function benchSync({ size = 100_000 }: BenchOptions): Promise<readonly Row[]> {
  return [
    ...(await library({ changes: Math.min(size, 10_000), devices: 50, bundled: false })),
    ...(await library({ changes: size, devices: 50, bundled: true })),
    ...(await library({ changes: 20_000, devices: 2000, bundled: false })),
  ];
}

type Wanted = { readonly changes: number; readonly devices: number; readonly bundled: boolean };

async function library({ changes, devices, bundled }: Wanted): Promise<readonly Row[]> {
  using folder = temporaryFolder();
  await using bed = await createExchangeBed({
    names: ["ana", "ben"],
    folderOf: () => createFileFolder({ root: folder.path }),
    projectors: asInTheApp,
  });
  const { library: id, peers, members } = bed;
  writeFileSync(path.join(folder.path, libraryName), bed.file);
  const colleagues = generateColleagues({ library: id, devices, changes });
  for (const colleague of colleagues) {
    members.add(colleague.device.id);
    put(folder.path, colleague, 1000);
  }
  const [ana, ben] = [bed.peer("ana"), bed.peer("ben")];
  const about = `sync: ${String(devices)} devices, ${String(changes)} changes`;
  const rows: Row[] = [];
  const add = (name: string, samples: readonly number[], p95?: number) =>
    rows.push({
      name: `${about}: ${name}`,
      value: percentile(samples, 0.95),
      unit: "ms p95",
      ...(p95 === undefined ? {} : { target: { atMost: p95 } }),
    });
  const small = devices <= 50;

  // Ana takes everything from packs, and makes the bundle that Ben, the newcomer, takes.
  const first = await timed(() => ana.exchange.cycle());
  rows.push({ name: `${about}: from packs`, value: first.ms / 1000, unit: "s" });
  if (bundled) await ana.exchange.compact();
  const before = process.memoryUsage().rss;
  const cpu = process.cpuUsage();
  const joined = await timed(() => ben.exchange.cycle());
  const spent = process.cpuUsage(cpu);
  const seconds = changes <= 10_000 ? 1.5 : 6;
  const target = small && changes <= 100_000 ? { target: { atMost: seconds } } : {};
  rows.push({ name: `${about}: newcomer`, value: joined.ms / 1000, unit: "s", ...target });
  rows.push({
    name: `${about}: newcomer`,
    value: (spent.user + spent.system) / 1e6,
    unit: "s CPU",
  });
  rows.push({ name: `${about}: newcomer opens`, value: joined.value.filesOpened, unit: "files" });
  rows.push({
    name: `${about}: newcomer grows by`,
    value: (process.memoryUsage().rss - before) / 2 ** 20,
    unit: "MB",
  });
  expectAll(joined.value.received, changes);
  rows.push({
    name: `${about}: newcomer's database`,
    value: databaseBytes(ben) / changes,
    unit: "bytes/change",
    ...(small && changes >= 100_000 ? { target: { atMost: 700 } } : {}),
  });

  for (const peer of peers) for (let time = 0; time < 4; time += 1) await peer.exchange.cycle();
  const quiet: number[] = [];
  let opened = 0;
  const beforeLooks = process.cpuUsage();
  for (let time = 0; time < looks; time += 1) {
    const { ms, value } = await timed(() => ana.exchange.cycle());
    quiet.push(ms);
    opened += value.filesOpened;
  }
  const ofLooks = process.cpuUsage(beforeLooks);
  add("nothing changed", quiet, devices > 500 ? 60 : 10);
  rows.push({
    name: `${about}: nothing changed`,
    value: (ofLooks.user + ofLooks.system) / 1000 / looks,
    unit: "ms CPU",
  });
  rows.push({
    name: `${about}: nothing changed, opens`,
    value: opened,
    unit: "files",
    target: { atMost: 0 },
  });
  add("an edit goes out", await edits(ana), small ? 60 : undefined);
  add(
    "60 changes of 20 colleagues come in",
    await incoming(ana, colleagues, folder.path),
    small ? 250 : undefined,
  );
  rows.push({
    name: `${about}: folder`,
    value: bytesIn(folder.path) / changes,
    unit: "bytes/change",
  });
  return rows;
}

function asInTheApp({ databases, clock }: TestFoundation): readonly Projector[] {
  const { read, local } = databases;
  const links = createLinks({ databases, describe: (hash) => ({ hash, mediaType: "", bytes: 0 }) });
  const search = createSearch({ read, local, clock, emit: () => undefined });
  return [links.projector, originProjector, conflictProjector, search.projector];
}

/** What is in the database, whether or not it has been copied from the write-ahead log yet. */
function databaseBytes({ foundation }: Peer): number {
  const row = foundation.databases.read
    .prepare<[], { readonly bytes: number }>(
      "SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()",
    )
    .get();
  return row?.bytes ?? 0;
}

async function edits(peer: Peer): Promise<readonly number[]> {
  const spent: number[] = [];
  for (let time = 0; time < 30; time += 1) {
    await peer.write(`Edit ${String(time)}`);
    spent.push((await timed(() => peer.exchange.cycle())).ms);
    // The look after it reads back what was written.
    await peer.exchange.cycle();
  }
  return spent;
}

async function incoming(
  peer: Peer,
  colleagues: readonly Colleague[],
  folder: string,
): Promise<readonly number[]> {
  const spent: number[] = [];
  for (let time = 0; time < 20; time += 1) {
    for (let index = 0; index < 20; index += 1) {
      const colleague = colleagues[(time * 20 + index) % colleagues.length];
      if (colleague === undefined) continue;
      colleague.write(3);
      put(folder, colleague, 3);
    }
    const { ms, value } = await timed(() => peer.exchange.cycle());
    expectAll(value.received, 60);
    spent.push(ms);
  }
  return spent;
}

function expectAll(received: number, wanted: number): void {
  if (received !== wanted) {
    throw new Error(`${String(received)} changes came instead of ${String(wanted)}.`);
  }
}

/** Writes what the colleague has not published yet, and their head. */
function put(folder: string, colleague: Colleague, perFile: number): void {
  for (const { name, bytes } of colleague.publish(perFile)) {
    const file = path.join(folder, formatName(name));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}
