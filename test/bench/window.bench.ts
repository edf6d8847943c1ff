/**
 * What somebody at the window waits for, at 10,000 records unless `size` says otherwise: from a key to
 * painted results in a real Chromium, and from the start of Electron to the home screen, beside an
 * Electron window that only says hello.
 */
import path from "node:path";
import { findProgram } from "#build/system-packages.ts";
import { provideTestElectron } from "#build/test-electron.ts";
import { hasDisplay } from "#build/virtual-display.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import type { BenchOptions } from "./bench.ts";
import { startEngine } from "./engine-process.ts";
import { writeHandbook } from "./handbook.ts";
import { measureKeystrokes } from "./keystrokes.ts";
import type { Row } from "./row.ts";
import { importFolder } from "./scene.ts";
import { measureStarts } from "./window-starts.ts";

/** Measures what can be measured here; a sentence says what cannot. */
export async function benchWindow({ size = 10_000 }: BenchOptions): Promise<readonly Row[]> {
  using folder = temporaryFolder();
  const profile = path.join(folder.path, "profile");
  await fillProfile(profile, path.join(folder.path, "handbook"), size);
  const rows: Row[] = [];
  if (findProgram("chromium", "chromium-browser", "google-chrome") === undefined) {
    say("Keys are not measured: there is no Chromium on the search path.");
  } else rows.push(...(await measureKeystrokes(profile)));
  const missing = await electronMissing();
  if (missing === undefined) rows.push(...(await measureStarts(profile)));
  else say(`Electron's start is not measured: ${missing}`);
  return rows;
}

async function fillProfile(profile: string, handbook: string, size: number): Promise<void> {
  writeHandbook(handbook, size);
  await using engine = await startEngine(profile);
  await engine.client.workspace.start({ name: "Ana", department: "Support" });
  const { created } = await importFolder(engine, handbook);
  if (created !== size) throw new Error(`Only ${created} of ${size} files came in.`);
}

async function electronMissing(): Promise<string | undefined> {
  const provided = await provideTestElectron(say);
  if ("missing" in provided) return provided.missing;
  if (hasDisplay() || findProgram("Xvfb") !== undefined) return undefined;
  return "there is no display, and no Xvfb to make one.";
}

function say(line: string): void {
  console.log(line);
}
