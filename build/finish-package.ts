/** What is done to a package after electron-builder has laid it out, before it is signed. */
import { chmod, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { AfterPackContext } from "electron-builder";
import { setFuses } from "./fuses.ts";

/** The first version whose executable knows every fuse of the table. */
const knowsAllFuses = 45;

/** Sets the fuses, and on Linux lays the starter before the executable. */
export async function finishPackage(context: AfterPackContext): Promise<void> {
  const { appOutDir, electronPlatformName, packager } = context;
  // A test's distribution carries a loader of its own; only the archive may be opened.
  await rm(path.join(appOutDir, "resources", "app"), { recursive: true, force: true });
  await rm(path.join(appOutDir, "made-from.json"), { force: true });
  const product = packager.appInfo.productFilename;
  const executables: Readonly<Record<string, string>> = {
    darwin: path.join(`${product}.app`, "Contents", "MacOS", product),
    win32: `${product}.exe`,
    linux: packager.config.executableName ?? product,
  };
  const name = executables[electronPlatformName];
  if (name === undefined) {
    throw new Error(`There is no executable name for the platform ${electronPlatformName}.`);
  }
  const executable = path.join(appOutDir, name);
  const major = Number(packager.config.electronVersion?.split(".")[0] ?? "0");
  await setFuses(executable, major >= knowsAllFuses);
  if (electronPlatformName === "linux") await layStarter(executable);
}

/**
 * On Linux Chromium wants a display even for a command that shows nothing, and asks for it before
 * any script runs: without one the starter chooses the platform that needs none.
 */
async function layStarter(executable: string): Promise<void> {
  await rename(executable, `${executable}-app`);
  await writeFile(executable, starter);
  await chmod(executable, 0o755);
}

const starter = `#!/bin/sh
# Starts Guildhall; on a machine without a display its commands still work.
here=$(dirname "$(readlink -f "$0")")
if [ -z "$DISPLAY$WAYLAND_DISPLAY" ]; then
  set -- --ozone-platform=headless "$@"
fi
exec "$here/guildhall-app" "$@"
`;
