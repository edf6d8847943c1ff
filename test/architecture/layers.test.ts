/** Each layer is compiled by itself, with no more of its surroundings than it may know. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { repositoryFiles, root, sourceFiles } from "#test/support/source-files.ts";

const configSchema = z.object({
  compilerOptions: z
    .object({
      lib: z.array(z.string()).optional(),
      types: z.array(z.string()).optional(),
      paths: z.unknown().optional(),
    })
    .catchall(z.unknown())
    .default({}),
  references: z.array(z.object({ path: z.string() })).default([]),
});

function readConfig(file: string) {
  return configSchema.parse(JSON.parse(readFileSync(path.join(root, file), "utf8")));
}

const files = repositoryFiles().filter((file) => /(?:^|\/)tsconfig[^/]*\.json$/u.test(file));
const base = readConfig("build/tsconfig.base.json").compilerOptions;

describe("layers", () => {
  test("are all compiled by `tsc -b`, and every source file belongs to one", () => {
    const layers = readConfig("tsconfig.json").references.map((reference) => reference.path);
    expect(layers.map((layer) => `${layer}/tsconfig.json`).toSorted()).toEqual(
      files.filter((file) => file.endsWith("/tsconfig.json")).toSorted(),
    );
    const homeless = sourceFiles().filter(
      (file) => !layers.some((layer) => file.path.startsWith(`${layer}/`)),
    );
    expect(homeless.map((file) => file.path)).toEqual([]);
  });

  test("find each other by the imports of package.json, not by paths of the compiler", () => {
    expect(files.filter((file) => readConfig(file).compilerOptions.paths !== undefined)).toEqual(
      [],
    );
  });

  test.each([
    ["shared", []],
    ["electron/engine", ["node"]],
    ["electron/hosts", ["node"]],
    ["electron/main", ["node"]],
  ])("%s knows no document, and of its surroundings only %j", (layer, types) => {
    const { lib = base.lib, types: known } = readConfig(`${layer}/tsconfig.json`).compilerOptions;
    expect(known).toEqual(types);
    expect(lib?.filter((name) => name.startsWith("dom"))).toEqual([]);
  });

  test("refuse what the house does without: loose types, and syntax that cannot be erased", () => {
    expect(base).toMatchObject({
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      erasableSyntaxOnly: true,
    });
    const known = new Set(["lib", "types", "rootDir", "outDir", "tsBuildInfoFile", "jsx"]);
    const loosened = files
      .filter((file) => file !== "build/tsconfig.base.json")
      .flatMap((file) =>
        Object.keys(readConfig(file).compilerOptions)
          .filter((option) => !known.has(option) && !option.startsWith("module"))
          .map((option) => `${file}: ${option}`),
      );
    expect(loosened).toEqual([]);
  });
});
