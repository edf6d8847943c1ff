/** Electron's fuses in what is shipped: every one is stated, so that a new one is asked about. */
import { flipFuses, FuseV1Options, FuseVersion } from "@electron/fuses";

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

function withoutNewest(): Partial<Record<FuseV1Options, boolean>> {
  const { [FuseV1Options.WasmTrapHandlers]: _newest, ...known } = fuses;
  return known;
}
