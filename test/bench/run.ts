/**
 * Measures the engine: `npm run bench [-- NAME… --size N]` runs the named benches, or the usual ones,
 * prints one table and writes out/bench.json. A missed target is a fact and no failure; only a bench
 * that breaks ends with 1. Times are of this machine at this moment: compare them within one run,
 * beside the calibration.
 */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import Sqlite from "better-sqlite3";
import { out } from "#build/paths.ts";
import type { Bench } from "./bench.ts";
import { formatRows, type Row } from "./row.ts";

type Entry = {
  readonly about: string;
  /** Whether it runs when nothing is named; the others take many minutes. */
  readonly usual: boolean;
  readonly load: () => Promise<Bench>;
};

const benches: Readonly<Record<string, Entry>> = {
  texts: {
    about: "three-way merge and word diff",
    usual: true,
    load: async () => (await import("./texts.bench.ts")).benchTexts,
  },
  log: {
    about: "appending to the log and verifying it",
    usual: true,
    load: async () => (await import("./log.bench.ts")).benchLog,
  },
  "command-line": {
    about: "whole commands at 1,000 and 10,000 records",
    usual: true,
    load: async () => (await import("./command-line.bench.ts")).benchCommandLine,
  },
  corpora: {
    about: "import of real handbooks, where there are some",
    usual: true,
    load: async () => (await import("./corpora.bench.ts")).benchCorpora,
  },
  search: {
    about: "search by kind of query at 1,000, 10,000 and 100,000 records",
    usual: true,
    load: async () => (await import("./search.bench.ts")).benchSearch,
  },
  workspace: {
    about: "import, export, rebuild, check and undo of 10,000 files, and typing meanwhile",
    usual: true,
    load: async () => (await import("./workspace.bench.ts")).benchWorkspace,
  },
  rebuild: {
    about: "rebuild from 100,000 changes to 5,000 records",
    usual: true,
    load: async () => (await import("./rebuild.bench.ts")).benchRebuild,
  },
  sync: {
    about: "looks at a shared folder, edits out and in, and newcomers",
    usual: true,
    load: async () => (await import("./sync.bench.ts")).benchSync,
  },
  window: {
    about: "key to painted results in Chromium, and Electron's start beside a hello window",
    usual: true,
    load: async () => (await import("./window.bench.ts")).benchWindow,
  },
  handbook: {
    about: "export of 10,000 published pages, and their search in Chromium from a disk",
    usual: true,
    load: async () => (await import("./handbook.bench.ts")).benchHandbook,
  },
  large: {
    about: "import of 100,000 files; lists, search and edits among them; rebuild and check",
    usual: false,
    load: async () => (await import("./large.bench.ts")).benchLarge,
  },
};

process.exitCode = await main();

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { size: { type: "string" } },
  });
  const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));
  const size = Number(values.size ?? 1);
  if (unknown.length > 0 || !Number.isInteger(size) || size < 1) {
    console.error(usage());
    return 1;
  }
  const names = positionals.length > 0 ? positionals : Object.keys(benches).filter(isUsual);
  const machine = describeMachine();
  console.log(Object.values(machine).join(", "));
  const options = values.size === undefined ? {} : { size };
  const rows: Row[] = [calibration("before")];
  let failed = false;
  for (const name of names) {
    try {
      console.log(`Running ${name} …`);
      const bench = await benches[name]?.load();
      rows.push(...((await bench?.(options)) ?? []), calibration(`after ${name}`));
    } catch (error) {
      failed = true;
      console.error(`The bench "${name}" broke:`, error);
    }
  }
  console.log(`\n${formatRows(rows)}`);
  const file = path.join(out, "bench.json");
  mkdirSync(out, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ machine, at: new Date(), options, rows }, null, 2)}\n`);
  console.log(`\nWritten to ${path.relative(process.cwd(), file)}.`);
  return failed ? 1 : 0;
}

function isUsual(name: string): boolean {
  return benches[name]?.usual === true;
}

function usage(): string {
  const lines = Object.entries(benches).map(
    ([name, { about, usual }]) =>
      `  ${name.padEnd(14)}${about}${usual ? "" : " (only when named)"}`,
  );
  return ["Usage: npm run bench [-- NAME… --size RECORDS]", ...lines].join("\n");
}

function describeMachine() {
  const [cpu] = os.cpus();
  return {
    processor: `${os.cpus().length} × ${cpu?.model ?? "unknown"}`,
    memory: `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    system: `${os.type()} ${os.arch()}`,
    node: `Node ${process.versions.node}`,
    sqlite: `SQLite ${String(new Sqlite(":memory:").prepare("SELECT sqlite_version()").pluck().get())}`,
    load: `load ${os.loadavg()[0]?.toFixed(1)}`,
  };
}

/** How fast one thread hashes now: what else runs on the machine shows here. */
function calibration(when: string): Row {
  const bytes = Buffer.alloc(16 * 2 ** 20, 7);
  const started = performance.now();
  let hashed = 0;
  while (performance.now() - started < 500) {
    createHash("sha256").update(bytes).digest();
    hashed += bytes.length;
  }
  const seconds = (performance.now() - started) / 1000;
  return { name: `calibration, SHA-256, ${when}`, value: hashed / 1e6 / seconds, unit: "MB/s" };
}
