/** Taking imports back: which are marked so, what is kept, and what a later import makes of it. */
import path from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { createTestEngine } from "#test/support/test-engine.ts";
import { importPaths } from "#test/support/transfers.ts";
import { writeTree } from "#test/support/write-tree.ts";

const page = (title: string, more = "") =>
  `# ${title}\n\nSome words about ${title}, enough of them to be told apart from others. ${more}\n`;

async function bed() {
  const app = await createTestEngine();
  const folder = temporaryFolder();
  const top = writeTree(path.join(folder.path, "book"), { "a.md": page("A"), "b.md": page("B") });
  const { client } = app;
  return {
    app,
    top,
    client,
    /** Imports again, a while later. */
    bring: () => {
      app.clock.advance(60_000);
      return importPaths(app, [top]);
    },
    marks: async () => {
      const imports = await client.transfers.imports({});
      return imports.map(({ undone, kept }) => ({ undone, kept }));
    },
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

const not = { undone: false, kept: 0 };
const taken = { undone: true, kept: 0 };

test("an import that only updated is marked when it is undone, and not before", async () => {
  await using one = await bed();
  await one.bring();
  writeTree(one.top, { "a.md": page("A", "Changed.") });
  const update = await one.bring();
  expect(await one.marks()).toEqual([not, not]);
  await one.client.records.undo({ action: update.action! });
  expect(await one.marks()).toEqual([taken, not]);
});

test("an update that a later import wrote over is not taken for undone", async () => {
  await using one = await bed();
  await one.bring();
  for (const word of ["Once.", "Twice."]) {
    writeTree(one.top, { "a.md": page("A", word) });
    await one.bring();
  }
  expect(await one.marks()).toEqual([not, not, not]);
});

test("undoing the undo takes the mark away again", async () => {
  await using one = await bed();
  const { action } = await one.bring();
  const back = await one.client.records.undo({ action: action! });
  expect(await one.marks()).toEqual([taken]);
  await one.client.records.undo({ action: back.action! });
  expect(await one.marks()).toEqual([not]);
  expect(await one.bring()).toMatchObject({ unchanged: 2 });
});

test("what was edited since is kept and counted, and the rest comes again with the next import", async () => {
  await using one = await bed();
  const { action } = await one.bring();
  const { records } = await one.client.records.list({ type: "playbook", sort: "title" });
  const edited = await one.client.records.get({ id: records[0]!.id });
  await one.client.records.edit({ id: edited.id, base: edited.version, body: "Mine now.\n" });
  expect(await one.client.records.undo({ action: action! })).toMatchObject({ undone: 1, kept: 1 });
  expect(await one.marks()).toEqual([{ undone: true, kept: 1 }]);
  expect(await one.bring()).toMatchObject({ created: 1, unchanged: 1 });
  expect((await one.client.records.get({ id: edited.id })).body).toBe("Mine now.\n");
});

test("an undo that found everything edited took nothing back", async () => {
  await using one = await bed();
  await one.bring();
  writeTree(one.top, { "a.md": page("A", "Changed.") });
  const update = await one.bring();
  const { records } = await one.client.records.list({ type: "playbook", sort: "title" });
  await one.client.records.edit({ id: records[0]!.id, body: "Mine now.\n" });
  const undo = await one.client.records.undo({ action: update.action! });
  expect(undo.kept).toBe(1);
});
