/** Starts the built app in a real Electron and gives its window as a Playwright page. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { _electron, type ElectronApplication } from "@playwright/test";
import { build } from "#build/build.ts";
import { root } from "#build/paths.ts";
import { provideTestElectron } from "#build/test-electron.ts";
import { hasDisplay, startVirtualDisplay } from "#build/virtual-display.ts";
import { type LaunchedApp, type LaunchOptions, listenForComplaints } from "./launched-app.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export type LaunchedElectron = LaunchedApp & { readonly app: ElectronApplication };

/**
 * Keeps the app from becoming ready before Playwright has attached. It adds it by itself only where
 * it also picks the executable; without it, windows that open meanwhile are sometimes never seen.
 */
const playwrightLoader = path.join(
  path.dirname(fileURLToPath(import.meta.resolve("playwright-core/package.json"))),
  "lib/server/electron/loader.js",
);

type Ready = { readonly executable: string; readonly environment: Record<string, string> };

let ready: Promise<Ready> | undefined;

/** The window is loaded and the page's script has run when this resolves. */
export async function launchElectron(options: LaunchOptions = {}): Promise<LaunchedElectron> {
  const { executable, environment } = await electronForTests();
  const fresh = options.profile === undefined ? temporaryFolder() : undefined;
  const profile = options.profile ?? fresh?.path ?? "";
  const args = [
    ...sandboxSwitches(),
    "-r",
    playwrightLoader,
    root,
    "--profile",
    profile,
    ...(options.words ?? []),
  ];
  const env = { ...environment, ...options.environment };
  const app = await _electron.launch({ executablePath: executable, args, env, cwd: root });
  const page = await app.firstWindow();
  await page.waitForLoadState("domcontentloaded");
  const complaints = listenForComplaints(page);
  return {
    host: "electron",
    app,
    page,
    profile,
    complaints,
    kill: async () => {
      const gone = new Promise((resolve) => app.process().once("exit", resolve));
      app.process().kill("SIGKILL");
      await gone;
    },
    close: async () => {
      await app.close();
      fresh?.[Symbol.dispose]();
    },
  };
}

/** The executable and the environment it is started with. */
export function electronForTests(): Promise<Ready> {
  ready ??= prepare();
  return ready;
}

/** Chromium's sandbox does not work for root; everything else about the app stays as it is. */
export function sandboxSwitches(): readonly string[] {
  return process.platform === "linux" && process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}

/** The log of a process of the app: its lines, parsed; none while it has not been begun. */
export function readLog(profile: string, name: "main" | "engine"): readonly { message: string }[] {
  const file = path.join(profile, "logs", `${name}.log`);
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { message: string });
}

async function prepare(): Promise<Ready> {
  await build();
  const provided = await provideTestElectron(() => {});
  if ("missing" in provided) throw new Error(provided.missing);
  const display = hasDisplay() ? process.env.DISPLAY : (await startVirtualDisplay()).name;
  const kept = Object.entries(process.env).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && pair[0] !== "NODE_OPTIONS",
  );
  return {
    executable: provided.runtime.executable,
    environment: {
      ...Object.fromEntries(kept),
      ...(display === undefined ? {} : { DISPLAY: display }),
      // The engine runs on this Node where the runtime is too old for the database.
      GUILDHALL_NODE: process.execPath,
    },
  };
}
