import { describe, expect, test } from "vitest";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { createTestEngine } from "#test/support/test-engine.ts";

describe("a new profile", () => {
  test("is empty until somebody starts a workspace in it", async () => {
    await using app = await createTestEngine({ start: false });
    expect(await app.client.workspace.state({})).toMatchObject({
      state: "empty",
      workspace: null,
      person: null,
      keyProtection: null,
      keyStoreAvailable: false,
    });
    const writing = app.client.records.create({ type: "lesson", fields: { title: "Too early" } });
    await expect(writing).rejects.toMatchObject({ fault: { code: "no_workspace" } });
    const started = await app.client.workspace.start({ name: " Ana Ruiz ", department: "Support" });
    expect(await app.client.workspace.state({})).toMatchObject({
      state: "ready",
      name: "Support",
      sample: false,
      workspace: started.workspace,
      device: started.device,
      person: { id: started.person, name: "Ana Ruiz" },
      department: { name: "Support" },
      keyProtection: "file_permissions",
    });
    expect(app.events.map((event) => event.name)).toContain("workspace.changed");
  });

  test("begins with its person, their department and the eight domains of skill", async () => {
    await using app = await createTestEngine();
    const { counts, list, get } = app.client.records;
    const types = Object.fromEntries((await counts({})).types.map((one) => [one.type, one.count]));
    expect(types).toMatchObject({ person: 1, department: 1, skill_domain: 8 });
    const domains = await list({ type: "skill_domain", sort: "title" });
    expect(domains.records.map((record) => record.title)).toEqual([
      "AI fluency for leaders",
      "AI-driven experience design",
      "Automation strategy",
      "Compliance",
      "Data use & integrity",
      "Empathy & human judgement",
      "Ethics",
      "Governance",
    ]);
    const person = await get({ id: app.me!.person });
    expect(person.createdBy?.id).toBe(app.me!.person);
    expect(person.fields).toMatchObject({
      display_name: "Ana",
      department_id: app.me!.department,
      devices: [(await app.client.workspace.state({})).device],
    });
    expect(person.fields["public_keys"]).toHaveLength(2);
  });

  test("cannot be started twice, and the second attempt changes nothing", async () => {
    await using app = await createTestEngine();
    const before = await app.client.workspace.state({});
    const again = app.client.workspace.start({ name: "Ben", department: "Billing" });
    await expect(again).rejects.toMatchObject({ fault: { code: "exists" } });
    expect(await app.client.workspace.state({})).toEqual(before);
  });
});

describe("an existing profile", () => {
  test("opens again as it was", async () => {
    using folder = temporaryFolder();
    const profile = folder.path;
    const first = await createTestEngine({ profile });
    const { id } = await first.client.records.create({ type: "lesson", fields: { title: "Kept" } });
    const state = await first.client.workspace.state({});
    await first[Symbol.asyncDispose]();
    await using second = await createTestEngine({ profile, seed: 2 });
    expect(await second.client.workspace.state({})).toEqual(state);
    expect((await second.client.records.get({ id })).title).toBe("Kept");
  });

  test("with a passphrase can be read while locked and written once unlocked", async () => {
    using folder = temporaryFolder();
    const profile = folder.path;
    const first = await createTestEngine({ profile });
    expect(await first.client.workspace.protect({ passphrase: "open sesame" })).toEqual({
      keyProtection: "passphrase",
    });
    await first[Symbol.asyncDispose]();
    await using second = await createTestEngine({ profile, start: false });
    expect(await second.client.workspace.state({})).toMatchObject({ state: "locked" });
    expect((await second.client.records.list({ type: "skill_domain" })).total).toBe(8);
    const create = () =>
      second.client.records.create({ type: "lesson", fields: { title: "Unlocked" } });
    await expect(create()).rejects.toMatchObject({ fault: { code: "locked" } });
    const wrong = second.client.workspace.unlock({ passphrase: "open barley" });
    await expect(wrong).rejects.toMatchObject({ fault: { code: "wrong_passphrase" } });
    await second.client.workspace.unlock({ passphrase: "open sesame" });
    expect(await second.client.workspace.state({})).toMatchObject({ state: "ready" });
    expect((await create()).revision).toBe(1);
  });
});

test("keys in a key store that is out of reach can be neither typed nor used, only read beside", async () => {
  using folder = temporaryFolder();
  const profile = folder.path;
  const flip = async (bytes: Uint8Array) => bytes.map((byte) => byte ^ 255);
  const first = await createTestEngine({ profile, keyStore: { wrap: flip, unwrap: flip } });
  expect(await first.client.workspace.state({})).toMatchObject({ state: "ready", writable: true });
  await first[Symbol.asyncDispose]();
  await using second = await createTestEngine({ profile, start: false });
  expect(await second.client.workspace.state({})).toMatchObject({
    state: "ready",
    writable: false,
    keyProtection: "key_store",
  });
  const create = second.client.records.create({ type: "lesson", fields: { title: "No" } });
  await expect(create).rejects.toMatchObject({ fault: { code: "locked" } });
});

describe("settings", () => {
  test("start with their defaults, change one at a time and stay", async () => {
    using folder = temporaryFolder();
    const profile = folder.path;
    const first = await createTestEngine({ profile });
    expect(await first.client.workspace.settings({})).toMatchObject({
      theme: "system",
      textSize: 100,
    });
    await first.client.workspace.changeSettings({ textSize: 140 });
    const changed = await first.client.workspace.changeSettings({ theme: "dark" });
    expect(changed).toMatchObject({ theme: "dark", textSize: 140 });
    await first[Symbol.asyncDispose]();
    await using second = await createTestEngine({ profile });
    expect(await second.client.workspace.settings({})).toEqual(changed);
    const refused = second.client.workspace.changeSettings({ textSize: 500 });
    await expect(refused).rejects.toMatchObject({ fault: { kind: "refused" } });
  });
});
