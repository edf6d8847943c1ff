/** Electron's fuses in what is shipped: every one is stated, so that a new one is asked about. */
import { rm } from "node:fs/promises";
import path from "node:path";
import { flipFuses, FuseV1Options, FuseVersion } from "@electron/fuses";
import type { AfterPackContext } from "electron-builder";

/** What each fuse is set to, and why. */
export const fuses: Readonly<Record<FuseV1Options, boolean>> = {
  // The executable is the app and nothing else: it cannot be made to run as plain Node.
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  // NODE_OPTIONS and --inspect would let any program of the same user into the app.
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // These two belong together: one without the other can be bypassed.
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  // There is no snapshot of our own to load.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
};

/** The fuses of an executable that knows them all; an older one, in tests, knows fewer. */
export async function setFuses(executable: string, knowsAll: boolean): Promise<void> {
  await flipFuses(
    executable,
    knowsAll
      ? { version: FuseVersion.V1, ...fuses, strictlyRequireAllFuses: true }
      : { version: FuseVersion.V1, ...withoutNewest() },
  );
}

/** Sets the fuses of what electron-builder has just laid out. */
export async function setFusesAfterPack(context: AfterPackContext): Promise<void> {
  const { appOutDir, packager, electronPlatformName } = context;
  const name = packager.appInfo.productFilename;
  const executables: Readonly<Record<string, string>> = {
    darwin: path.join(`${name}.app`, "Contents", "MacOS", name),
    win32: `${name}.exe`,
    linux: packager.config.executableName ?? name,
  };
  const executable = executables[electronPlatformName];
  if (executable === undefined) {
    throw new Error(`There is no executable name for the platform ${electronPlatformName}.`);
  }
  // A test's distribution carries a loader of its own; only the archive may be opened.
  await rm(path.join(appOutDir, "resources", "app"), { recursive: true, force: true });
  const major = Number(packager.config.electronVersion?.split(".")[0] ?? "0");
  await setFuses(path.join(appOutDir, executable), major >= 45);
}

function withoutNewest(): Partial<Record<FuseV1Options, boolean>> {
  const { [FuseV1Options.WasmTrapHandlers]: _newest, ...known } = fuses;
  return known;
}
