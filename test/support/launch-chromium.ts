/** Serves the built app on loopback as `guildhall serve` does, and opens it in a real Chromium. */
import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { type Browser, type BrowserContext, chromium } from "@playwright/test";
import { build } from "#build/build.ts";
import { root } from "#build/paths.ts";
import { findProgram } from "#build/system-packages.ts";
import { type LaunchedApp, type LaunchOptions, listenForComplaints } from "./launched-app.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export type LaunchedChromium = LaunchedApp & {
  readonly browser: Browser;
  readonly context: BrowserContext;
  /** The address with this start's token. */
  readonly address: string;
};

/** Switches that keep Chromium from speaking to anybody but the page. */
const quiet: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let built: Promise<void> | undefined;

/** The page is loaded and past the token when this resolves. */
export async function launchChromium(options: LaunchOptions = {}): Promise<LaunchedChromium> {
  const fresh = options.profile === undefined ? temporaryFolder() : undefined;
  const profile = options.profile ?? fresh?.path ?? "";
  const server = await serve(profile, options);
  const browser = await launchBrowser();
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints = listenForComplaints(page);
  await page.goto(server.address, { waitUntil: "domcontentloaded" });
  return {
    host: "browser",
    browser,
    context,
    page,
    profile,
    complaints,
    address: server.address,
    kill: async () => {
      await server.kill();
      await browser.close();
    },
    close: async () => {
      await browser.close();
      await server.stop();
      fresh?.[Symbol.dispose]();
    },
  };
}

/** A real Chromium: the system's, else the one Playwright keeps. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findProgram("chromium", "chromium-browser", "google-chrome");
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [...quiet],
  });
}

export type Served = {
  /** With this start's token. */
  readonly address: string;
  readonly stop: () => Promise<void>;
  readonly kill: () => Promise<void>;
};

/** Builds the pages if they changed and runs `guildhall serve` on the profile. */
export async function serve(profile: string, options: LaunchOptions = {}): Promise<Served> {
  built ??= build();
  await built;
  const cli = path.join(root, "electron", "hosts", "cli.ts");
  const child = spawn(
    process.execPath,
    [cli, "serve", "--json", "--profile", profile, ...(options.words ?? [])],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...options.environment },
    },
  );
  const ended = Promise.withResolvers<void>();
  const printed = Promise.withResolvers<string>();
  child.on("exit", (code) => {
    printed.reject(new Error(`guildhall serve ended with code ${code} before it was ready.`));
    ended.resolve();
  });
  createInterface({ input: child.stdout }).once("line", printed.resolve);
  const { address } = JSON.parse(await printed.promise) as { address: string };
  return {
    address,
    stop: () => {
      child.kill("SIGTERM");
      return ended.promise;
    },
    kill: () => {
      child.kill("SIGKILL");
      return ended.promise;
    },
  };
}
