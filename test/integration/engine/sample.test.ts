import { expect, test } from "vitest";
import { createTestEngine } from "#test/support/test-engine.ts";

test("a sample workspace is filled, says that it is one, and is whole", async () => {
  await using app = await createTestEngine({ start: false });
  await app.client.workspace.start({ name: "Ana", department: "Customer Support", sample: true });
  expect(await app.client.workspace.state({})).toMatchObject({
    state: "ready",
    sample: true,
    name: "Sample workspace",
    person: { name: "Ana" },
    department: { name: "Customer Support" },
  });
  const { types } = await app.client.records.counts({});
  const counts = Object.fromEntries(types.map((one) => [one.type, one.count]));
  expect(counts["skill_domain"]).toBe(8);
  expect(counts["playbook"]).toBeGreaterThan(20);
  expect(counts["lesson"]).toBeGreaterThan(20);
  expect(counts["person"]).toBeGreaterThan(10);
  const departments = await app.client.records.list({ type: "department", sort: "title" });
  const names = departments.records.map((one) => one.title);
  expect(names).toEqual([...new Set(names)]);
  const started = await app.client.health.check({});
  await app.ended(started);
  expect(await app.client.jobs.result({ id: started.job })).toMatchObject({ ok: true });
});
