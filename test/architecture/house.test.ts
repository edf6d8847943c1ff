/** The shape of the house: its top level, its file names, the size of its rooms, its manners. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { repositoryFiles, root, sourceFiles } from "#test/support/source-files.ts";

const topLevel = new Set([
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "electron",
  "renderer",
  "shared",
  "resources",
  "build",
  "test",
  "README.md",
  "LICENSE",
  "CHANGELOG.md",
]);

const exportedFunction = /^export (?:async )?function\b/u;

describe("the house", () => {
  const files = sourceFiles();
  const product = files.filter((file) => /^(?:shared|electron|renderer|build)\//u.test(file.path));

  test("the top level holds only the named folders and files", () => {
    const names = new Set(repositoryFiles().map((file) => file.split("/")[0] ?? ""));
    expect([...names].filter((name) => !name.startsWith(".") && !topLevel.has(name))).toEqual([]);
  });

  test("file names are kebab-case", () => {
    const odd = files
      .map((file) => path.basename(file.path))
      .filter((name) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)*\.tsx?$/u.test(name));
    expect(odd).toEqual([]);
  });

  test("half of the files are no longer than 80 lines; the linter knows the longest", () => {
    const lengths = product.map((file) => file.text.split("\n").length).toSorted((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(80);
  });

  test("the rpc folder stays under 200 lines of code", () => {
    const lines = files
      .filter((file) => file.path.startsWith("shared/rpc/"))
      .flatMap((file) => file.text.replaceAll(/\/\*[\s\S]*?\*\//gu, "").split("\n"))
      .filter((line) => line.trim() !== "" && !line.trim().startsWith("//"));
    expect(lines.length).toBeLessThan(200);
  });

  test("no source holds default exports, unfinished work or switched-off sandboxes", () => {
    const manners: readonly (readonly [string, RegExp])[] = [
      ["a default export", /^export default/mu],
      ["unfinished work", /\b(?:TODO|FIXME|XXX|HACK)\b/u],
      ["innerHTML", /\b(?:innerHTML|dangerouslySetInnerHTML|insertAdjacentHTML)\b/u],
      ["sandbox: false", /sandbox:\s*false/u],
    ];
    const configured = /(?:\.config\.ts|^build\/)/u;
    const broken = product.flatMap((file) =>
      manners
        .filter(([name]) => name !== "a default export" || !configured.test(file.path))
        .filter(([, pattern]) =>
          pattern.test(file.text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gmu, "")),
        )
        .map(([name]) => `${file.path}: ${name}`),
    );
    expect(broken).toEqual([]);
  });

  test("the only classes are errors", () => {
    const classes = product.flatMap((file) =>
      [...file.text.matchAll(/^\s*(?:export )?(?:abstract )?class \w+(?<kin>[^{]*)/gmu)]
        .filter(({ groups }) => !/extends \w*(?:Error|Failure)\b/u.test(groups?.kin ?? ""))
        .map(([text]) => `${file.path}: ${text.trim()}`),
    );
    expect(classes).toEqual([]);
  });

  test("every rule that is switched off carries its reason", () => {
    const silent = files.flatMap((file) => {
      const lines = file.text.split("\n");
      return lines
        .map((line, index) => ({ line, above: lines[index - 1] ?? "", number: index + 1 }))
        .filter(({ line }) => /^\s*(?:\/\/|\{?\/\*) *(?:oxlint-disable|@ts-)/u.test(line))
        .filter(({ line, above }) => !line.includes(" -- ") && !/^\s*(?:\/\/|\*)/u.test(above))
        .map(({ number }) => `${file.path}:${number}`);
    });
    expect(silent).toEqual([]);
  });

  test("no test sleeps; only what waits for programs of others asks again after a pause", () => {
    const sleepy = files
      .filter((file) => file.path.startsWith("test/") && file.path !== "test/carriers/daemon.ts")
      .filter((file) => !file.path.startsWith("test/bench/"))
      .filter((file) => /from "node:timers\/promises"|\bwaitForTimeout\(/u.test(file.text))
      .map((file) => file.path);
    expect(sleepy).toEqual([]);
  });

  test("every folder of the product has a file that opens with what it is", () => {
    const folders = new Map<string, string[]>();
    for (const file of product) {
      const folder = path.posix.dirname(file.path);
      folders.set(folder, [...(folders.get(folder) ?? []), file.text]);
    }
    const silent = [...folders]
      .filter(([, texts]) => !texts.some((text) => text.startsWith("/**")))
      .map(([folder]) => folder);
    expect(silent).toEqual([]);
  });

  test("every exported function says what it gives", () => {
    const silent = product.flatMap(({ path, text }) => {
      const lines = text.split("\n");
      return lines
        .filter((line, index) => {
          const above = lines[index - 1] ?? "";
          return exportedFunction.test(line) && !above.endsWith("*/") && !above.startsWith("//");
        })
        .map((line) => `${path}: ${line}`);
    });
    expect(silent).toEqual([]);
  });

  test("package.json offers at most 15 scripts and 20 run-time packages", () => {
    const manifest: unknown = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
    const { scripts, dependencies } = manifest as Record<"scripts" | "dependencies", object>;
    expect(Object.keys(scripts).length).toBeLessThanOrEqual(15);
    expect(Object.keys(dependencies).length).toBeLessThanOrEqual(20);
  });
});
