/**
 * Real handbooks, where they are at hand: six public ones, named by the environment variable
 * GUILDHALL_CORPORA or found in ../shared/corpora. Without them the test says that it did not run.
 */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { isMarkdownPath } from "#engine/links/place.ts";
import { root } from "#test/support/source-files.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { createTestEngine } from "#test/support/test-engine.ts";
import { exportTo, importPaths, readTree } from "#test/support/transfers.ts";

const corpora = process.env["GUILDHALL_CORPORA"] ?? path.join(root, "..", "shared", "corpora");
const names = existsSync(corpora)
  ? readdirSync(corpora, { withFileTypes: true }).flatMap((one) =>
      one.isDirectory() ? [one.name] : [],
    )
  : [];

test.skipIf(names.length === 0)(
  "real handbooks come in whole, a second time unchanged, and go out to the letter",
  async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const originals = new Map<string, Buffer>();
    const copies = new Set<string>();
    for (const name of names) {
      const top = path.join(corpora, name);
      const pages = [...readTree(top)].filter(([file]) => isMarkdownPath(file));
      for (const [file, content] of pages) originals.set(`${name}/${file}`, content);
      const report = await importPaths(app, [top]);
      expect(report, name).toMatchObject({ found: pages.length, failed: [], skipped: [] });
      expect(report.created + report.duplicates, name).toBe(pages.length);
      for (const { path: file } of report.duplicateFiles) copies.add(`${name}/${file}`);
      const again = await importPaths(app, [top]);
      expect(again, name).toMatchObject({
        unchanged: report.created,
        duplicates: report.duplicates,
        action: null,
      });
      expect(again.unresolvedLinks, name).toEqual(report.unresolvedLinks);
    }
    const out = path.join(folder.path, "out");
    expect((await exportTo(app, out)).skipped).toEqual([]);
    const written = readTree(out);
    const different = [...originals]
      .filter(([file]) => !copies.has(file))
      .filter(([file, content]) => written.get(file)?.equals(content) !== true)
      .map(([file]) => file);
    expect(different).toEqual([]);
  },
);
