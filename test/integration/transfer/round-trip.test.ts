import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { createTestEngine, type TestEngine } from "#test/support/test-engine.ts";
import { exportTo, importPaths, readTree } from "#test/support/transfers.ts";
import { onePixel, writeTree } from "#test/support/write-tree.ts";

const page = (title: string) =>
  `# ${title}\n\nSome words about ${title}, enough of them to be told apart from others.\n`;

async function titled(app: TestEngine, title: string) {
  const [found] = await app.client.records.lookup({ text: title });
  if (found === undefined) throw new Error(`There is no record "${title}"`);
  return app.client.records.get({ id: found.id });
}

describe("import and export", () => {
  test("any handbook comes out as it went in, and a second import changes nothing", async () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9 _-]{0,10}[a-z0-9]$/u);
    const words = fc.constantFrom(
      "alpha",
      "*beta*",
      "[x](y.md)",
      "![i](i.png)",
      '{% page "/z/" %}',
      "<b>bold</b>",
      "提示",
      "é",
      "`code`",
      "\\*",
    );
    const line = fc.array(words, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(" "));
    const front = fc.constantFrom(
      "",
      "---\ntitle: 'A: b' # why\ncSpell: [x,y]\nkeywords: a, b\n---\n",
      "---\r\nredirect_from:\r\n  - /old/\r\n---\r\n",
      "---\nbroken: [\n---\n",
      "\uFEFF",
    );
    const body = fc
      .tuple(
        fc.array(line, { minLength: 1, maxLength: 6 }),
        fc.constantFrom("\n", "\n\n", "\r\n"),
        fc.constantFrom("", "\n"),
      )
      .map(([lines, end, last]) => lines.join(end) + last);
    const extension = fc.constantFrom(".md", ".markdown", ".mdx", ".html.md.erb");
    const file = fc.tuple(fc.array(name, { minLength: 1, maxLength: 3 }), extension, front, body);
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 1000 }),
        async (files, seed) => {
          await using app = await createTestEngine({ seed });
          using folder = temporaryFolder();
          // A number keeps names apart and texts from being copies of each other.
          const tree = Object.fromEntries(
            files.map(([parts, ending, head, text], number) => [
              `${number}/${parts.join("/")}${number}${ending}`,
              `${head}${text}${number} and words enough to be no mere fragment`,
            ]),
          );
          const top = writeTree(path.join(folder.path, "book"), tree);
          const first = await importPaths(app, [top]);
          expect(first).toMatchObject({ found: files.length, created: files.length });
          expect(await importPaths(app, [top])).toMatchObject({
            unchanged: files.length,
            action: null,
          });
          const out = path.join(folder.path, "out");
          expect(await exportTo(app, out)).toMatchObject({ skipped: [] });
          for (const [place, content] of Object.entries(tree)) {
            expect(readFileSync(path.join(out, "book", place), "utf8")).toBe(content);
          }
        },
      ),
      { seed: 19, numRuns: 12 },
    );
  });

  test("links, images, aliases and backlinks are wired to the records", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const top = writeTree(path.join(folder.path, "book"), {
      "one.md": `${page("One")}\n[two](sub/two.md#there) ![p](img/p.png "t") [gone](gone.md) ![lost](lost.png) [[Two]]\n`,
      "sub/two.md": `---\nredirect_from: [/old-two/]\nowner: nobody here\n---\n${page("Two")}\n![same](../img/p.png)\n`,
      "three.md": `${page("Three")}\n[moved](/old-two/) <img src="img/p.png">\n`,
      "img/p.png": onePixel,
      "img/unused.png": Buffer.concat([onePixel, onePixel]),
      "site.css": "x",
    });
    const report = await importPaths(app, [top], { as: "lesson" });
    expect(report).toMatchObject({
      created: 3,
      attachments: 1,
      otherFiles: 2,
      unresolvedLinks: [{ path: "one.md", target: "gone.md" }],
      missingImages: [{ path: "one.md", target: "lost.png" }],
    });
    const two = await titled(app, "Two");
    expect(two).toMatchObject({
      type: "lesson",
      fields: { owner_hint: "nobody here", aliases: ["/old-two/"] },
    });
    const links = await app.client.records.links({ id: two.id });
    expect(links.backlinks.map(({ title }) => title).toSorted()).toEqual(["One", "Three"]);
    const one = await app.client.records.links({ id: (await titled(app, "One")).id });
    expect(one.targets.map(({ href, anchor }) => [href, anchor])).toEqual([
      ["sub/two.md#there", "there"],
      ["Two", null],
    ]);
    expect(one.unresolved).toEqual(["gone.md", "lost.png"]);
    const [image] = one.attachments;
    expect(image).toMatchObject({
      href: "img/p.png",
      name: "p.png",
      mediaType: "image/png",
      bytes: onePixel.length,
    });
    const kept = await app.engine.readAttachment(image!.hash);
    expect(Buffer.from(kept!.bytes).equals(onePixel)).toBe(true);
    const { usedBy } = (await app.client.attachments.list({ record: two.id }))[0]!;
    expect(usedBy).toHaveLength(3);
  });

  test("a link is resolved as soon as its page arrives, and not before", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const top = writeTree(path.join(folder.path, "book"), {
      "a.md": `${page("A page")}\n[b](b.md)\n`,
    });
    expect((await importPaths(app, [top])).unresolvedLinks).toHaveLength(1);
    writeTree(top, { "b.md": page("B page") });
    expect((await importPaths(app, [top])).unresolvedLinks).toEqual([]);
    const { backlinks } = await app.client.records.links({ id: (await titled(app, "B page")).id });
    expect(backlinks).toMatchObject([{ title: "A page", via: "text" }]);
  });

  test("copies are skipped and named, near copies are offered", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const words = Array.from({ length: 200 }, (_, index) => `word${(index * 31) % 97}`);
    const text = `# Long\n\n${words.join(" ")}\n`;
    const top = writeTree(path.join(folder.path, "book"), {
      "a.en.mdx": text,
      "a.de.mdx": text.replaceAll("\n", "\r\n"),
      "near.md": text.replace("word31 ", "another "),
    });
    const report = await importPaths(app, [top]);
    expect(report).toMatchObject({
      created: 2,
      duplicates: 1,
      duplicateFiles: [{ path: "a.de.mdx", sameAs: "a.en.mdx" }],
      nearDuplicates: [{ path: "near.md", like: "a.en.mdx" }],
    });
    expect(await importPaths(app, [top])).toMatchObject({
      unchanged: 2,
      duplicates: 1,
      action: null,
    });
  });

  test("a dry run tells the same and writes nothing", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const top = writeTree(path.join(folder.path, "book"), {
      "a.md": `---\ntags: [x]\ndepartment: New one\n---\n${page("A")}\n[b](b.md) [c](c.md) ![p](p.png)\n`,
      "b.md": page("B"),
      "p.png": onePixel,
    });
    const dry = await importPaths(app, [top], { dryRun: true });
    const before = await app.client.records.counts({});
    expect(before.types.some(({ type }) => type === "playbook")).toBe(false);
    expect(dry.preview).toMatchObject([
      { path: "a.md", title: "A", type: "playbook", tags: ["x"], outcome: "created" },
      { path: "b.md" },
    ]);
    const real = await importPaths(app, [top]);
    const { ms, action } = dry;
    expect({ ...real, ms, action, dryRun: true }).toEqual(dry);
    expect((await titled(app, "A")).department?.title).toBe("New one");
  });

  test("one file becomes many records, and export puts it together again", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const text =
      "---\ntags: [all]\n---\nBefore\n\n## One\n\nfirst thing\n\n## Two\n\nsecond thing\n";
    const top = writeTree(path.join(folder.path, "book"), { "list.md": text });
    expect(await importPaths(app, [top], { split: "heading" })).toMatchObject({
      found: 1,
      created: 1,
      records: 3,
    });
    expect((await titled(app, "Two")).fields).toMatchObject({ tags: ["all"], origin_part: 2 });
    expect(await importPaths(app, [top], { split: "heading" })).toMatchObject({
      unchanged: 1,
      action: null,
    });
    const two = await titled(app, "Two");
    await app.client.records.edit({
      id: two.id,
      base: two.version,
      body: two.body.replace("second", "2nd"),
    });
    const out = path.join(folder.path, "out");
    await exportTo(app, out);
    expect(readFileSync(path.join(out, "book", "list.md"), "utf8")).toBe(
      text.replace("second", "2nd"),
    );
  });
});

describe("a file that changed", () => {
  async function imported(first: string) {
    const app = await createTestEngine();
    const folder = temporaryFolder();
    const top = writeTree(path.join(folder.path, "book"), { "a.md": first });
    await importPaths(app, [top]);
    const change = async (text: string) => {
      writeTree(top, { "a.md": text });
      return importPaths(app, [top]);
    };
    return {
      app,
      top,
      change,
      [Symbol.asyncDispose]: async () => {
        await app[Symbol.asyncDispose]();
        folder[Symbol.dispose]();
      },
    };
  }
  const base =
    "---\ntags: [a]\n---\n# Title\n\nFirst paragraph of the page.\n\nSecond paragraph of the page.\n\nThird paragraph of the page.\n";

  test("brings its record up to date, and one undo takes that back", async () => {
    await using bed = await imported(base);
    const report = await bed.change(base.replace("[a]", "[a, b]").replace("First", "1st"));
    expect(report).toMatchObject({ updated: 1, created: 0 });
    expect(await titled(bed.app, "Title")).toMatchObject({
      revision: 2,
      fields: { tags: ["a", "b"] },
    });
    await bed.app.client.records.undo({ action: report.action! });
    const after = await titled(bed.app, "Title");
    expect(after.body).toContain("First");
    expect(after.fields["tags"]).toEqual(["a"]);
  });

  test("does not overwrite what was edited here: both edits are in the page, import after import", async () => {
    await using bed = await imported(base);
    const { client } = bed.app;
    const before = await titled(bed.app, "Title");
    await client.records.edit({
      id: before.id,
      base: before.version,
      body: before.body.replace("Third", "3rd"),
      fields: { title: "Mine" },
    });
    expect(await bed.change(base.replace("First", "1st"))).toMatchObject({ updated: 1 });
    const merged = await client.records.get({ id: before.id });
    expect(merged).toMatchObject({ title: "Mine" });
    expect(merged.body).toContain("1st paragraph");
    expect(merged.body).toContain("3rd paragraph");
    expect(await bed.change(base.replace("First", "1st").replace("Second", "2nd"))).toMatchObject({
      updated: 1,
    });
    const again = await client.records.get({ id: before.id });
    expect(again.body).toBe(
      before.body.replace("First", "1st").replace("Second", "2nd").replace("Third", "3rd"),
    );
    expect(again.title).toBe("Mine");
  });

  test("that was edited in the same place here shows both, or is left alone with a word", async () => {
    await using bed = await imported(base);
    const { client } = bed.app;
    const before = await titled(bed.app, "Title");
    await client.records.edit({
      id: before.id,
      base: before.version,
      body: before.body.replace("First", "Mine"),
    });
    await bed.change(base.replace("First", "Theirs"));
    const after = await client.records.get({ id: before.id });
    const [conflict] = after.conflicts;
    expect(conflict?.path).toBe("body");
    expect(JSON.stringify(conflict?.values)).toMatch(/Mine.*Theirs|Theirs.*Mine/u);
    const report = await bed.change(base.replace("First", "Others"));
    expect(report).toMatchObject({ updated: 0, skipped: [{ path: "a.md" }] });
    expect((await client.records.get({ id: before.id })).conflicts).toEqual(after.conflicts);
  });

  test("whose record was thrown away stays away; one whose import was undone comes again", async () => {
    await using bed = await imported(base);
    const { client } = bed.app;
    const { id } = await titled(bed.app, "Title");
    writeTree(bed.top, { "b.md": page("Other") });
    await importPaths(bed.app, [bed.top]);
    await client.records.remove({ ids: [id] });
    const [, first] = await client.transfers.imports({});
    expect(first?.undone).toBe(true);
    await client.records.putBack({ ids: [id] });
    writeTree(bed.top, { "c.md": page("Third") });
    const both = await importPaths(bed.app, [bed.top]);
    expect(both).toMatchObject({ created: 1, unchanged: 2 });
    await client.records.undo({ action: both.action! });
    expect(await importPaths(bed.app, [bed.top])).toMatchObject({ created: 1, unchanged: 2 });
  });

  test("is found again when it is imported by itself", async () => {
    await using bed = await imported(base);
    const file = path.join(bed.top, "a.md");
    expect(await importPaths(bed.app, [file])).toMatchObject({ found: 1, unchanged: 1 });
  });
});

describe("an export", () => {
  test("writes what was edited here into the front matter, and leaves every other key alone", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const text =
      "---\n# about\ntitle: 'Old' # name\nlast_reviewed_on: 2025-01-31\nreview_in: 6 months\ncSpell:\n  - one\n---\nBody text that stays to the letter, whatever else is edited.\r\n";
    const top = writeTree(path.join(folder.path, "book"), { "a.md": text });
    await importPaths(app, [top]);
    const record = await titled(app, "Old");
    await app.client.records.edit({
      id: record.id,
      base: record.version,
      fields: { title: "New", risk_tier: "high" },
    });
    const out = path.join(folder.path, "out");
    await exportTo(app, out);
    const written = readFileSync(path.join(out, "book", "a.md"), "utf8");
    expect(written).toBe(
      text.replace("'Old'", "New").replace("  - one\n", "  - one\nrisk_tier: high\n"),
    );
    expect(await importPaths(app, [out])).toMatchObject({ duplicates: 11, action: null });
  });

  test("of a record made here gives the same record when it is imported elsewhere", async () => {
    await using app = await createTestEngine();
    await using other = await createTestEngine({ seed: 2 });
    using folder = temporaryFolder();
    const tool = await app.client.records.create({ type: "tool", fields: { name: "Pen" } });
    const made = await app.client.records.create({
      type: "playbook",
      fields: {
        title: "Make: it / so?",
        tags: ["x", "y: z"],
        tools: [tool.id],
        department_id: app.me!.department,
        owner_id: app.me!.person,
        prompts: [{ id: "p1", title: "Ask", text: "Say {{what}}\n" }],
        steps: [{ title: "First", actor: "human", prompt_id: "p1", tool_id: tool.id }],
        verification: {
          type: "expiring",
          mode: "period",
          period_amount: 3,
          period_unit: "month",
          verified_at: "2026-01-01",
        },
      },
      body: "# Heading\n\nText\n",
    });
    const out = path.join(folder.path, "out");
    await exportTo(app, out);
    expect([...readTree(out).keys()]).toContain("playbook/make-it-so.md");
    await importPaths(other, [out]);
    expect(await importPaths(app, [out])).toMatchObject({ duplicates: 12, action: null });
    const before = await app.client.records.get({ id: made.id });
    const after = await titled(other, "Make: it / so?");
    expect(after.body).toBe(before.body);
    for (const name of ["title", "tags", "verification"])
      expect(after.fields[name]).toEqual(before.fields[name]);
    expect(after.department?.title).toBe(before.department?.title);
    expect(after.owner?.title).toBe("Ana");
    expect((await other.client.records.list({ type: "department" })).total).toBe(1);
    const [prompt] = after.fields["prompts"] as { id: string; text: string }[];
    expect(prompt?.text).toBe("Say {{what}}\n");
    expect(after.fields["steps"]).toMatchObject([
      { title: "First", actor: "human", prompt_id: prompt?.id },
    ]);
  });

  test("writes nothing outside its folder and nothing over what is not ours", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const top = writeTree(path.join(folder.path, "book"), {
      "a.md": page("A"),
      "sub/b.md": page("B"),
      "con.md": page("Con"),
    });
    await importPaths(app, [top]);
    const hostile = await app.client.records.create({
      type: "playbook",
      fields: { title: "Hostile" },
      body: "x",
    });
    const fields = { origin_collection: "..", origin_path: "../../../escaped.md" };
    await app.client.records.edit({ id: hostile.id, fields }).catch(() => undefined);
    const out = path.join(folder.path, "deep", "out");
    mkdirSync(path.join(out, "book"), { recursive: true });
    writeFileSync(path.join(out, "book", "a.md"), "mine");
    symlinkSync(folder.path, path.join(out, "book", "sub"));
    const report = await exportTo(app, out, "playbook");
    expect(report.skipped.map((one) => one.path).toSorted()).toEqual([
      "book/a.md",
      "book/sub/b.md",
    ]);
    expect(readFileSync(path.join(out, "book", "a.md"), "utf8")).toBe("mine");
    expect(report.notes.map((one) => one.path)).toContain("book/_con.md");
    for (const place of readTree(folder.path).keys())
      expect(place).not.toMatch(/^(?:b|escaped)\.md$/u);
    rmSync(path.join(out, "book", "sub"));
    const again = await exportTo(app, out, "playbook");
    expect(again.skipped.map((one) => one.path)).toEqual(["book/a.md"]);
  });

  test("into a ZIP file can be imported as it is", async () => {
    await using app = await createTestEngine();
    await using other = await createTestEngine({ seed: 2 });
    using folder = temporaryFolder();
    const top = writeTree(path.join(folder.path, "book"), {
      "a.md": `${page("A")}![p](p.png)`,
      "p.png": onePixel,
    });
    await importPaths(app, [top]);
    const started = await app.client.transfers.exportRecords({ type: "playbook" });
    await app.ended(started);
    const report = (await app.client.jobs.result({ id: started.job })) as {
      download: string;
      files: number;
    };
    expect(report).toMatchObject({ files: 1, attachments: 1 });
    const zip = app.engine.downloadPath(report.download)!;
    expect(await importPaths(other, [zip])).toMatchObject({
      found: 1,
      created: 1,
      attachments: 1,
      missingImages: [],
    });
  });
});

test("the sample comes in whole, with every name in it resolved", async () => {
  await using app = await createTestEngine({ start: false });
  await app.client.workspace.start({ name: "Ana", department: "Support", sample: true });
  const { types } = await app.client.records.counts({});
  const count = (type: string) => types.find((one) => one.type === type)?.count ?? 0;
  expect(count("playbook")).toBeGreaterThan(20);
  expect(count("lesson")).toBeGreaterThan(20);
  const { records } = await app.client.records.list({ limit: 1000 });
  const unresolved: string[] = [];
  for (const { id, title } of records) {
    const links = await app.client.records.links({ id });
    unresolved.push(...links.unresolved.map((href) => `${title}: ${href}`));
  }
  expect(unresolved).toEqual([]);
  const [dispute] = await app.client.records.lookup({ text: "Answer an invoice dispute" });
  const record = await app.client.records.get({ id: dispute!.id });
  expect(record).toMatchObject({ status: "published", department: { title: "Billing" } });
  const prompts = record.fields["prompts"] as { id: string }[];
  const steps = record.fields["steps"] as { prompt_id?: string }[];
  expect(prompts.map(({ id }) => id)).toContain(steps.find((step) => step.prompt_id)?.prompt_id);
});
