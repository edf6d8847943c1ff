/** What somebody reads when the sources do not compile: a sentence and the compiler's words, no stack. */
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { build } from "vite";
import { expect, test } from "vitest";
import { buildFailure } from "#build/build.ts";
import { root } from "#build/paths.ts";
import { nodeConfig } from "#build/vite-targets.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { writeTree } from "#test/support/write-tree.ts";

test("a file that does not compile is named with its place, and nothing of the bundler's inside", async () => {
  using folder = temporaryFolder();
  writeTree(folder.path, { "broken.ts": "export const first = 1;\nexport const second = 3 +;\n" });
  const config = nodeConfig("test/broken", {
    index: path.relative(root, path.join(folder.path, "broken.ts")),
  });
  const failure = await build({ ...config, logLevel: "silent" }).then(
    () => undefined,
    (error: unknown) => error,
  );
  const told = stripVTControlCharacters(buildFailure(failure));
  expect(told).toMatch(/^Guildhall could not be built from its sources/u);
  expect(told).toContain("broken.ts:2:");
  expect(told).not.toMatch(/^\s+at /mu);
  expect(told).not.toContain("node_modules");
});
