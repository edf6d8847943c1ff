/**
 * A disk that is full in the middle of an import, as it is in the world: a file system of a few
 * megabytes. Only the superuser of a Linux machine can make one, so elsewhere this is skipped, and
 * writer.test.ts tells the same of a store that says so.
 */
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { CheckReport } from "#shared/contract/health.ts";
import { smallDisk } from "#test/support/small-disk.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { createTestEngine, type TestEngine } from "#test/support/test-engine.ts";
import { importPaths } from "#test/support/transfers.ts";
import { writeTree } from "#test/support/write-tree.ts";

async function checked(app: TestEngine): Promise<CheckReport> {
  const started = await app.client.health.check({});
  await app.ended(started);
  return (await app.client.jobs.result({ id: started.job })) as unknown as CheckReport;
}

test("an import that fills the disk keeps what is whole, says so, and goes on when there is room", async (context) => {
  using folder = temporaryFolder();
  using disk = smallDisk(path.join(folder.path, "disk"), 16);
  if (disk === undefined) return context.skip("only the superuser can make a small disk");
  const words = (page: number) => `Words of page ${page}, and of no other one. `.repeat(120);
  const pages = Array.from({ length: 1500 }, (_, page) => [
    `p${String(page).padStart(4, "0")}.md`,
    `# Page ${page}\n\n${words(page)}\n`,
  ]);
  const top = writeTree(path.join(folder.path, "book"), Object.fromEntries(pages));
  const filler = path.join(disk.path, "filler");
  writeFileSync(filler, Buffer.alloc(6 * 1024 * 1024));
  await using app = await createTestEngine({ profile: path.join(disk.path, "profile") });
  const report = await importPaths(app, [top]);
  expect(report).toMatchObject({ found: 1500 });
  expect(report.failed.length).toBeGreaterThan(0);
  expect(report.failed[0]?.reason).toMatch(/disk is full/u);
  const list = async () => (await app.client.records.list({ type: "playbook" })).total;
  expect(await list()).toBe(report.created);
  rmSync(filler);
  const part = await importPaths(app, [path.join(top, "p1499.md")]);
  expect(part).toMatchObject({ created: 1 });
  expect(await checked(app)).toMatchObject({ ok: true, problems: [] });
});
