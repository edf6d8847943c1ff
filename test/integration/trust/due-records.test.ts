import { expect, test } from "vitest";
import { createTestEngine, type TestEngine } from "#test/support/test-engine.ts";

async function playbook(app: TestEngine, title: string, verification: Record<string, string>) {
  const owner = app.me?.person;
  if (owner === undefined) throw new Error("The workspace has no person.");
  const fields = { title, owner_id: owner, verification };
  return (await app.client.records.create({ type: "playbook", fields })).id;
}

async function dueTitles(app: TestEngine, before = "2026-12-01"): Promise<readonly string[]> {
  const { records } = await app.client.records.due({ before });
  return records.map(({ title }) => title);
}

test("records whose verification ends before the day come out, the longest overdue first", async () => {
  await using app = await createTestEngine();
  await playbook(app, "Ends later", { verified_at: "2026-01-01", expires_at: "2027-01-01" });
  await playbook(app, "Ended in June", { verified_at: "2026-01-01", expires_at: "2026-06-01" });
  await playbook(app, "Ended in May", { verified_at: "2026-01-01", expires_at: "2026-05-01" });
  await playbook(app, "Never ends", { verified_at: "2026-01-01", mode: "indefinite" });
  await playbook(app, "Never verified", {});
  expect(await dueTitles(app)).toEqual(["Ended in May", "Ended in June"]);
  const { total, records } = await app.client.records.due({ before: "2026-12-01", limit: 1 });
  expect([total, records.length, records[0]?.until]).toEqual([2, 1, "2026-05-01"]);
});

test("only the owner's own come out when an owner is named", async () => {
  await using app = await createTestEngine();
  await playbook(app, "Mine", { verified_at: "2026-01-01", expires_at: "2026-06-01" });
  await app.client.records.create({
    type: "playbook",
    fields: { title: "Nobody's", verification: { expires_at: "2026-06-01" } },
  });
  expect((await dueTitles(app)).toSorted()).toEqual(["Mine", "Nobody's"]);
  const mine = await app.client.records.due({ before: "2026-12-01", owner: app.me?.person });
  expect(mine.records.map(({ title }) => title)).toEqual(["Mine"]);
});

test("what is verified anew, removed or archived needs no check any more", async () => {
  await using app = await createTestEngine();
  const overdue = { verified_at: "2026-01-01", expires_at: "2026-06-01" };
  const checked = await playbook(app, "Checked", overdue);
  const removed = await playbook(app, "Removed", overdue);
  const archived = await playbook(app, "Archived", overdue);
  await app.client.records.edit({
    id: checked,
    fields: { verification: { verified_at: "2026-11-01", expires_at: "2027-11-01" } },
  });
  await app.client.records.remove({ ids: [removed] });
  await app.client.records.edit({ id: archived, fields: { status: "archived" } });
  expect(await dueTitles(app)).toEqual([]);
  await app.client.records.putBack({ ids: [removed] });
  expect(await dueTitles(app)).toEqual(["Removed"]);
});
