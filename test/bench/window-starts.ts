/**
 * From the start of Electron's process to the first paint that can be used: of a window that says
 * hello, and of Guildhall with its home screen and what is on it, alternately on one machine.
 */
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { hasGraphicsDevice } from "#main/graphics.ts";
import { root } from "#build/paths.ts";
import { electronForTests, sandboxSwitches } from "#test/support/launch-electron.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { percentile, type Row } from "./row.ts";

/** An app to start: its switches, its folder, its profile, and what is there when it can be used. */
type Started = {
  readonly switches: readonly string[];
  readonly folder: string;
  readonly profile: string;
  readonly ready: string;
};

const reporter = path.join(import.meta.dirname, "report-paint.cjs");
const pairs = 9;

/** Starts both in turn, after one of each that only fills the caches. */
export async function measureStarts(profile: string): Promise<readonly Row[]> {
  using temporary = temporaryFolder();
  const hello: Started = {
    // As Guildhall does by itself.
    switches: hasGraphicsDevice(process.platform) ? [] : ["--disable-gpu"],
    folder: path.join(import.meta.dirname, "hello-window"),
    profile: temporary.path,
    ready: "h1",
  };
  // The heading of the newest work is there from the first answer on, its lines with the second.
  const guildhall: Started = {
    switches: [],
    folder: root,
    profile,
    ready: "#main [aria-labelledby=what-changed] li",
  };
  await startOnce(hello);
  await startOnce(guildhall);
  const spent: Record<"hello" | "guildhall", number[]> = { hello: [], guildhall: [] };
  for (let pair = 0; pair < pairs; pair += 1) {
    spent.hello.push(await startOnce(hello));
    spent.guildhall.push(await startOnce(guildhall));
  }
  const [least, ours] = [percentile(spent.hello, 0.5), percentile(spent.guildhall, 0.5)];
  const of = `median of ${pairs}`;
  return [
    { name: `Electron, a window that says hello, ${of}`, value: least, unit: "ms" },
    { name: `Electron, Guildhall's home screen, ${of}`, value: ours, unit: "ms" },
    {
      name: "Electron, Guildhall to hello",
      value: ours / least,
      unit: "times",
      target: { atMost: 1.5 },
    },
  ];
}

/** Milliseconds from the start of the process to the paint; the app is closed in order afterwards. */
async function startOnce({ switches, folder, profile, ready }: Started): Promise<number> {
  const { executable, environment } = await electronForTests();
  const words = [...sandboxSwitches(), ...switches, "-r", reporter, folder, "--profile", profile];
  const begin = performance.timeOrigin + performance.now();
  const child = spawn(executable, words, {
    cwd: root,
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...environment, GUILDHALL_BENCH_READY: ready },
  });
  const ended = endOf(child);
  const painted = await paintOf(child);
  child.kill("SIGTERM");
  await ended;
  return painted - begin;
}

function paintOf(child: ChildProcess): Promise<number> {
  const painted = Promise.withResolvers<number>();
  const late = setTimeout(() => {
    child.kill("SIGKILL");
    painted.reject(new Error("The window showed nothing within a minute."));
  }, 60_000);
  child.on("exit", (code) => {
    painted.reject(new Error(`Electron ended with ${code} before its window showed anything.`));
  });
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [, at] = /^painted (?<at>[\d.]+)$/u.exec(line) ?? [];
      if (at !== undefined) painted.resolve(Number(at));
    });
  }
  return painted.promise.finally(() => clearTimeout(late));
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once("exit", () => resolve()));
}
