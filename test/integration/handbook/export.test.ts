/** Exports of the handbook: what is in them, what a second one changes, and where they refuse. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { exportHandbook, filesBelow } from "#test/support/handbook-export.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { createTestEngine, type TestEngine } from "#test/support/test-engine.ts";
import { onePixel } from "#test/support/write-tree.ts";

async function page(app: TestEngine, title: string, more: object = {}, body = "") {
  return app.client.records.create({
    type: "playbook",
    fields: { title, status: "published", ...more },
    body,
  });
}

function fileOf(folder: string, start: string): string {
  const found = [...filesBelow(folder).keys()].find((file) => file.startsWith(start));
  if (found === undefined) throw new Error(`No file begins with ${start}.`);
  return found;
}

function textOf(folder: string, start: string): string {
  return readFileSync(path.join(folder, fileOf(folder, start)), "utf8");
}

describe("a page", () => {
  test("leads to other pages by relative addresses, and shows images that lie beside it", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const held = await app.client.attachments.add({
      name: "picture.png",
      bytes: onePixel.toString("base64"),
    });
    await page(app, "Second page", {}, "## A heading\n\nWords.");
    await page(
      app,
      "First page",
      {},
      `See [[Second page#A heading]], ![A picture](${held.href}) and [the web](https://example.com/a).`,
    );
    await exportHandbook(app, folder.path);
    const first = textOf(folder.path, "playbooks/first-page-");
    const second = fileOf(folder.path, "playbooks/second-page-");
    expect(first).toContain(`href="../${second}#md-a-heading"`);
    expect(textOf(folder.path, "playbooks/second-page-")).toContain('id="md-a-heading"');
    const image = fileOf(folder.path, "files/");
    expect(first).toContain(`<img src="../${image}" alt="A picture"`);
    expect(readFileSync(path.join(folder.path, image)).equals(onePixel)).toBe(true);
    expect(first).toContain('href="https://example.com/a" rel="noreferrer noopener"');
    // It says who leads to it.
    expect(textOf(folder.path, "playbooks/second-page-")).toContain('id="linked-from"');
  });

  test("is listed with its first paragraph, not with headings, lists and tags of a template", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const text = [
      "## Purpose",
      "- one",
      '{% alert "Updated" %}',
      "Short.",
      "What {% icon %} this page is for, said in a sentence of its own.",
    ].join("\n\n");
    await page(app, "Imported page", { tags: ["from-afar"] }, text);
    await exportHandbook(app, folder.path);
    const list = textOf(folder.path, "playbooks/index.html");
    expect(list).toContain(">What this page is for, said in a sentence of its own.</p>");
    const home = textOf(folder.path, "index.html");
    expect(home).toContain("1 playbook is published here");
    // Without topics the tags are what leads in.
    expect(home).toContain(">from-afar</a>");
  });

  test("never holds what a browser could run, whatever its author wrote", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const hostile = [
      "<script>alert(1)</script>",
      '<img src="x" onerror="alert(1)">',
      "[a](javascript:alert(1))",
      '<a href="data:text/html,x">b</a>',
      "<svg onload=alert(1)></svg>",
      '"><script src="https://example.com/x.js"></script>',
      "</title><script>alert(1)</script>",
    ].join("\n\n");
    await page(
      app,
      '"><script>alert(1)</script>',
      {
        summary: "<img src=x onerror=alert(1)>",
        tags: ['"><b onclick=x>'],
        steps: [{ title: "<script>1</script>", instruction_md: hostile }],
        prompts: [
          {
            title: "p",
            text: hostile,
            vars: [{ name: "<b>", description: hostile.replaceAll("\n", " ") }],
          },
        ],
      },
      hostile,
    );
    await exportHandbook(app, folder.path);
    for (const [file, bytes] of filesBelow(folder.path)) {
      if (!file.endsWith(".html")) continue;
      const html = bytes.toString("utf8");
      const scripts = html.match(/<script[^>]*>/gu) ?? [];
      expect(scripts, file).toHaveLength(1);
      expect(scripts[0], file).toMatch(/^<script src="(?:\.\.\/)?assets\/handbook\.js">$/u);
      const tags = (html.match(/<[a-z][^>]*>/giu) ?? []).join("\n");
      expect(tags, file).not.toMatch(/\son[a-z]+=|href="(?:javascript|data):|<svg|<b /iu);
      expect(html.replaceAll("&#x27;", "'"), file).toContain(
        "default-src 'none'; script-src 'self'; ",
      );
      expect(html, file).not.toContain("unsafe-inline");
    }
  });

  test("says in dates what it may be relied on for, without the day of the export", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const fixed = { mode: "fixed", verified_at: "2026-01-02", expires_at: "2026-07-01" };
    await page(app, "Checked page", { verification: fixed });
    await page(app, "Unchecked page");
    await exportHandbook(app, folder.path);
    const html = textOf(folder.path, "playbooks/checked-page-");
    expect(html).toContain("Verified until 1 July 2026");
    expect(html).toContain('data-until="2026-07-01"');
    expect(html).toContain("Uncontrolled copy when printed, state of 5 January 2026");
    expect(textOf(folder.path, "playbooks/unchecked-")).toContain("Nobody has verified this page");
    expect(textOf(folder.path, "playbooks/index.html")).toContain("Verified until 1 July 2026");
  });

  test("has a name that every file system takes, and no two differ by case", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const titles = [
      "CON",
      "con",
      "Refunds",
      "refunds",
      "REFUNDS?",
      "返品",
      "a/b\\c:d*?",
      "ß".repeat(90),
      ".. /",
      "nul.html",
    ];
    for (const title of titles) await page(app, title, { tags: [title] });
    await exportHandbook(app, folder.path);
    const names = [...filesBelow(folder.path).keys()];
    expect(names.filter((name) => /^playbooks\/.+-[0-9a-z]{8}\.html$/u.test(name))).toHaveLength(
      titles.length,
    );
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    for (const name of names) {
      expect(name.length).toBeLessThan(110);
      expect(name).toMatch(/^[A-Za-z0-9._/-]+$/u);
      for (const part of name.split("/"))
        expect(part).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)\.|[. ]$/iu);
    }
  });
});

describe("another export", () => {
  test("of the same workspace is the same to the byte, and changes nothing where it is", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    await page(app, "First page", { tags: ["one"] }, "Words.");
    await page(app, "Second page", {}, "See [[First page]].");
    const [one, two] = [path.join(folder.path, "one"), path.join(folder.path, "two")];
    const first = await exportHandbook(app, one);
    expect(first).toMatchObject({ pages: 2, unchanged: 0, removed: 0, skipped: [] });
    app.clock.advance(86_400_000 * 40);
    await exportHandbook(app, two);
    expect(filesBelow(two)).toEqual(filesBelow(one));
    const before = new Map(
      [...filesBelow(one).keys()].map((file) => [file, statSync(path.join(one, file)).mtimeMs]),
    );
    expect(await exportHandbook(app, one)).toMatchObject({
      written: 0,
      unchanged: first.written,
      removed: 0,
    });
    for (const [file, time] of before)
      expect(statSync(path.join(one, file)).mtimeMs, file).toBe(time);
  });

  test("changes the files whose content changed, and removes those of a page that was taken back", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const { id } = await page(app, "First page", { tags: ["alone"] }, "Words.");
    for (let number = 0; number < 20; number += 1)
      await page(app, `Page ${number}`, {}, "Other words.");
    await exportHandbook(app, folder.path);
    const before = filesBelow(folder.path);
    await app.client.records.edit({ id, body: "Words. And zebras." });
    const report = await exportHandbook(app, folder.path);
    expect(report.removed).toBe(0);
    const changed = [...filesBelow(folder.path)].flatMap(([file, bytes]) =>
      before.get(file)?.equals(bytes) === true ? [] : [file],
    );
    expect(report.written).toBe(changed.filter((file) => file !== "handbook-files.json").length);
    expect(changed).toContain(fileOf(folder.path, "playbooks/first-page-"));
    expect(changed.filter((file) => file.startsWith("playbooks/page-"))).toEqual([]);
    await app.client.records.remove({ ids: [id] });
    await exportHandbook(app, folder.path);
    const after = [...filesBelow(folder.path).keys()];
    expect(after.filter((file) => /first-page|alone/u.test(file))).toEqual([]);
    await app.client.records.putBack({ ids: [id] });
    await exportHandbook(app, folder.path);
    expect(after.length).toBeLessThan([...filesBelow(folder.path)].length);
  });

  test("mends a file that was damaged, and leaves a stranger's file alone", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    await page(app, "First page");
    await exportHandbook(app, folder.path);
    const before = filesBelow(folder.path);
    writeFileSync(path.join(folder.path, "index.html"), "half");
    rmSync(path.join(folder.path, "search"), { recursive: true });
    writeFileSync(path.join(folder.path, "playbooks", "notes.txt"), "mine");
    const report = await exportHandbook(app, folder.path);
    expect(report.written).toBeGreaterThan(1);
    const after = new Map(filesBelow(folder.path));
    expect(after.get("playbooks/notes.txt")?.toString()).toBe("mine");
    after.delete("playbooks/notes.txt");
    expect(after).toEqual(before);
  });

  test("that ended in the middle is finished by the next one", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const { id } = await page(app, "First page");
    await exportHandbook(app, folder.path);
    await page(app, "Second page");
    // As if the power had gone after the list was widened and before anything was put in place.
    const listFile = path.join(folder.path, "handbook-files.json");
    const list = JSON.parse(readFileSync(listFile, "utf8")) as { files: Record<string, string> };
    writeFileSync(
      listFile,
      JSON.stringify({
        ...list,
        from: "",
        files: { ...list.files, "playbooks/gone-00000000.html": "0" },
      }),
    );
    mkdirSync(path.join(folder.path, ".handbook-deadbeef"));
    await app.client.records.remove({ ids: [id] });
    expect(await exportHandbook(app, folder.path)).toMatchObject({ pages: 1, skipped: [] });
    expect(
      [...filesBelow(folder.path).keys()].filter((file) => file.startsWith("playbooks/first")),
    ).toEqual([]);
    expect(fileOf(folder.path, "playbooks/second-page-")).toBeDefined();
  });
});

describe("an export refuses", () => {
  test("a folder with something else in it, and names it", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    writeFileSync(path.join(folder.path, "taxes.txt"), "mine");
    writeFileSync(path.join(folder.path, ".DS_Store"), "");
    await expect(exportHandbook(app, folder.path)).rejects.toThrow(/“taxes\.txt”.*empty folder/u);
    expect([...filesBelow(folder.path).keys()]).toEqual([".DS_Store", "taxes.txt"]);
    rmSync(path.join(folder.path, "taxes.txt"));
    await expect(exportHandbook(app, folder.path)).resolves.toMatchObject({ pages: 0 });
  });

  test("a stranger's file in the place of a page, and changes nothing", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    await exportHandbook(app, folder.path);
    mkdirSync(path.join(folder.path, "tags", "spot"));
    const { id } = await page(app, "First page");
    const name = `first-page-${id.slice(-8)}.html`;
    writeFileSync(path.join(folder.path, "playbooks", name), "mine");
    const before = filesBelow(folder.path);
    await expect(exportHandbook(app, folder.path)).rejects.toThrow(new RegExp(name, "u"));
    expect(filesBelow(folder.path)).toEqual(before);
  });

  test("a link where a folder or a page belongs", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    using elsewhere = temporaryFolder();
    await exportHandbook(app, folder.path);
    rmSync(path.join(folder.path, "playbooks"), { recursive: true });
    symlinkSync(elsewhere.path, path.join(folder.path, "playbooks"));
    await page(app, "First page");
    await expect(exportHandbook(app, folder.path)).rejects.toThrow(/not part of a handbook/u);
    expect([...filesBelow(elsewhere.path)]).toEqual([]);
  });

  test("the folder in which the workspace lies, also by another name", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const link = path.join(folder.path, "link");
    symlinkSync(app.profile, link);
    for (const place of [
      app.profile,
      path.join(app.profile, "new", "book"),
      path.join(link, "book"),
    ]) {
      await expect(exportHandbook(app, place)).rejects.toThrow(/keeps this workspace/u);
      expect(existsSync(path.join(app.profile, "new"))).toBe(false);
    }
  });

  test("a file in place of the folder, and a list that it cannot read", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const file = path.join(folder.path, "file");
    writeFileSync(file, "mine");
    await expect(exportHandbook(app, file)).rejects.toThrow(
      /file where the handbook needs a folder/u,
    );
    const book = path.join(folder.path, "book");
    mkdirSync(book);
    writeFileSync(path.join(book, "handbook-files.json"), "{");
    await expect(exportHandbook(app, book)).rejects.toThrow(/damaged or was written by a newer/u);
  });

  test.skipIf(process.getuid?.() === 0)("a folder in which it may not write", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    chmodSync(folder.path, 0o500);
    await expect(exportHandbook(app, folder.path)).rejects.toThrow(/may not write/u);
    chmodSync(folder.path, 0o700);
  });

  test("a disk that fills up, and leaves the handbook that was there whole", async (context) => {
    using folder = temporaryFolder();
    const disk = path.join(folder.path, "disk");
    mkdirSync(disk);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], { stdio: "ignore" });
    } catch {
      return context.skip("only the superuser can make a small disk");
    }
    try {
      await using app = await createTestEngine();
      await page(app, "First page");
      const book = path.join(disk, "book");
      await exportHandbook(app, book);
      const before = filesBelow(book);
      const words = (seed: number) =>
        Array.from({ length: 4000 }, (_, at) =>
          ((at * 7919 + seed * 104_729) % 1_000_003).toString(36),
        ).join(" ");
      for (let number = 0; number < 10; number += 1)
        await page(app, `Page ${number}`, {}, words(number));
      await expect(exportHandbook(app, book)).rejects.toThrow(/disk of that folder is full/u);
      expect(filesBelow(book)).toEqual(before);
    } finally {
      execFileSync("umount", ["-l", disk]);
    }
  });
});
