/**
 * `npm run package`: builds and packs the app into dist/.
 *
 *   npm run package                     every form of this platform (fetches helper programs)
 *   npm run package -- --dir            the unpacked app only, offline
 *   npm run package -- --dir --test     the same around the Electron of the tests
 */
import { parseArgs } from "node:util";
import { build as buildPackage, Platform } from "electron-builder";
import { build } from "./build.ts";
import { packageConfiguration } from "./electron-builder.ts";
import { fetchRuntime, findRuntime } from "./electron-runtime.ts";
import { requireNode } from "./node-version.ts";
import { root } from "./paths.ts";
import { provideTestElectron } from "./test-electron.ts";

/** Packs the app for this platform; resolves to what was written. */
export async function packageApp(options: {
  readonly dir: boolean;
  readonly test: boolean;
}): Promise<readonly string[]> {
  await build({ print: console.log });
  const runtime = options.test ? await testRuntime() : (findRuntime() ?? (await shippedRuntime()));
  return buildPackage({
    projectDir: root,
    config: packageConfiguration(runtime),
    targets: Platform.current().createTarget(options.dir ? ["dir"] : []),
    publish: "never",
  });
}

async function shippedRuntime() {
  const fetched = await fetchRuntime(console.log);
  if ("reason" in fetched) {
    throw new Error(
      "Without Electron's runtime there is nothing to pack. Set ELECTRON_OVERRIDE_DIST_PATH to an unpacked one, or use --test for a trial.",
    );
  }
  return fetched.runtime;
}

async function testRuntime() {
  const provided = await provideTestElectron(console.log);
  if ("missing" in provided) throw new Error(provided.missing);
  return provided.runtime;
}

if (import.meta.main) {
  requireNode();
  const { values } = parseArgs({
    options: { dir: { type: "boolean" }, test: { type: "boolean" } },
  });
  await packageApp({ dir: values.dir === true, test: values.test === true });
}
