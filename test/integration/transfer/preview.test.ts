/** What a dry run shows before anything is written: a line for each record, a choice for each near copy. */
import path from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { createTestEngine } from "#test/support/test-engine.ts";
import { importPaths } from "#test/support/transfers.ts";
import { writeTree } from "#test/support/write-tree.ts";

const sections = (...titles: readonly string[]) =>
  titles.map((title) => `## ${title}\n\nWords about ${title}.\n\n`).join("");

test("a file that is cut into parts has a line for each, with what will happen to it", async () => {
  await using app = await createTestEngine();
  using folder = temporaryFolder();
  const top = writeTree(path.join(folder.path, "book"), {
    "a.md": sections("One", "Two"),
    "b.md": `---\ntags: [x]\n---\n${sections("Three", "Four")}`,
  });
  const options = { split: "heading", as: "lesson" } as const;
  const lines = async () => {
    const { preview } = await importPaths(app, [top], { ...options, dryRun: true });
    return preview.map((line) => `${line.path} ${line.type} ${line.title} ${line.outcome}`);
  };
  expect(await lines()).toEqual([
    "a.md lesson One created",
    "a.md lesson Two created",
    "b.md lesson Three created",
    "b.md lesson Four created",
  ]);
  await importPaths(app, [top], options);
  writeTree(top, {
    "a.md": `${sections("One", "Two").replace("about Two", "on Two")}${sections("New")}`,
  });
  expect(await lines()).toEqual([
    "a.md lesson One unchanged",
    "a.md lesson Two updated",
    "a.md lesson New created",
    "b.md lesson Three unchanged",
    "b.md lesson Four unchanged",
  ]);
});

test("every record of a large import has its line in the dry run", async () => {
  await using app = await createTestEngine();
  using folder = temporaryFolder();
  const pages = Array.from({ length: 300 }, (_, n) => [`p${n}.md`, sections(`A${n}`, `B${n}`)]);
  const top = writeTree(path.join(folder.path, "book"), Object.fromEntries(pages));
  const report = await importPaths(app, [top], { split: "heading", dryRun: true });
  expect(report.preview).toHaveLength(600);
});

const words = (seed: number) =>
  Array.from({ length: 200 }, (_, index) => `word${(index * 31 + seed * 7) % 997}`).join(" ");

test("a near copy is named with what it is like, and each is imported or left out as chosen", async () => {
  await using app = await createTestEngine();
  using folder = temporaryFolder();
  const mine = await app.client.records.create({
    type: "playbook",
    fields: { title: "Mine" },
    body: words(1),
  });
  const top = writeTree(path.join(folder.path, "book"), {
    "like-mine.md": `${words(1)} and a few more`,
    "one.md": words(2),
    "two.md": `${words(2)} and a few more`,
  });
  const dry = await importPaths(app, [top], { dryRun: true });
  expect(dry.nearDuplicates).toMatchObject([
    { path: "like-mine.md", like: "Mine", record: mine.id, records: 1 },
    { path: "two.md", like: "one.md", record: null, records: 1 },
  ]);
  const report = await importPaths(app, [top], {
    nearChoices: [{ path: "two.md", choice: "skip" }],
  });
  expect(report).toMatchObject({
    created: 2,
    skipped: [{ path: "two.md", reason: expect.stringContaining("one.md") }],
  });
});

test("a choice for one near copy stands against the rule for all", async () => {
  await using app = await createTestEngine();
  using folder = temporaryFolder();
  const top = writeTree(path.join(folder.path, "book"), {
    "one.md": words(2),
    "three.md": `${words(2)} and some less`,
    "two.md": `${words(2)} and a few more`,
  });
  const report = await importPaths(app, [top], {
    skipNearDuplicates: true,
    nearChoices: [{ path: "two.md", choice: "import" }],
  });
  expect(report.skipped.map((one) => one.path)).toEqual(["three.md"]);
  expect(report.created).toBe(2);
});
