import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { createTestEngine } from "#test/support/test-engine.ts";
import { exportTo, readTree } from "#test/support/transfers.ts";
import { onePixel } from "#test/support/write-tree.ts";

const picture = onePixel.toString("base64");

test("the same content is kept once, whatever it is called, under its hash", async () => {
  await using app = await createTestEngine();
  const one = await app.client.attachments.add({ name: "a.png", bytes: picture });
  const two = await app.client.attachments.add({ name: "../../b (1).png", bytes: picture });
  expect(two.hash).toBe(one.hash);
  expect(two.href).toMatch(/^attachments\/[0-9a-f]{64}\/[\w.-]+\.png$/u);
  const folder = path.join(app.profile, "attachments", one.hash.slice(0, 2));
  expect(readdirSync(folder)).toEqual([one.hash]);
  expect(await app.engine.readAttachment(one.hash)).toMatchObject({ mediaType: "image/png" });
  expect(await app.engine.readAttachment("../../workspace.db")).toBeUndefined();
  expect(await app.engine.readAttachment("0".repeat(64))).toBeUndefined();
});

test("a text that names an attachment has it: in its links, after a rebuild, and in an export", async () => {
  await using app = await createTestEngine();
  using folder = temporaryFolder();
  const { href, hash } = await app.client.attachments.add({ name: "chart.png", bytes: picture });
  const { id } = await app.client.records.create({
    type: "playbook",
    fields: { title: "With a picture" },
    body: `![chart](${href})\n`,
  });
  const expected = [{ href, hash, name: "chart.png", mediaType: "image/png" }];
  expect((await app.client.records.links({ id })).attachments).toMatchObject(expected);
  const rebuilt = await app.ended(await app.client.health.rebuild({}));
  expect(rebuilt.state).toBe("done");
  expect((await app.client.records.links({ id })).attachments).toMatchObject(expected);
  expect((await app.client.attachments.list({ record: id }))[0]).toMatchObject({
    bytes: onePixel.length,
    usedBy: [{ title: "With a picture" }],
  });
  await exportTo(app, folder.path, "playbook");
  expect(readTree(folder.path).get(`playbook/${href}`)?.equals(onePixel)).toBe(true);
});

test("a file can be attached to a record without a word about it in the text", async () => {
  await using app = await createTestEngine();
  const { id } = await app.client.records.create({ type: "lesson", fields: { title: "L" } });
  const bytes = Buffer.from("%PDF-1.7 …").toString("base64");
  await app.client.attachments.add({ record: id, name: "report.pdf", bytes });
  await app.client.attachments.add({ record: id, name: "report.pdf", bytes });
  const list = await app.client.attachments.list({ record: id });
  expect(list).toMatchObject([{ name: "report.pdf", mediaType: "application/pdf" }]);
});

test("content that went missing is told apart from content that is there", async () => {
  await using app = await createTestEngine();
  const { hash } = await app.client.attachments.add({ name: "a.png", bytes: picture });
  writeFileSync(path.join(app.profile, "attachments", hash.slice(0, 2), hash), "changed");
  await app.client.attachments.add({ name: "a.png", bytes: picture });
  const read = await app.engine.readAttachment(hash);
  expect(Buffer.from(read!.bytes).equals(onePixel)).toBe(true);
});
