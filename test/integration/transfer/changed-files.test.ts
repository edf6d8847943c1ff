/** Files beside a page that change while the page does not. */
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { createTestEngine } from "#test/support/test-engine.ts";
import { exportTo, importPaths } from "#test/support/transfers.ts";
import { onePixel, writeTree } from "#test/support/write-tree.ts";

const text = "# Page\n\nWords enough to stand for themselves. ![p](p.png) ![q](q.png)\n";
const changed = Buffer.concat([onePixel, Buffer.from("more")]);
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test.each(["none", "heading"] as const)(
  "a changed picture comes in and counts as an update, split by %s",
  async (split) => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const page = split === "none" ? text : `${text}\n# Other\n\nNo pictures here at all.\n`;
    const top = writeTree(path.join(folder.path, "book"), { "a.md": page, "p.png": onePixel });
    expect(await importPaths(app, [top], { split })).toMatchObject({
      created: 1,
      missingImages: [{ path: "a.md", target: "q.png" }],
    });
    writeFileSync(path.join(top, "p.png"), changed);
    expect(await importPaths(app, [top], { split, dryRun: true })).toMatchObject({ updated: 1 });
    const report = await importPaths(app, [top], { split });
    expect(report).toMatchObject({
      updated: 1,
      unchanged: 0,
      records: 1,
      missingImages: [{ path: "a.md", target: "q.png" }],
    });
    const [found] = await app.client.records.lookup({ text: "Page" });
    const { attachments } = await app.client.records.links({ id: found!.id });
    expect(attachments).toMatchObject([{ href: "p.png", hash: hashOf(changed) }]);
    const out = path.join(folder.path, "out");
    await exportTo(app, out);
    expect(readFileSync(path.join(out, "book", "p.png")).equals(changed)).toBe(true);
    expect(readFileSync(path.join(out, "book", "a.md"), "utf8")).toBe(page);
    expect(await importPaths(app, [top], { split })).toMatchObject({ unchanged: 1, action: null });
    await app.client.records.undo({ action: report.action! });
    const before = await app.client.records.links({ id: found!.id });
    expect(before.attachments).toMatchObject([{ hash: hashOf(onePixel) }]);
  },
);

test("a picture that was missing comes in as soon as it is there, and one that is gone is kept", async () => {
  await using app = await createTestEngine();
  using folder = temporaryFolder();
  const top = writeTree(path.join(folder.path, "book"), { "a.md": text, "p.png": onePixel });
  await importPaths(app, [top]);
  writeFileSync(path.join(top, "q.png"), changed);
  rmSync(path.join(top, "p.png"));
  expect(await importPaths(app, [top])).toMatchObject({
    updated: 1,
    missingImages: [{ target: "p.png" }],
  });
  const [found] = await app.client.records.lookup({ text: "Page" });
  const { attachments } = await app.client.records.links({ id: found!.id });
  expect(attachments.map(({ href }) => href).toSorted()).toEqual(["p.png", "q.png"]);
});
