/** The repository's source files and what they import, read as text. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

export type SourceFile = {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Import specifiers as written. */
  readonly imports: readonly string[];
  /** Those of them that are loaded when the file is: neither types alone nor later ones. */
  readonly values: readonly string[];
};

const sourceFolders = new Set(["shared", "electron", "renderer", "build", "test"]);
const importPattern =
  /(?:^|\n)\s*(?:import|export)\s(?<types>type\s)?[^;'"]*?from\s*["'](?<from>[^"']+)["']|(?:^|\n)\s*import\s*["'](?<bare>[^"']+)["']|\bimport\(\s*["'](?<lazy>[^"']+)["']\s*\)/gu;

/** Every tracked or new file that git does not ignore. */
export function repositoryFiles(): readonly string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed.split("\n").filter(Boolean);
}

/** Every TypeScript file of the product and its tests. */
export function sourceFiles(): readonly SourceFile[] {
  return repositoryFiles()
    .filter((file) => sourceFolders.has(file.split("/")[0] ?? ""))
    .filter((file) => /\.tsx?$/u.test(file))
    .flatMap((file) => read(file));
}

function read(file: string): readonly SourceFile[] {
  try {
    const text = readFileSync(path.join(root, file), "utf8");
    const found = [...text.matchAll(importPattern)].map(({ groups }) => groups ?? {});
    const names = (some: typeof found) => some.map((one) => one.from ?? one.bare ?? one.lazy ?? "");
    const values = found.filter((one) => one.types === undefined && one.lazy === undefined);
    return [{ path: file, text, imports: names(found), values: names(values) }];
  } catch (error) {
    // Deleted in the working tree but still in git's list.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

const aliases: Readonly<Record<string, string>> = {
  "#shared/": "shared/",
  "#engine/": "electron/engine/",
  "#hosts/": "electron/hosts/",
  "#main/": "electron/main/",
  "#renderer/": "renderer/",
  "#build/": "build/",
  "#test/": "test/",
};

/** The imported file, relative to the repository; or the package's name, as `npm:react`. */
export function resolveImport(file: string, specifier: string): string {
  if (specifier.startsWith(".")) {
    return path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
  }
  for (const [alias, folder] of Object.entries(aliases)) {
    if (specifier.startsWith(alias)) return folder + specifier.slice(alias.length);
  }
  if (specifier.startsWith("node:")) return specifier;
  const [scope = "", name = ""] = specifier.split("/");
  return `npm:${scope.startsWith("@") ? `${scope}/${name}` : scope}`;
}
