import {
  chmodSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { createTestEngine } from "#test/support/test-engine.ts";
import { importPaths, importSelection } from "#test/support/transfers.ts";
import { onePixel, writeTree } from "#test/support/write-tree.ts";
import { zipOf } from "#test/support/zip-files.ts";

const good = "# A good page\n\nWith a few words in it that say something.\n";

async function importTree(
  files: Readonly<Record<string, string | Uint8Array>>,
  prepare?: (folder: string) => void,
) {
  await using app = await createTestEngine();
  using folder = temporaryFolder();
  const top = writeTree(path.join(folder.path, "book"), { "good.md": good, ...files });
  prepare?.(top);
  const report = await importPaths(app, [top]);
  const { total } = await app.client.records.list({ type: "playbook" });
  expect(total).toBe(report.records);
  return report;
}

describe("a bad file in a folder gets its line, and the others come in", () => {
  test.each([
    ["invalid UTF-8", Buffer.from("a\nb\xe9\n", "latin1"), "failed", /UTF-8 \(line 2\)/u],
    ["UTF-16", Buffer.from("\uFEFF# Title\n", "utf16le"), "failed", /UTF-16/u],
    ["UTF-16 without a mark", Buffer.from("# A title\n\nText\n", "utf16le"), "failed", /UTF-16/u],
    ["binary data", Buffer.concat([onePixel, onePixel]), "failed", /binary/u],
    ["nothing in it", Buffer.alloc(0), "skipped", /empty/u],
    ["six megabytes", Buffer.alloc(6 * 1024 * 1024, 97), "skipped", /5 MB/u],
  ] as const)("%s", async (...[, content, outcome, reason]) => {
    const report = await importTree({ "bad.md": content });
    expect(report).toMatchObject({ found: 2, created: 1 });
    expect(report[outcome]).toEqual([{ path: "bad.md", reason: expect.stringMatching(reason) }]);
  });

  test("a 500 MB file is not even read", async () => {
    const report = await importTree({ "huge.md": "" }, (top) =>
      truncateSync(path.join(top, "huge.md"), 500 * 1024 * 1024),
    );
    expect(report).toMatchObject({ found: 2, created: 1 });
    expect(report.skipped[0]?.path).toBe("huge.md");
  });

  test("broken and hostile YAML is kept as it stands, and told of", async () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) =>
        `a${level}: &a${level} [${
          level === 0
            ? "x"
            : Array(9)
                .fill(`*a${level - 1}`)
                .join(", ")
        }]`,
    );
    const report = await importTree({
      "broken.md": `---\ntitle: "x\n---\n${good} Broken.`,
      "bomb.md": `---\n${levels.join("\n")}\n---\n${good} Bomb.`,
    });
    expect(report).toMatchObject({ found: 3, created: 3 });
    expect(report.notes.map(({ path: file }) => file).toSorted()).toEqual(["bomb.md", "broken.md"]);
  });

  test("links, loops of links and pipes are listed and not followed", async () => {
    const report = await importTree({ "sub/page.md": `${good} More.` }, (top) => {
      symlinkSync("..", path.join(top, "sub", "loop"));
      symlinkSync("/etc/passwd", path.join(top, "passwd.md"));
      execFileSync("mkfifo", [path.join(top, "pipe.md")]);
    });
    expect(report).toMatchObject({ found: 5, created: 2 });
    expect(report.skipped.map(({ path: file }) => file).toSorted()).toEqual([
      "passwd.md",
      "pipe.md",
      "sub/loop",
    ]);
  });

  test("a file that may not be read is reported", async () => {
    const root = process.getuid?.() === 0;
    const report = await importTree({ "secret.md": "x" }, (top) => {
      chmodSync(path.join(top, "secret.md"), 0o000);
      // The superuser reads everything: for it the file is taken away instead.
      if (root) rmSync(path.join(top, "secret.md"));
    });
    expect(report.created).toBe(1);
    if (!root) expect(report.failed[0]?.reason).toMatch(/may not read/u);
  });

  test("names that Windows refuses come in with a word about it", async () => {
    const report = await importTree({ "con.md": `${good} Con.`, "a: b?.md": `${good} Colon.` });
    expect(report).toMatchObject({ found: 3, created: 3 });
    expect(report.notes).toHaveLength(2);
    expect(report.notes[0]?.reason).toMatch(/Windows/u);
  });

  test("templates and scripts are text: nothing of them is run or lost", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const body =
      "# <%= system('touch pwned') %>\n\n{% include evil %}\n\nimport x from './x'\n\n<script>alert(1)</script>\n";
    const top = writeTree(path.join(folder.path, "b"), { "run-me.html.md.erb": body });
    expect(await importPaths(app, [top])).toMatchObject({ created: 1 });
    const { records } = await app.client.records.list({ type: "playbook" });
    const record = await app.client.records.get({ id: records[0]!.id });
    expect(record).toMatchObject({ body, title: "Run me" });
    expect(readdirSync(top)).toEqual(["run-me.html.md.erb"]);
  });
});

describe("a ZIP file", () => {
  async function importZip(bytes: Uint8Array) {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    writeTree(folder.path, { "book.zip": bytes });
    return await importPaths(app, [path.join(folder.path, "book.zip")]);
  }

  test("is read like a folder, images and all", async () => {
    const report = await importZip(
      await zipOf({
        "a/one.md": `${good}\n![p](../i/p.png)\n[two](two.md)`,
        "a/two.md": `${good} Two.`,
        "i/p.png": onePixel,
      }),
    );
    expect(report).toMatchObject({
      found: 2,
      created: 2,
      attachments: 1,
      unresolvedLinks: [],
      missingImages: [],
    });
  });

  test("whose names climb out or are absolute gives up those and no others", async () => {
    const bytes = await zipOf(
      { "good.md": good, "xx/xx/evil.md": "evil evil", "x/etc/evil.md": "evil too" },
      [
        ["xx/xx/evil.md", "../../evil.md"],
        ["x/etc/evil.md", "//etc/evil.md"],
      ],
    );
    const report = await importZip(bytes);
    expect(report).toMatchObject({ found: 3, created: 1 });
    expect(report.failed.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/leads out/u),
      expect.stringMatching(/absolute/u),
    ]);
  });

  test("that is a bomb is not unpacked", async () => {
    const report = await importZip(
      await zipOf({
        "good.md": good,
        "bomb.md": Buffer.alloc(4 * 1024 * 1024, 32),
        "big.md": Buffer.alloc(50 * 1024 * 1024, 32),
      }),
    );
    expect(report).toMatchObject({ found: 3, created: 1 });
    expect(report.failed).toEqual([{ path: "bomb.md", reason: expect.stringMatching(/swells/u) }]);
    expect(report.skipped).toEqual([
      { path: "big.md", reason: expect.stringMatching(/larger than/u) },
    ]);
  });

  test("that is cut off or is none says so", async () => {
    const whole = await zipOf({ "good.md": good });
    for (const bytes of [whole.subarray(0, whole.length - 10), Buffer.from("not a zip")]) {
      const report = await importZip(bytes);
      expect(report).toMatchObject({ found: 1, created: 0 });
      expect(report.failed[0]?.reason).toMatch(/damaged/u);
    }
  });

  test("that is locked with a password says so of each file", async () => {
    const bytes = await zipOf({ "good.md": good });
    // The flag for encryption, in the directory: bit 0 of the general purpose bits.
    const at = bytes.indexOf(Buffer.from("PK\u0001\u0002", "latin1"));
    bytes[at + 8] = bytes[at + 8]! | 1;
    const report = await importZip(bytes);
    expect(report.failed).toEqual([
      { path: "good.md", reason: expect.stringMatching(/password/u) },
    ]);
  });
});

describe("what happens on the way", () => {
  test("a folder that vanishes half way fails for what is gone and keeps what came in", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const pages = Object.fromEntries(
      Array.from({ length: 400 }, (_, n) => [
        `p${String(n).padStart(3, "0")}.md`,
        `# Page ${n}\n\n${good.repeat(3)} ${n}\n`,
      ]),
    );
    const top = writeTree(path.join(folder.path, "b"), pages);
    const selection = app.engine.offerSelection([top], "b");
    const job = await app.client.transfers.importSelection({
      selection: selection.id,
      options: {},
      dryRun: false,
    });
    while ((await app.client.jobs.get({ id: job.job })).done < 100)
      await new Promise((next) => setImmediate(next));
    rmSync(top, { recursive: true });
    expect((await app.ended(job)).state).toBe("done");
    const report = (await app.client.jobs.result({ id: job.job })) as {
      found: number;
      created: number;
      failed: unknown[];
    };
    expect(report.found).toBe(400);
    expect(report.created).toBeGreaterThan(50);
    expect(report.failed).toHaveLength(400 - report.created);
    expect((await app.client.records.list({ type: "playbook" })).total).toBe(report.created);
  });

  test("a cancelled import counts every file, and one undo takes back what came in", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    const pages = Object.fromEntries(
      Array.from({ length: 400 }, (_, n) => [`p${n}.md`, `# Page ${n}\n\n${good} ${n}\n`]),
    );
    const top = writeTree(path.join(folder.path, "b"), pages);
    const selection = app.engine.offerSelection([top], "b");
    const job = await app.client.transfers.importSelection({
      selection: selection.id,
      options: {},
      dryRun: false,
    });
    while ((await app.client.jobs.get({ id: job.job })).done < 150)
      await new Promise((next) => setImmediate(next));
    await app.client.jobs.cancel({ id: job.job });
    expect((await app.ended(job)).state).toBe("cancelled");
    const report = (await app.client.jobs.result({ id: job.job })) as {
      found: number;
      created: number;
      skipped: unknown[];
      cancelled: boolean;
      action: never;
    };
    expect(report).toMatchObject({ found: 400, cancelled: true });
    expect(report.created + report.skipped.length).toBe(400);
    await app.client.records.undo({ action: report.action });
    expect((await app.client.records.list({ type: "playbook" })).total).toBe(0);
    expect((await app.client.transfers.imports({}))[0]).toMatchObject({ undone: true, name: "b" });
  });

  test("an upload is staged by number, keeps to its limits, and is gone when it is dropped", async () => {
    await using app = await createTestEngine();
    const { client } = app;
    const { id } = await client.transfers.beginUpload({ name: "book" });
    const send = (file: string, content: string | Uint8Array) =>
      client.transfers.upload({
        selection: id,
        path: file,
        bytes: Buffer.from(content).toString("base64"),
      });
    await send("book/a.md", good.slice(0, 10));
    await send("book/a.md", good.slice(10));
    await send("book/../../evil.md", "evil");
    await client.transfers.uploadRefused({
      selection: id,
      path: "book/locked.md",
      reason: "The browser could not read it.",
    });
    for (let piece = 0; piece < 6; piece += 1)
      await send("book/big.md", Buffer.alloc(1024 * 1024, 97));
    await send("book/last.md", `${good} Last.`);
    const report = await importSelection(app, id);
    expect(report).toMatchObject({ found: 5, created: 2 });
    expect(report.skipped).toHaveLength(3);
    const staged = path.join(app.profile, "staging", String(process.pid));
    expect(readdirSync(staged)).toHaveLength(1);
    expect(
      readdirSync(path.join(staged, readdirSync(staged)[0]!)).every((name) => /^\d+$/u.test(name)),
    ).toBe(true);
    await client.transfers.dropSelection({ selection: id });
    expect(readdirSync(staged)).toEqual([]);
  });

  test("what was staged goes with the engine that staged it", async () => {
    using folder = temporaryFolder();
    {
      await using app = await createTestEngine({ profile: folder.path });
      await app.client.transfers.beginUpload({ name: "book" });
    }
    expect(readdirSync(path.join(folder.path, "staging"))).toEqual([]);
  });

  test("what an engine left staged is gone when the next one opens the profile", async () => {
    using folder = temporaryFolder();
    mkdirSync(path.join(folder.path, "staging", "999999999"), { recursive: true });
    writeFileSync(path.join(folder.path, "staging", "999999999", "0"), "left");
    await using app = await createTestEngine({ profile: folder.path });
    expect(readdirSync(path.join(app.profile, "staging"))).toEqual([String(process.pid)]);
  });

  test("a file that was chosen by itself and is not Markdown is named", async () => {
    await using app = await createTestEngine();
    using folder = temporaryFolder();
    writeTree(folder.path, { "a.docx": "PK", "b.md": good });
    const report = await importPaths(
      app,
      ["a.docx", "b.md", "gone.md"].map((name) => path.join(folder.path, name)),
    );
    expect(report).toMatchObject({ found: 3, created: 1 });
    expect(report.skipped[0]).toMatchObject({ path: "a.docx" });
    expect(report.failed[0]).toMatchObject({ path: "gone.md" });
  });
});
