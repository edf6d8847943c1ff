/** The command line as scripts use it: each command's document, exit codes, and nothing stray on stdout. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { root } from "#build/paths.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { createTestEngine } from "#test/support/test-engine.ts";

const folder = temporaryFolder();
const profile = path.join(folder.path, "profile");
const cli = path.join(root, "electron", "hosts", "cli.ts");
const environment = { ...process.env, GUILDHALL_PASSPHRASE: undefined, XDG_DATA_HOME: folder.path };

function guildhall(words: readonly string[], input = "") {
  const run = spawnSync(process.execPath, [cli, ...words], {
    encoding: "utf8",
    input,
    env: environment,
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

/** Runs with --json on the profile and reads the one document. */
function json(...words: readonly string[]): unknown {
  const { code, out, err } = guildhall([...words, "--json", "--profile", profile]);
  expect({ code, err: err.replaceAll(/^Note: .*\n/gmu, "") }).toEqual({ code: 0, err: "" });
  expect(out.trimEnd().split("\n")).toHaveLength(1);
  return JSON.parse(out);
}

function write(name: string, text: string): string {
  const file = path.join(folder.path, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

let id: string;

beforeAll(() => {
  const made = json("init", "--name", "Ada", "--department", "Customer Care");
  expect(made).toEqual({
    workspace: expect.stringMatching(/^[0-9a-z]{26}$/u),
    device: expect.stringMatching(/^[0-9a-z]{20}$/u),
    person: expect.stringMatching(/^[0-9a-z]{26}$/u),
  });
  const body = write("refunds.md", "# Refunds\n\nAsk the warden.\n");
  const written = json(
    "new",
    "playbook",
    "--title",
    "Refunds above 50",
    "--body",
    body,
    "--set",
    "tags=money",
    "--set",
    "tags=refund",
    "--set",
    "department=customer care",
    "--set",
    'steps=[{"instruction_md":"Ask","actor":"human"}]',
  );
  id = z
    .object({ id: z.string(), revision: z.literal(1) })
    .strict()
    .parse(written).id;
});
afterAll(() => folder[Symbol.dispose]());

describe("documents", () => {
  test("show", () => {
    expect(json("show", id)).toEqual({
      id,
      type: "playbook",
      title: "Refunds above 50",
      department: "Customer Care",
      status: "draft",
      revision: 1,
      fields: expect.objectContaining({ title: "Refunds above 50", tags: ["money", "refund"] }),
      body: "# Refunds\n\nAsk the warden.\n",
    });
  });

  test("search, with options anywhere on the line", () => {
    const { out, code } = guildhall(["--json", "--profile", profile, "search", "warden"]);
    expect(code).toBe(0);
    const found = JSON.parse(out);
    expect(found).toEqual({
      total: 1,
      more: false,
      ms: expect.any(Number),
      hits: [
        {
          id,
          type: "playbook",
          title: "Refunds above 50",
          department: "Customer Care",
          score: expect.any(Number),
          field: "body",
          snippet: expect.stringContaining("warden"),
          similar: 0,
        },
      ],
      corrected: null,
      suggestion: null,
    });
    expect(json("search", "warden", "--type", "lesson")).toMatchObject({ total: 0 });
    expect(json("search", "warden", "--department", "customer care")).toMatchObject({ total: 1 });
    expect(json("search", "refunds", "-warden")).toMatchObject({ total: 0 });
    expect(json("search", '"ask the', "--sort", "date", "--limit", "1")).toMatchObject({
      total: 1,
    });
  });

  test("edit, history, diff, restore and show of an older revision", () => {
    const typed = guildhall(
      ["edit", id, "--body", "-", "--note", "Shorter", "--json", "--profile", profile],
      "Ask the keeper.\n",
    );
    expect(JSON.parse(typed.out)).toEqual({ id, revision: 2 });
    expect(json("history", id)).toMatchObject({
      id,
      revisions: expect.arrayContaining([
        expect.objectContaining({ revision: 2, by: "Ada", note: "Shorter", changed: ["body"] }),
      ]),
    });
    const diff = z
      .object({ body: z.array(z.object({ kind: z.string(), text: z.string() })) })
      .parse(json("diff", id, "1", "2"));
    expect(diff.body.some(({ kind, text }) => kind === "added" && text.includes("keeper"))).toBe(
      true,
    );
    expect(json("restore", id, "1")).toEqual({ id, revision: 3 });
    expect(json("show", id)).toMatchObject({ body: "# Refunds\n\nAsk the warden.\n", revision: 3 });
    expect(json("show", id, "--revision", "2")).toMatchObject({ body: "Ask the keeper.\n" });
    expect(json("edit", id, "--set", "summary=null")).toEqual({ id, revision: 3 });
  });

  test("sets given in every way that the help names", () => {
    const fields = (...words: readonly string[]) => {
      const { id: made } = z.object({ id: z.string() }).parse(json("new", ...words));
      return z.object({ fields: z.record(z.string(), z.unknown()) }).parse(json("show", made));
    };
    const set = (...assignments: readonly string[]) =>
      fields("playbook", "--title", "Sets", ...assignments.flatMap((one) => ["--set", one]));
    expect(set("tags=a, b,", "tags=c", "channels=phone,email").fields).toMatchObject({
      tags: ["a", "b", "c"],
      channels: ["phone", "email"],
    });
    expect(set('tags=["x","y"]', "aliases=One, two").fields).toMatchObject({
      tags: ["x", "y"],
      aliases: ["One, two"],
    });
    expect(guildhall(["new", "--help"]).out).toContain("tags=billing,refunds");
  });

  test("list, with remove", () => {
    const made = z.object({ id: z.string() }).parse(json("new", "lesson", "--title", "Gone soon"));
    expect(json("list", "--type", "lesson", "--status", "draft")).toEqual({
      total: 1,
      records: [
        { id: made.id, type: "lesson", title: "Gone soon", department: null, status: "draft" },
      ],
    });
    expect(json("remove", made.id)).toEqual({ id: made.id, removed: true });
    expect(json("list", "--type", "lesson")).toEqual({ total: 0, records: [] });
  });

  test("import, dry and wet, twice, then export", () => {
    const handbook = path.join(folder.path, "handbook");
    write("handbook/one.md", "---\ntitle: One\nodd_key: kept\n---\n\nSee [two](two.md).\n");
    write("handbook/two.md", "# Two\n\n[nowhere](missing.md) ![gone](gone.png)\n");
    write("handbook/bad.md", "\u0000\u0001\u0002binary");
    const keys = {
      found: expect.any(Number),
      created: expect.any(Number),
      updated: expect.any(Number),
      unchanged: expect.any(Number),
      duplicates: expect.any(Number),
      skipped: expect.any(Array),
      failed: expect.any(Array),
      unresolvedLinks: 1,
      missingImages: 1,
      ms: expect.any(Number),
      unresolved: [{ path: "two.md", target: "missing.md" }],
      missing: [{ path: "two.md", target: "gone.png" }],
    };
    const dry = json("import", handbook, "--dry-run", "--department", "Customer Care");
    expect(dry).toEqual({ ...keys, created: 2 });
    expect(json("list", "--type", "lesson")).toMatchObject({ total: 0 });
    const wet = json("import", handbook, "--as", "lesson");
    const report = z
      .object({
        found: z.number(),
        created: z.number(),
        updated: z.number(),
        unchanged: z.number(),
      })
      .extend({
        duplicates: z.number(),
        skipped: z.array(z.unknown()),
        failed: z.array(z.unknown()),
      })
      .parse(wet);
    expect(wet).toEqual({ ...keys, created: 2 });
    const { found, created, updated, unchanged, duplicates, skipped, failed } = report;
    expect(found).toBe(created + updated + unchanged + duplicates + skipped.length + failed.length);
    expect(json("import", handbook, "--as", "lesson")).toMatchObject({ created: 0, unchanged: 2 });

    const target = path.join(folder.path, "new", "export");
    expect(json("export", target, "--type", "lesson")).toMatchObject({ files: 2 });
    const exported = path.join(target, "handbook", "one.md");
    const file = existsSync(exported) ? exported : path.join(target, "one.md");
    expect(readFileSync(file, "utf8")).toContain("odd_key: kept");
  });

  test("check and rebuild", () => {
    expect(json("check")).toEqual({
      changes: expect.any(Number),
      records: expect.any(Number),
      ok: true,
      problems: [],
    });
    expect(json("rebuild")).toMatchObject({ changes: expect.any(Number) });
    expect(json("check")).toMatchObject({ ok: true });
  });
});

describe("exit codes and messages", () => {
  test.each([
    ["no command", [], 2],
    ["an unknown command", ["dance"], 2],
    ["an unknown option", ["list", "--colour"], 2],
    ["an unknown option of a search", ["search", "words", "--colour"], 2],
    ["a missing argument", ["show"], 2],
    ["a missing option", ["init", "--name", "Ada"], 2],
    ["an unknown type", ["new", "dance", "--title", "T"], 2],
    ["a number that is none", ["search", "a", "--limit", "many"], 2],
    ["a status that no record has", ["list", "--status", "flying"], 2],
    ["an assignment without a field", ["new", "tool", "--title", "T", "--set", "=x"], 2],
    ["an edit of nothing", ["edit", "01j9z8k7m6n5p4q3r2s1t0v9w8"], 2],
    ["a record that is not there", ["show", "01j9z8k7m6n5p4q3r2s1t0v9w8"], 1],
    ["an id that is none", ["show", "refunds"], 1],
    ["a department that is not there", ["list", "--department", "Nowhere"], 1],
    ["a folder that is not there", ["import", "/no/such/folder"], 1],
    ["a second workspace", ["init", "--name", "B", "--department", "B"], 1],
    ["help", ["--help"], 0],
    ["a command's help", ["import", "--help"], 0],
    ["the version", ["--version"], 0],
  ])("%s ends with the right code and its words where they belong", (_name, words, code) => {
    const run = guildhall([...words, "--profile", profile]);
    expect(run.code).toBe(code);
    expect(code === 0 ? run.err : run.out).toBe("");
    expect(code === 0 ? run.out : run.err).not.toBe("");
    expect(run.err).not.toMatch(/^\s+at /mu);
  });

  test("a failure with --json is one document too", () => {
    const run = guildhall(["show", "01j9z8k7m6n5p4q3r2s1t0v9w8", "--json", "--profile", profile]);
    expect(run.code).toBe(1);
    expect(JSON.parse(run.out)).toEqual({
      error: { code: "not_found", message: expect.stringMatching(/^[A-Z"].*\.$/u) },
    });
  });

  test("wrong usage with --json is one document too", () => {
    for (const words of [["show"], ["edit", id, "--set", "nosuch=1"]]) {
      const run = guildhall([...words, "--json", "--profile", profile]);
      expect(run.code).toBe(2);
      expect(JSON.parse(run.out)).toEqual({
        error: { code: "usage", message: expect.not.stringMatching(/^error/u) },
      });
      expect(run.err).toMatch(/^guildhall: /u);
    }
  });

  test("a profile without a workspace says how to make one, and is not made by asking", () => {
    const empty = path.join(folder.path, "empty");
    const run = guildhall(["list", "--profile", empty]);
    expect(run.code).toBe(1);
    expect(run.err).toContain("guildhall init");
    expect(existsSync(empty)).toBe(false);
  });

  test.each([
    ["a file", () => write("a-file", "x"), /is a file, or lies below one/u],
    ["below a file", () => path.join(write("a-file", "x"), "sub"), /is a file, or lies below one/u],
    ["where no folder can be", () => "/proc/no-such/profile", /cannot be made there|may not be/u],
  ])("a profile that is %s says so", (_name, place, reason) => {
    const run = guildhall(["init", "--name", "A", "--department", "B", "--profile", place()]);
    expect({ code: run.code, out: run.out }).toEqual({ code: 1, out: "" });
    expect(run.err).toMatch(reason);
    expect(run.err).not.toMatch(/went wrong inside|EEXIST|ENOENT/u);
  });

  test.each([
    ["a field the type has not", ["--set", "nosuch=1"], 2, /no field "nosuch".*tags/u],
    ["a name that every object has", ["--set", "__proto__=x"], 2, /no field "__proto__"/u],
    ["another such name", ["--set", "constructor=x"], 2, /no field "constructor"/u],
    ["a field that only an import writes", ["--set", "origin_hash=x"], 2, /cannot be set/u],
    ["the text as a field", ["--set", "body=x"], 2, /--body/u],
    ["a file that is not there", ["--body", "/no/such.md"], 1, /is not there.*Nothing was/u],
    ["a folder for a text", ["--body", "/"], 1, /is a folder/u],
  ])("an edit with %s is refused in words", (_name, words, code, reason) => {
    const run = guildhall(["edit", id, ...words, "--profile", profile]);
    expect({ code: run.code, out: run.out }).toEqual({ code, out: "" });
    expect(run.err).toMatch(reason);
  });

  test("an empty name is no name for a workspace", () => {
    const fresh = path.join(folder.path, "fresh");
    const run = guildhall(["init", "--name", " ", "--department", "D", "--profile", fresh]);
    expect(run.code).toBe(2);
    expect(run.err).toContain("--name is empty");
    const lines = ["init", "--name", "A", "--department", "D\nE", "--profile", fresh];
    expect(guildhall(lines)).toMatchObject({ code: 2, err: expect.stringContaining("one") });
  });

  test("an import that is interrupted says what it has written, and that is whole", async () => {
    const book = path.join(folder.path, "large");
    for (let number = 0; number < 3000; number += 1) {
      write(`large/${number}.md`, `# Page ${number}\n\n${`Words of ${number}. `.repeat(40)}\n`);
    }
    const held = path.join(folder.path, "interrupted");
    guildhall(["init", "--name", "A", "--department", "B", "--profile", held]);
    const child = spawn(process.execPath, [cli, "import", book, "--json", "--profile", held], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const heard = { out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (heard.out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (heard.err += text));
    const ended = new Promise((resolve) => child.on("exit", resolve));
    // Once the write-ahead log has grown, something was written.
    const wal = path.join(held, "workspace.db-wal");
    while (child.exitCode === null && (statSync(wal, { throwIfNoEntry: false })?.size ?? 0) < 2e6) {
      await new Promise((next) => setImmediate(next));
    }
    child.kill("SIGINT");
    expect(await ended).toBe(1);
    expect(heard.err).toMatch(/Stopped before the end.*Of 3,000 documents, \d+ were created/u);
    expect(JSON.parse(heard.out)).toMatchObject({ error: { code: "cancelled" } });
    const created = Number(/(\d+) were created/u.exec(heard.err)?.[1]);
    const listed = guildhall(["list", "--type", "playbook", "--json", "--profile", held]);
    expect(JSON.parse(listed.out).total).toBe(created);
    expect(guildhall(["check", "--profile", held]).code).toBe(0);
  });

  test("lists that cannot be made anew can be tried again, and the cause is told", () => {
    const broken = path.join(folder.path, "broken");
    guildhall(["init", "--name", "A", "--department", "B", "--profile", broken]);
    const db = new Sqlite(path.join(broken, "workspace.db"));
    const row = db.prepare("SELECT position, body FROM change_log ORDER BY position LIMIT 1").get();
    const { position, body } = z.object({ position: z.number(), body: z.unknown() }).parse(row);
    db.prepare("UPDATE change_log SET body = '{' WHERE position = ?").run(position);
    // As after an update whose lists are made in another way.
    db.exec("UPDATE projection SET version = 0");
    db.close();
    for (const command of ["rebuild", "check"]) {
      const run = guildhall([command, "--profile", broken]);
      expect({ command, code: run.code }).toEqual({ command, code: 1 });
      expect(run.err + run.out).toMatch(/change|log/u);
      expect(run.err).not.toMatch(/start a rebuild again/u);
    }
    expect(guildhall(["list", "--profile", broken]).err).toMatch(/guildhall rebuild/u);
    const mended = new Sqlite(path.join(broken, "workspace.db"));
    mended.prepare("UPDATE change_log SET body = ? WHERE position = ?").run(body, position);
    mended.close();
    expect(guildhall(["rebuild", "--profile", broken]).code).toBe(0);
    expect(guildhall(["check", "--profile", broken]).code).toBe(0);
  });

  test("a workspace under a passphrase is read without it and written with it", () => {
    const locked = path.join(folder.path, "locked");
    const withPassphrase = (passphrase: string | undefined, ...words: readonly string[]) =>
      spawnSync(process.execPath, [cli, ...words, "--profile", locked], {
        encoding: "utf8",
        env: { ...environment, GUILDHALL_PASSPHRASE: passphrase },
      });
    const phrase = "correct horse battery";
    const made = withPassphrase(phrase, "init", "--name", "A", "--department", "B");
    expect({ code: made.status, err: made.stderr }).toEqual({ code: 0, err: "" });
    expect(withPassphrase(undefined, "list").status).toBe(0);
    const note = ["new", "lesson", "--title", "Locked"];
    const without = withPassphrase(undefined, ...note);
    expect(without.status).toBe(1);
    expect(without.stderr).toContain("GUILDHALL_PASSPHRASE");
    expect(withPassphrase("wrong horse battery", ...note).status).toBe(1);
    expect(withPassphrase(phrase, ...note).status).toBe(0);
  });

  test("a workspace whose keys only the app can open is read, and writing says what to do", async () => {
    const kept = path.join(folder.path, "kept");
    const flip = async (bytes: Uint8Array) => bytes.map((byte) => byte ^ 255);
    const app = await createTestEngine({ profile: kept, keyStore: { wrap: flip, unwrap: flip } });
    const { id: lesson } = await app.client.records.create({
      type: "lesson",
      fields: { title: "Kept" },
    });
    await app[Symbol.asyncDispose]();
    const on = (...words: readonly string[]) => guildhall([...words, "--profile", kept]);
    const reading = [
      ["search", "kept"],
      ["show", lesson],
    ];
    const more = [["check"], ["export", path.join(folder.path, "out")]];
    for (const words of [...reading, ...more, ["import", folder.path, "--dry-run"]]) {
      const { code, err } = on(...words);
      expect({ words, code, err }).toEqual({ words, code: 0, err: "" });
    }
    const refused = on("edit", lesson, "--set", "title=Other");
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(
      /Nothing was written.*key store.*passphrase in the app's settings/u,
    );
  });

  test("the profile's folder is its owner's alone, whoever makes it", () => {
    expect(statSync(profile).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(profile, "logs")).mode & 0o777).toBe(0o700);
  });

  test("the reader of a pipe may stop early", () => {
    const run = spawnSync(
      "sh",
      ["-c", `"${process.execPath}" "${cli}" list --profile "${profile}" | head -n 1`],
      { encoding: "utf8" },
    );
    expect(run.stderr).toBe("");
    expect(run.stdout.split("\n")).toHaveLength(2);
  });
});

test("serve prints one document with the address, answers there, and ends on SIGTERM", async () => {
  const child = spawn(process.execPath, [cli, "serve", "--json", "--profile", profile], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = Promise.withResolvers<string>();
  const ended = Promise.withResolvers<number | null>();
  child.stdout.setEncoding("utf8").once("data", printed.resolve);
  child.on("exit", (code) => {
    ended.resolve(code);
    printed.resolve("");
  });
  const line = await printed.promise;
  if (!existsSync(path.join(root, "out", "renderer", "index.html"))) {
    expect(await ended.promise).toBe(1);
    return;
  }
  const { address, port } = JSON.parse(line) as { address: string; port: number };
  expect(new URL(address).port).toBe(String(port));
  expect((await fetch(address, { redirect: "manual" })).status).toBe(303);
  child.kill("SIGTERM");
  expect(await ended.promise).toBe(0);
});
