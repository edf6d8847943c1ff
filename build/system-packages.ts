/** Debian's packages that tests need: installed when run as root, named otherwise. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/** What Electron needs to show a window on a machine without a desktop. */
export const electronPackages: readonly string[] = [
  "xvfb",
  "libnss3",
  "libatk1.0-0",
  "libatk-bridge2.0-0",
  "libcups2",
  "libgtk-3-0",
  "libgbm1",
  "libasound2",
  "libxss1",
];

/** The browser for the tests in a browser tab. */
export const chromiumPackages: readonly string[] = ["chromium"];

/** Real carriers of a shared folder: a file server with a client that mounts it, and a sync client. */
export const carrierPackages: readonly string[] = ["samba", "smbnetfs", "fuse3", "syncthing"];

/**
 * Makes sure of the packages. Resolves to undefined when all are there, else to a sentence that
 * says what is missing and what to type.
 */
export function ensurePackages(
  wanted: readonly string[],
  print: (line: string) => void,
): string | undefined {
  if (process.platform !== "linux" || !isDebian()) return undefined;
  const missing = wanted.filter((name) => !isInstalled(name));
  if (missing.length === 0) return undefined;
  const names = missing.join(" ");
  if (process.getuid?.() !== 0) {
    return `These system packages are missing: ${names}. Install them with: sudo apt-get install ${names}`;
  }
  print(`Installing system packages: ${names}`);
  const options = { stdio: ["ignore", "ignore", "inherit"] as const, env: aptEnvironment() };
  spawnSync("apt-get", ["update", "-q"], { ...options, stdio: [...options.stdio] });
  spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...missing], {
    ...options,
    stdio: [...options.stdio],
  });
  const still = missing.filter((name) => !isInstalled(name));
  if (still.length === 0) return undefined;
  return `These system packages could not be installed: ${still.join(" ")}. Try: apt-get install ${still.join(" ")}`;
}

/** The path of a program on the search path; undefined when there is none. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return names
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find((file) => existsSync(file));
}

function isDebian(): boolean {
  return existsSync("/usr/bin/dpkg-query") && existsSync("/usr/bin/apt-get");
}

/** Newer releases renamed some of them (libasound2t64): whatever provides the name counts. */
function isInstalled(name: string): boolean {
  return [name, `${name}t64`].some((candidate) => {
    const format = "${Status}";
    const query = spawnSync("dpkg-query", ["-W", `-f=${format}`, candidate], { encoding: "utf8" });
    return query.status === 0 && query.stdout.includes("install ok installed");
  });
}

function aptEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
}
