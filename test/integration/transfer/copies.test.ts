/** Pages that were left out as copies of others: whoever links to them is led to the kept one. */
import path from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { createTestEngine, type TestEngine } from "#test/support/test-engine.ts";
import { exportTo, importPaths, readTree } from "#test/support/transfers.ts";
import { onePixel, writeTree } from "#test/support/write-tree.ts";

const same = "Some words about errors, enough of them to be told apart from all others.\n";

async function titled(app: TestEngine, title: string) {
  const [found] = await app.client.records.lookup({ text: title });
  if (found === undefined) throw new Error(`There is no record "${title}"`);
  return app.client.records.get({ id: found.id });
}

async function targetsOf(app: TestEngine, title: string) {
  const { id } = await titled(app, title);
  const { targets, unresolved } = await app.client.records.links({ id });
  return { targets: targets.map(({ href, record }) => [href, record.title]), unresolved };
}

test("a link to a copy leads to the page that was kept, in a dry run, now and at a second import", async () => {
  await using app = await createTestEngine();
  using folder = temporaryFolder();
  const top = writeTree(path.join(folder.path, "book"), {
    "a/errors.md": `---\ntitle: Errors\n---\n${same}`,
    "b/errors.md": `---\ntitle: Old errors\nredirect_from: [/gone/errors/]\n---\n${same}![p](p.png)\n`,
    "c/errors.md": `---\ntitle: Old errors\nredirect_from: [/gone/errors/]\n---\n${same}`,
    "c/p.png": onePixel,
    "links.md":
      "# Links\n\nTo [one](c/errors.md#top), [moved](/gone/errors/), [folder](c/errors), [[Old errors]] and no more.\n",
  });
  const expected = { created: 3, duplicates: 1, unresolvedLinks: [], records: 3 };
  expect(await importPaths(app, [top], { dryRun: true })).toMatchObject(expected);
  expect(await importPaths(app, [top])).toMatchObject(expected);
  const there = {
    targets: [
      ["c/errors.md#top", "Errors"],
      ["/gone/errors/", "Old errors"],
      ["c/errors", "Errors"],
      ["Old errors", "Old errors"],
    ],
    unresolved: [],
  };
  expect(await targetsOf(app, "Links")).toEqual(there);
  expect(await importPaths(app, [top])).toMatchObject({
    unchanged: 3,
    duplicates: 1,
    unresolvedLinks: [],
    action: null,
  });
  const { backlinks } = await app.client.records.links({ id: (await titled(app, "Errors")).id });
  expect(backlinks).toMatchObject([{ title: "Links", via: "text" }]);
  const out = path.join(folder.path, "out");
  await exportTo(app, out);
  const written = readTree(out);
  expect(String(written.get("book/a/errors.md"))).toBe(`---\ntitle: Errors\n---\n${same}`);
});

test("a copy's own title and old addresses lead to the kept page", async () => {
  await using app = await createTestEngine();
  using folder = temporaryFolder();
  const top = writeTree(path.join(folder.path, "book"), {
    "a.md": `---\ntitle: Errors\n---\n${same}`,
    "b.md": `---\ntitle: Old errors\nredirect_from: [/gone/errors/]\n---\n${same}`,
    "links.md": "# Links\n\nTo [moved](/gone/errors/) and [[Old errors]], both of a copy.\n",
  });
  expect(await importPaths(app, [top])).toMatchObject({ duplicates: 1, unresolvedLinks: [] });
  expect(await targetsOf(app, "Links")).toEqual({
    targets: [
      ["/gone/errors/", "Errors"],
      ["Old errors", "Errors"],
    ],
    unresolved: [],
  });
  expect((await titled(app, "Errors")).fields["aliases"]).toBeUndefined();
});

test("a copy of a record that was here before leads to that record, until the import is undone", async () => {
  await using app = await createTestEngine();
  using folder = temporaryFolder();
  await app.client.records.create({ type: "playbook", fields: { title: "Mine" }, body: same });
  const top = writeTree(path.join(folder.path, "book"), {
    "copy.md": same,
    "links.md": "# Links\n\nTo [the copy](copy.md), which was here before the book was.\n",
  });
  const report = await importPaths(app, [top]);
  expect(report).toMatchObject({ created: 1, duplicates: 1, unresolvedLinks: [] });
  expect(await targetsOf(app, "Links")).toMatchObject({ targets: [["copy.md", "Mine"]] });
  expect(await importPaths(app, [top])).toMatchObject({ action: null, unresolvedLinks: [] });
  await app.client.records.undo({ action: report.action! });
  const mine = await titled(app, "Mine");
  expect(mine).toMatchObject({ body: same, removedAt: null });
  expect(mine.fields["origin_copies"]).toBeUndefined();
});

test("a copy that becomes a page of its own is reached by its links from then on", async () => {
  await using app = await createTestEngine();
  using folder = temporaryFolder();
  const top = writeTree(path.join(folder.path, "book"), {
    "a.md": same,
    "b.md": same,
    "links.md": "# Links\n\nTo [b](b.md), which is a copy of a for the moment, and then is not.\n",
  });
  await importPaths(app, [top]);
  writeTree(top, { "b.md": `# Own page\n\n${same.replace("errors", "something else")}` });
  expect(await importPaths(app, [top])).toMatchObject({ created: 1, unchanged: 2 });
  expect(await targetsOf(app, "Links")).toMatchObject({ targets: [["b.md", "Own page"]] });
});

test("a page that was a copy is its own as soon as the kept one changes, in the same import", async () => {
  await using app = await createTestEngine();
  using folder = temporaryFolder();
  const top = writeTree(path.join(folder.path, "book"), { "a.md": same, "b.md": same });
  expect(await importPaths(app, [top])).toMatchObject({ created: 1, duplicates: 1 });
  writeTree(top, { "a.md": `# New\n\n${same.replace("errors", "something else")}` });
  expect(await importPaths(app, [top])).toMatchObject({ updated: 1, created: 1, duplicates: 0 });
});

test("pictures that only copies show are no strange files, and are not kept twice", async () => {
  await using app = await createTestEngine();
  using folder = temporaryFolder();
  const text = `${same}\n![p](p.png)\n`;
  const top = writeTree(path.join(folder.path, "book"), {
    "a/page.md": text,
    "a/p.png": onePixel,
    "b/page.md": text,
    "b/p.png": onePixel,
  });
  expect(await importPaths(app, [top])).toMatchObject({
    created: 1,
    duplicates: 1,
    attachments: 1,
    otherFiles: 0,
    missingImages: [],
  });
});
