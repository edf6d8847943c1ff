/** Electron's own runtime: where it lies, and how it is fetched the official way. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "./paths.ts";

/** A runtime that can be started. */
export type Runtime = {
  /** The folder with the whole distribution. */
  readonly folder: string;
  readonly executable: string;
  readonly version: string;
};

const packageFolder = path.join(root, "node_modules", "electron");

/** The runtime's version that this checkout asks for. */
export function wantedVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(path.join(packageFolder, "package.json"), "utf8"),
  );
  const version = typeof manifest === "object" && manifest && Reflect.get(manifest, "version");
  if (typeof version !== "string") throw new Error("The electron package has no version.");
  return version;
}

/** The runtime that is there: ELECTRON_OVERRIDE_DIST_PATH, or what the package fetched before. */
export function findRuntime(): Runtime | undefined {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override !== undefined && override !== "") return runtimeIn(path.resolve(override));
  const fetched = runtimeIn(path.join(packageFolder, "dist"));
  return fetched?.version === wantedVersion() ? fetched : undefined;
}

/**
 * Fetches the runtime as the electron package does, checksums included, and shows how far it is.
 * Resolves to the reason when it cannot be had.
 */
export async function fetchRuntime(
  print: (line: string) => void,
): Promise<{ readonly runtime: Runtime } | { readonly reason: string }> {
  print(`Fetching Electron ${wantedVersion()} (about 120 MB, once) …`);
  // The package downloads into the temporary folder; one of our own tells how much has come.
  const temporary = mkdtempSync(path.join(tmpdir(), "guildhall-electron-"));
  const install = spawn(process.execPath, [path.join(packageFolder, "install.js")], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
  });
  let complaint = "";
  install.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  const stopWatching = watchSize(temporary, print);
  const ended = Promise.withResolvers<number | null>();
  install.on("exit", ended.resolve);
  install.on("error", ended.reject);
  const code = await ended.promise;
  stopWatching();
  rmSync(temporary, { recursive: true, force: true });
  const runtime = code === 0 ? findRuntime() : undefined;
  return runtime === undefined ? { reason: reasonIn(complaint) } : { runtime };
}

/** Says every few seconds how many megabytes have come. */
function watchSize(folder: string, print: (line: string) => void): () => void {
  const timer = setInterval(() => {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    const sizes = files.map((file) => statSync(path.join(folder, file), { throwIfNoEntry: false }));
    const bytes = sizes.reduce((sum, stat) => sum + (stat?.isFile() ? stat.size : 0), 0);
    if (bytes > 0) print(`  ${Math.round(bytes / 1_000_000)} MB`);
  }, 3000);
  return () => {
    clearInterval(timer);
  };
}

/** The first line that names the cause: "fetch failed", "getaddrinfo ENOTFOUND …". */
function reasonIn(complaint: string): string {
  const lines = complaint.split("\n").map((line) => line.trim());
  const cause =
    lines.find((line) => /cause\]: /u.test(line)) ?? lines.find((line) => /\w/u.test(line));
  return (
    cause?.replace(/^.*cause\]: /u, "").replace(/^(?:\w*Error): /u, "") ?? "no reason was given"
  );
}

/** The runtime in an unpacked distribution, if there is one. */
export function runtimeIn(folder: string): Runtime | undefined {
  const executable = path.join(folder, ...executableParts());
  const versionFile = path.join(folder, "version");
  if (!existsSync(executable)) return undefined;
  const version = existsSync(versionFile) ? readFileSync(versionFile, "utf8").trim() : "unknown";
  return { folder, executable, version: version.replace(/^v/u, "") };
}

function executableParts(): readonly string[] {
  if (process.platform === "darwin") return ["Electron.app", "Contents", "MacOS", "Electron"];
  return [process.platform === "win32" ? "electron.exe" : "electron"];
}
