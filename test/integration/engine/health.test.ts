import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, test } from "vitest";
import type { CheckReport } from "#shared/contract/health.ts";
import { workspaceMigrations } from "#engine/db/migrations/workspace.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { createTestEngine, type TestEngine } from "#test/support/test-engine.ts";

async function check(app: TestEngine): Promise<CheckReport> {
  const started = await app.client.health.check({});
  expect(await app.ended(started)).toMatchObject({ state: "done", failure: null });
  return (await app.client.jobs.result({ id: started.job })) as unknown as CheckReport;
}

async function writeLessons(app: TestEngine, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const fields = { title: `Lesson ${index}`, tags: [`tag ${index % 3}`] };
    const body = `# Part ${index}\n\nSee [[Lesson ${index - 1}]].`;
    await app.client.records.create({ type: "lesson", fields, body });
  }
}

/** Does to the file what the engine never would. */
function tamper(profile: string, sql: string): void {
  const db = new Sqlite(path.join(profile, "workspace.db"));
  db.exec(sql);
  db.close();
}

/** Copies a closed profile's databases, as a backup would. */
function copyDatabases(from: string, to: string, files: readonly string[]): void {
  for (const file of files) copyFileSync(path.join(from, file), path.join(to, file));
}

describe("a check", () => {
  test("of a workspace that is whole finds nothing and counts what is there", async () => {
    await using app = await createTestEngine();
    await writeLessons(app, 12);
    const report = await check(app);
    expect(report).toEqual({ changes: 22, records: 22, ok: true, problems: [] });
    const about = await app.client.health.about({});
    expect(about).toMatchObject({ changes: 22, records: 22, version: "0.0.0-test" });
    expect(about.databaseBytes).toBeGreaterThan(50_000);
    expect(app.logger.errors).toEqual([]);
  });

  test("finds nothing a second time either, though much was written since the first", async () => {
    await using app = await createTestEngine();
    await writeLessons(app, 3);
    expect(await check(app)).toMatchObject({ ok: true });
    await writeLessons(app, 40);
    expect(await check(app)).toMatchObject({ ok: true, problems: [] });
  });

  test("finds words that were altered in the log behind the engine's back", async () => {
    await using app = await createTestEngine();
    await writeLessons(app, 3);
    tamper(app.profile, "UPDATE change_log SET body = replace(body, 'Lesson 1', 'Lesson 9')");
    const report = await check(app);
    expect(report.ok).toBe(false);
    expect(report.problems.join()).toContain("is not what was written");
  });

  test("goes on to the end when the log cannot be folded any more", async () => {
    await using app = await createTestEngine();
    tamper(app.profile, "UPDATE change_log SET body = '[]' WHERE sequence = 2");
    const report = await check(app);
    expect(report.problems.join()).toContain("cannot be read");
    expect(report.problems.join()).toContain("cannot be folded again");
  });

  test("finds projections that differ from the log, and a rebuild mends them", async () => {
    await using app = await createTestEngine();
    await writeLessons(app, 3);
    tamper(app.profile, "UPDATE record SET title = 'Forged' WHERE type = 'lesson'");
    expect((await check(app)).problems.join()).toContain('"record"');
    const rebuild = await app.client.health.rebuild({});
    expect(await app.ended(rebuild)).toMatchObject({ state: "done" });
    expect(await app.client.jobs.result({ id: rebuild.job })).toEqual({ records: 13, changes: 13 });
    expect((await check(app)).ok).toBe(true);
    const lessons = await app.client.records.list({ type: "lesson", sort: "title" });
    expect(lessons.records.map((one) => one.title)).toEqual(["Lesson 0", "Lesson 1", "Lesson 2"]);
  });

  test("finds an attachment that is damaged and one that is gone", async () => {
    await using app = await createTestEngine();
    const { id } = await app.client.records.create({ type: "lesson", fields: { title: "With" } });
    const add = (name: string) =>
      app.client.attachments.add({ record: id, name, bytes: Buffer.from(name).toString("base64") });
    const [one, two] = [await add("one.txt"), await add("two.txt")];
    expect((await check(app)).ok).toBe(true);
    const place = (hash: string) => path.join(app.profile, "attachments", hash.slice(0, 2), hash);
    writeFileSync(place(one.hash), "other words");
    rmSync(place(two.hash));
    const { problems } = await check(app);
    expect(problems).toHaveLength(2);
    expect(problems.join()).toContain('"one.txt" is damaged');
    expect(problems.join()).toContain('"two.txt" is missing');
  });
});

describe("an engine that opens", () => {
  test("an older copy of its log goes on in a new incarnation, and a check says what is missing", async () => {
    using backup = temporaryFolder();
    using folder = temporaryFolder();
    const profile = folder.path;
    const first = await createTestEngine({ profile });
    await first[Symbol.asyncDispose]();
    copyDatabases(profile, backup.path, ["workspace.db"]);
    const second = await createTestEngine({ profile, seed: 2 });
    await writeLessons(second, 2);
    await second[Symbol.asyncDispose]();
    copyDatabases(backup.path, profile, ["workspace.db"]);

    await using third = await createTestEngine({ profile, seed: 3 });
    expect(third.logger.lines.join()).toContain("workspace.older_log_put_back");
    await writeLessons(third, 1);
    const lesson = (await third.client.records.list({ type: "lesson" })).records[0]!;
    const [revision] = await third.client.records.history({ id: lesson.id });
    expect(revision?.change).toMatch(/^\w{20}-[1-9]\d{0,5}-1-\w{6}$/u);
    const report = await check(third);
    expect(report.problems).toEqual([expect.stringContaining("once reached change 12")]);
  });

  test("a workspace whose keys are gone makes new ones and notes the device with its person", async () => {
    using folder = temporaryFolder();
    const profile = folder.path;
    const first = await createTestEngine({ profile });
    const before = await first.client.workspace.state({});
    await first[Symbol.asyncDispose]();
    rmSync(path.join(profile, "device-keys.json"));

    await using second = await createTestEngine({ profile, seed: 9 });
    const after = await second.client.workspace.state({});
    expect(after.device).not.toBe(before.device);
    expect(after.person).toEqual(before.person);
    await writeLessons(second, 1);
    const person = await second.client.records.get({ id: second.me!.person });
    expect(person.fields["devices"]).toHaveLength(2);
    expect(await check(second)).toMatchObject({ ok: true, changes: 12 });
  });

  test("projections of another version rebuilds them and says when it is done", async () => {
    using folder = temporaryFolder();
    const profile = folder.path;
    const first = await createTestEngine({ profile });
    await writeLessons(first, 5);
    await first[Symbol.asyncDispose]();
    tamper(profile, "UPDATE projection SET version = 99 WHERE name = 'record'");

    await using second = await createTestEngine({ profile, start: false });
    expect(await second.client.workspace.state({})).toMatchObject({ state: "rebuilding" });
    for (const early of [
      second.client.records.list({}),
      second.client.search.query({ text: "lesson" }),
      second.client.records.create({ type: "lesson", fields: { title: "Early" } }),
      second.client.transfers.imports({}),
    ]) {
      await expect(early).rejects.toMatchObject({ fault: { code: "rebuilding" } });
    }
    await second.engine.upToDate();
    expect(await second.client.workspace.state({})).toMatchObject({ state: "ready" });
    expect(second.events.at(-1)?.name).toBe("job.progress");
    expect(second.events.map(({ name }) => name)).toContain("workspace.changed");
    const jobs = await second.client.jobs.list({});
    expect(jobs.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      "rebuild Search",
      "rebuild Update",
    ]);
    expect((await second.client.records.list({ type: "lesson" })).total).toBe(5);
    expect((await check(second)).ok).toBe(true);
  });

  test("search of another version answers everything else at once, and searches what is in so far", async () => {
    using folder = temporaryFolder();
    const profile = folder.path;
    const first = await createTestEngine({ profile });
    await writeLessons(first, 250);
    await first[Symbol.asyncDispose]();
    tamper(profile, "UPDATE projection SET version = 99 WHERE name = 'search'");

    await using second = await createTestEngine({ profile, start: false });
    expect(await second.client.workspace.state({})).toMatchObject({ state: "ready" });
    expect((await second.client.records.list({ type: "lesson" })).total).toBe(250);
    const early = { type: "lesson", fields: { title: "Written meanwhile" } };
    const { id } = await second.client.records.create(early);
    const found = async (text: string) => (await second.client.search.query({ text })).total;
    // The newest come first, and what is written meanwhile makes room for itself.
    expect(await found("lesson")).toBeLessThan(250);
    const { rebuilding } = await second.client.search.query({ text: "lesson" });
    expect(rebuilding?.total).toBeGreaterThan(250);
    expect(rebuilding?.done).toBeLessThan(250);
    const [job] = await second.client.jobs.list({});
    expect(job).toMatchObject({ kind: "rebuild", label: "Search", state: "running" });
    await second.engine.upToDate();
    expect(await second.client.search.query({ text: "lesson" })).toMatchObject({
      total: 250,
      rebuilding: null,
    });
    expect(await found("meanwhile")).toBe(1);
    expect((await second.client.records.get({ id })).title).toBe("Written meanwhile");
    expect(await check(second)).toMatchObject({ ok: true, problems: [] });
  });

  test("where pages came from in another version makes that anew alone, and only imports wait", async () => {
    using folder = temporaryFolder();
    const profile = folder.path;
    const first = await createTestEngine({ profile });
    await writeLessons(first, 5);
    await first[Symbol.asyncDispose]();
    tamper(profile, "UPDATE projection SET version = 99 WHERE name = 'origins'");

    await using second = await createTestEngine({ profile, start: false });
    // Whether a page came in before is not known yet; everything else is.
    await expect(second.client.transfers.imports({})).rejects.toMatchObject({
      fault: { code: "rebuilding" },
    });
    expect((await second.client.records.list({ type: "lesson" })).total).toBe(5);
    expect((await second.client.search.query({ text: "lesson" })).total).toBe(5);
    await second.engine.upToDate();
    expect((await second.client.jobs.list({})).map(({ label }) => label)).toEqual(["Update"]);
    expect(await second.client.transfers.imports({})).toEqual([]);
    expect((await check(second)).ok).toBe(true);
  });

  test("lists that cannot be made anew sends nothing to the shared folder before they are", async () => {
    using folder = temporaryFolder();
    const profile = folder.path;
    const first = await createTestEngine({ profile });
    await writeLessons(first, 2);
    await first[Symbol.asyncDispose]();
    tamper(
      profile,
      "UPDATE change_log SET body = '!' || body WHERE sequence = 11; UPDATE projection SET version = 99",
    );

    await using second = await createTestEngine({ profile, start: false, keepsInSync: true });
    /** Whoever looks at the folder on its own takes the lease first. */
    const looks = () => {
      const local = new Sqlite(path.join(profile, "local.db"), { readonly: true });
      const leases = local.prepare("SELECT count(*) FROM sync_lease").pluck().get();
      local.close();
      return leases === 1;
    };
    await expect(second.engine.upToDate()).rejects.toMatchObject({ code: "outdated" });
    // Whatever changes, sharing sees that the lists are not there.
    await second.client.workspace.protect({ passphrase: "correct horse battery" });
    for (let turn = 0; turn < 10; turn += 1) await new Promise((next) => setTimeout(next, 0));
    expect(looks()).toBe(false);

    tamper(profile, "UPDATE change_log SET body = substr(body, 2) WHERE sequence = 11");
    expect(await second.ended(await second.client.health.rebuild({}))).toMatchObject({
      state: "done",
    });
    await expect.poll(looks, { timeout: 60_000 }).toBe(true);
  });

  test("says in one sentence that a profile is of a newer version, and leaves nothing open", async () => {
    using folder = temporaryFolder();
    const profile = folder.path;
    const first = await createTestEngine({ profile });
    await first[Symbol.asyncDispose]();
    tamper(profile, "PRAGMA user_version = 77");
    await expect(createTestEngine({ profile })).rejects.toMatchObject({ code: "newer_database" });
    tamper(profile, `PRAGMA user_version = ${workspaceMigrations.steps.length}`);
    await using again = await createTestEngine({ profile });
    expect((await check(again)).ok).toBe(true);
  });
});

describe("two engines on one profile", () => {
  test("see each other's writes at once, and the log stays one chain", async () => {
    await using window = await createTestEngine();
    await using commandLine = await createTestEngine({ profile: window.profile, seed: 5 });
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([writeLessons(window, 3), writeLessons(commandLine, 2)]);
    }
    expect((await window.client.records.list({ type: "lesson" })).total).toBe(25);
    const found = await window.client.search.query({ text: "lesson", limit: 50 });
    expect(found.total).toBe(25);
    expect(await check(commandLine)).toMatchObject({ ok: true, changes: 35, records: 35 });
  });
});

test("closing twice is closing once, and cancels what runs", async () => {
  const app = await createTestEngine();
  await writeLessons(app, 30);
  const { job } = await app.client.health.rebuild({});
  await Promise.all([app.engine.close(), app.engine.close()]);
  expect(["cancelled", "done"]).toContain((await app.client.jobs.get({ id: job })).state);
  await app[Symbol.asyncDispose]();
});
