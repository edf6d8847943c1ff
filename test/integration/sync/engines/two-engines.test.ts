/** Whole engines over one real folder, asked as a window asks them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { createTestEngine, type TestEngine } from "#test/support/test-engine.ts";

function chosen(app: TestEngine, folder: string): string {
  return app.engine.offerSelection([folder], "Shared").id;
}

/** Ana shares her workspace in the folder; the engine of each further seed joins as Ben and so on. */
async function share(ana: TestEngine, folder: string) {
  return ana.client.sharing.create({ selection: chosen(ana, folder) });
}

async function join(steward: TestEngine, newcomer: TestEngine, folder: string): Promise<void> {
  const { code } = await steward.client.sharing.invite({ role: "member" });
  await newcomer.client.sharing.join({ selection: chosen(newcomer, folder), code, name: "Ben" });
  await newcomer.client.sharing.sync({});
  await steward.client.sharing.sync({});
  await newcomer.client.sharing.sync({});
  await newcomer.client.sharing.sync({});
}

/** A record of Ana's with a file, of which Ben knows that it is there. */
async function attach(ana: TestEngine, ben: TestEngine) {
  const { id } = await ana.client.records.create({ type: "lesson", fields: { title: "One" } });
  const bytes = Buffer.from("the content of a file").toString("base64");
  const { hash } = await ana.client.attachments.add({ record: id, name: "notes.txt", bytes });
  await ana.client.sharing.sync({});
  await ben.client.sharing.sync({});
  return { id, hash };
}

/** A workspace whose keys are gone after some writing, as after a move to another computer. */
async function keysReplaced(profile: string) {
  const old = await createTestEngine({ seed: 21, profile });
  const { id } = await old.client.records.create({
    type: "lesson",
    fields: { title: "First", tags: ["one"] },
    body: "First.",
  });
  await old.client.records.edit({ id, fields: { title: "Second", tags: ["two"] } });
  await old.client.records.edit({ id, body: "Second." });
  await old[Symbol.asyncDispose]();
  rmSync(path.join(profile, "device-keys.json"));
  return id;
}

describe("two engines on one folder", () => {
  it("share a workspace: who joins has its records, and edits go both ways", async () => {
    using folder = temporaryFolder();
    await using ana = await createTestEngine({ seed: 1 });
    await using ben = await createTestEngine({ seed: 2, start: false });
    const { library } = await share(ana, folder.path);
    const lesson = await ana.client.records.create({
      type: "lesson",
      fields: { title: "Say what you want" },
      body: "Plainly.",
    });
    await join(ana, ben, folder.path);
    const state = await ben.client.sharing.state({});
    expect(state).toMatchObject({ state: "sharing", library, problem: null, waiting: 0 });
    const seen = await ben.client.records.get({ id: lesson.id });
    expect(seen.title).toBe("Say what you want");
    const own = await ben.client.records.create({ type: "lesson", fields: { title: "From Ben" } });
    const sent = await ben.client.sharing.sync({});
    expect(sent.sent).toBeGreaterThan(0);
    const received = await ana.client.sharing.sync({});
    expect(received).toMatchObject({ waiting: 0, quarantined: [] });
    expect((await ana.client.records.get({ id: own.id })).title).toBe("From Ben");
    expect(ana.internalErrors).toEqual([]);
    expect(ben.internalErrors).toEqual([]);
  });

  it("keep both values of a conflict until somebody chooses one", async () => {
    using folder = temporaryFolder();
    await using ana = await createTestEngine({ seed: 3 });
    await using ben = await createTestEngine({ seed: 4, start: false });
    await share(ana, folder.path);
    await join(ana, ben, folder.path);
    const made = await ben.client.records.create({ type: "lesson", fields: { title: "One" } });
    await ben.client.sharing.sync({});
    await ana.client.sharing.sync({});
    const before = await ana.client.records.get({ id: made.id });
    await ana.client.records.edit({
      id: made.id,
      base: before.version,
      fields: { title: "Ana's" },
    });
    await ben.client.records.edit({
      id: made.id,
      base: before.version,
      fields: { title: "Ben's" },
    });
    await ben.client.sharing.sync({});
    await ana.client.sharing.sync({});
    await ben.client.sharing.sync({});
    const [conflict] = await ana.client.sharing.conflicts({});
    expect(conflict).toMatchObject({ id: made.id, paths: ["title"] });
    expect(await ben.client.sharing.state({})).toMatchObject({ conflicts: 1 });
    const { conflicts } = await ana.client.records.get({ id: made.id });
    const choice = conflicts[0]?.values.find(({ value }) => value === "Ben's");
    await ana.client.sharing.resolve({
      id: made.id,
      path: "title",
      change: choice?.change ?? before.version[0]!,
    });
    await ana.client.sharing.sync({});
    await ben.client.sharing.sync({});
    expect((await ben.client.records.get({ id: made.id })).title).toBe("Ben's");
    expect(await ben.client.sharing.conflicts({})).toEqual([]);
  });

  it("share what was written with keys that were replaced before, with its history", async () => {
    using folder = temporaryFolder();
    using place = temporaryFolder();
    const made = await keysReplaced(place.path);
    await using ana = await createTestEngine({ seed: 22, profile: place.path });
    await ana.client.records.edit({ id: made, fields: { title: "Third" } });
    // Whatever is said of the record but for the names of its changes.
    const read = async () => [
      (await ana.client.records.history({ id: made })).map((one) => ({ ...one, change: "" })),
      { ...(await ana.client.records.get({ id: made })), version: "" },
    ];
    const before = await read();
    const { version } = await ana.client.records.get({ id: made });
    const draft = { key: made, record: made, type: "lesson", base: version, fields: {} };
    await ana.client.drafts.save({ ...draft, body: "Third." });
    await share(ana, folder.path);
    const kept = await ana.client.drafts.get({ key: made });
    expect(kept?.base).toEqual((await ana.client.records.get({ id: made })).version);
    expect(await read()).toEqual(before);
    const job = await ana.client.health.check({});
    await ana.ended(job);
    const report = await ana.client.jobs.result({ id: job.job });
    expect(report).toMatchObject({ ok: true, problems: [] });
    await using ben = await createTestEngine({ seed: 23, start: false });
    await join(ana, ben, folder.path);
    const there = await ben.client.records.get({ id: made });
    expect(there).toMatchObject({ title: "Third", body: "Second.", conflicts: [] });
    expect(there.fields).toMatchObject({ tags: ["two"] });
    const { state, waiting } = await ben.client.sharing.state({});
    expect({ state, waiting }).toEqual({ state: "sharing", waiting: 0 });
    expect(ana.internalErrors).toEqual([]);
  });

  it("bring an attachment when somebody opens it, and not before", async () => {
    using folder = temporaryFolder();
    await using ana = await createTestEngine({ seed: 5 });
    await using ben = await createTestEngine({ seed: 6, start: false });
    await share(ana, folder.path);
    await join(ana, ben, folder.path);
    const { id, hash } = await attach(ana, ben);
    const [before] = await ben.client.attachments.list({ record: id });
    expect(before).toMatchObject({ hash, state: "absent", bytes: 21 });
    const opened = await ben.engine.readAttachment(hash);
    expect(Buffer.from(opened?.bytes ?? []).toString()).toBe("the content of a file");
    const [after] = await ben.client.attachments.list({ record: id });
    expect(after).toMatchObject({ state: "here" });
  });

  it("bring a pinned attachment by themselves as soon as the folder has it", async () => {
    using folder = temporaryFolder();
    await using ana = await createTestEngine({ seed: 15 });
    await using ben = await createTestEngine({ seed: 16, start: false });
    await share(ana, folder.path);
    await join(ana, ben, folder.path);
    const { id, hash } = await attach(ana, ben);
    const copy = path.join(folder.path, "a", hash.slice(0, 2), hash);
    const withheld = readFileSync(copy);
    rmSync(copy);
    expect(await ben.client.attachments.pin({ hash, pinned: true })).toEqual({ state: "absent" });
    await ben.client.sharing.sync({});
    const [before] = await ben.client.attachments.list({ record: id });
    expect(before).toMatchObject({ state: "absent", pinned: true });
    writeFileSync(copy, withheld);
    ben.clock.advance(10 * 60_000);
    await ben.client.sharing.sync({});
    const [after] = await ben.client.attachments.list({ record: id });
    expect(after).toMatchObject({ state: "here", pinned: true });
    expect(ben.events.at(-1)).toEqual({
      name: "records.changed",
      payload: { ids: [id], types: null },
    });
    expect(await ben.client.attachments.pin({ hash, pinned: false })).toEqual({ state: "here" });
  });

  it("do not ask for a pinned attachment with every look, and not once it is unpinned", async () => {
    using folder = temporaryFolder();
    await using ana = await createTestEngine({ seed: 17 });
    await share(ana, folder.path);
    const hash = "0".repeat(64);
    const copy = path.join(folder.path, "a", "00", hash);
    const part = path.join(ana.profile, "attachments", "00", `${hash}.part`);
    await ana.client.attachments.pin({ hash, pinned: true });
    await ana.client.sharing.sync({});
    // What came is not what the hash says, so each try would leave and clear away a part of it.
    mkdirSync(path.dirname(copy), { recursive: true });
    writeFileSync(copy, "something else");
    writeFileSync(part, "");
    await ana.client.sharing.sync({});
    expect(existsSync(part)).toBe(true);
    await ana.client.attachments.pin({ hash, pinned: false });
    ana.clock.advance(60 * 60_000);
    await ana.client.sharing.sync({});
    expect(existsSync(part)).toBe(true);
    await ana.client.attachments.pin({ hash, pinned: true });
    expect(existsSync(part)).toBe(false);
  });

  it("say in a sentence that the folder is gone, and lose nothing", async () => {
    using folder = temporaryFolder();
    await using ana = await createTestEngine({ seed: 7 });
    await share(ana, folder.path);
    rmSync(folder.path, { recursive: true });
    await ana.client.records.create({ type: "lesson", fields: { title: "Later" } });
    await expect(ana.client.sharing.sync({})).rejects.toMatchObject({
      fault: { code: "folder_unavailable" },
    });
    const state = await ana.client.sharing.state({});
    expect(state.problem?.reason).toBe("unavailable");
    expect(state.waiting).toBeGreaterThan(0);
  });

  it("hand whoever helps a report without anybody's words, names or keys", async () => {
    using folder = temporaryFolder();
    await using ana = await createTestEngine({ seed: 8 });
    await share(ana, folder.path);
    await ana.client.records.create({ type: "lesson", fields: { title: "Unspeakable" } });
    await ana.client.sharing.sync({});
    const { download } = await ana.client.sharing.supportBundle({});
    expect(ana.engine.downloadPath(download)).toMatch(/support-.*\.zip$/u);
    const health = await ana.client.sharing.folderHealth({});
    expect(health).toEqual({ setAside: [], missing: [], refused: [], events: [] });
    // The founding key has a stream and a head of its own.
    const heads = readdirSync(path.join(folder.path, "h"));
    expect(heads).toHaveLength(2);
  });
});
