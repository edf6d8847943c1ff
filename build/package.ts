/**
 * `npm run package`: builds and packs the app into dist/.
 *
 *   npm run package                     every form of this platform (fetches helper programs)
 *   npm run package -- --dir            the unpacked app only, offline
 *   npm run package -- --dir --test     the same around the Electron of the tests
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { build as buildPackage, Platform } from "electron-builder";
import { build } from "./build.ts";
import { packageConfiguration } from "./electron-builder.ts";
import { fetchRuntime, findRuntime } from "./electron-runtime.ts";
import { requireNode } from "./node-version.ts";
import { root } from "./paths.ts";
import { findProgram } from "./system-packages.ts";
import { provideTestElectron } from "./test-electron.ts";

/** Packs the app for this platform; resolves to what was written. Rejects as electron-builder does. */
export async function packageApp(options: {
  readonly dir: boolean;
  readonly test: boolean;
}): Promise<readonly string[]> {
  await build({ print: console.log });
  // It would be fetched; Debian has it as 7zip or p7zip.
  const zip = findProgram("7zz", "7za", "7z");
  if (zip !== undefined) process.env.ELECTRON_BUILDER_7ZIP_PATH ??= zip;
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
      `Electron's runtime could not be fetched (${fetched.reason}), and without it there is nothing to pack. Allow downloads from github.com, set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron, or add --test for a trial with the Electron of the tests.`,
    );
  }
  return fetched.runtime;
}

async function testRuntime() {
  const provided = await provideTestElectron(console.log);
  if ("missing" in provided) throw new Error(provided.missing);
  return provided.runtime;
}

/** What kept the app from being packed, in a sentence, or in the program's own words. */
export function packageFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const network = /(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT) ?[\w.:-]*/u.exec(
    message,
  );
  if (network === null) return message;
  return `Not every form of the app could be made: electron-builder fetches helper programs for AppImage, deb and installers from github.com, which cannot be reached (${network[0].trim()}). What is done lies in dist, the unpacked app among it. Run this where downloads from github.com are allowed, or add --dir for the unpacked app alone.`;
}

if (import.meta.main) {
  requireNode();
  const { values } = parseArgs({
    options: { dir: { type: "boolean" }, test: { type: "boolean" } },
  });
  try {
    const made = await packageApp({ dir: values.dir === true, test: values.test === true });
    for (const file of made) console.log(`made ${path.relative(root, file)}`);
  } catch (error) {
    console.error(packageFailure(error));
    process.exitCode = 1;
  }
}
