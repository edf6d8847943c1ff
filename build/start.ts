/**
 * `npm start`: builds what changed and opens the app. In Electron's window where that is possible;
 * otherwise one sentence says why, and the same app is served to the browser.
 *
 *   npm start -- --profile <folder>   another profile
 *   npm start -- --browser            the browser, even where a window would be possible
 */
import { spawn } from "node:child_process";
import path from "node:path";
import { parseArgs } from "node:util";
import { build, buildFailure } from "./build.ts";
import { fetchRuntime, findRuntime, type Runtime, wantedVersion } from "./electron-runtime.ts";
import { requireNode } from "./node-version.ts";
import { root } from "./paths.ts";
import { hasDisplay } from "./virtual-display.ts";

requireNode();
process.exitCode = await start();

async function start(): Promise<number> {
  const { values, positionals } = readOptions();
  try {
    await build({ print: console.log });
  } catch (error) {
    console.error(buildFailure(error));
    return 1;
  }
  if (values.browser) return serve(values.profile);
  if (!hasDisplay()) {
    console.log(
      "There is no display for a window here (neither DISPLAY nor WAYLAND_DISPLAY is set), so Guildhall is served to a browser instead; start it on a desktop, or with xvfb-run, for the window.",
    );
    return serve(values.profile);
  }
  const found = findRuntime();
  const fetched = found === undefined ? await fetchRuntime(console.log) : { runtime: found };
  if ("reason" in fetched) {
    console.log(
      `Electron's runtime could not be fetched (${fetched.reason}), so Guildhall is served to a browser instead; for the window, allow downloads from github.com and start again, or unpack Electron ${wantedVersion()} somewhere and set ELECTRON_OVERRIDE_DIST_PATH to its folder.`,
    );
    return serve(values.profile);
  }
  return openWindow(fetched.runtime, values.profile, positionals);
}

function readOptions() {
  return parseArgs({
    args: process.argv.slice(2),
    options: { browser: { type: "boolean" }, profile: { type: "string" } },
    allowPositionals: true,
  });
}

/** The window runs until it is closed; its exit code is ours. */
async function openWindow(
  runtime: Runtime,
  profile: string | undefined,
  links: readonly string[],
): Promise<number> {
  const asRoot = process.platform === "linux" && process.getuid?.() === 0;
  if (asRoot) {
    console.log(
      "Started as root, where Chromium has no sandbox: it is switched off for this run. Start Guildhall as an ordinary user for daily work.",
    );
  }
  const words = [
    ...(asRoot ? ["--no-sandbox"] : []),
    root,
    ...(profile === undefined ? [] : ["--profile", path.resolve(profile)]),
    ...links,
  ];
  const window = spawn(runtime.executable, words, {
    stdio: "inherit",
    // An Electron that is older than the database can use runs the engine on this Node instead.
    env: { ...process.env, GUILDHALL_NODE: process.execPath },
  });
  // Ctrl+C reaches the window as well; it closes in order, and we wait for it.
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => window.kill(signal));
  const ended = Promise.withResolvers<number>();
  window.on("error", ended.reject);
  window.on("exit", (code) => {
    ended.resolve(code ?? 0);
  });
  return ended.promise;
}

/** The same app in a browser, until Ctrl+C. */
async function serve(profile: string | undefined): Promise<number> {
  const { serveBrowser } = await import("#hosts/serve.ts");
  const { defaultProfile } = await import("#hosts/profile-folder.ts");
  const folder = profile === undefined ? defaultProfile() : path.resolve(profile);
  const interrupted = Promise.withResolvers<void>();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, interrupted.resolve);
  try {
    const loopback = await serveBrowser({ profile: folder, port: 0 });
    console.log(`Guildhall is at ${loopback.address}\nCtrl+C ends it.`);
    if (hasDisplay()) await openBrowser(loopback.address);
    await interrupted.promise;
    await loopback.close();
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

/** Where there is no browser to open, the printed address is enough. */
async function openBrowser(address: string): Promise<void> {
  const { default: open } = await import("open");
  const browser = await open(address);
  browser.on("error", () => {
    console.log("No browser could be opened; open the address above yourself.");
  });
}
