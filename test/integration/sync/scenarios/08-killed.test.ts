/** Scenario 23: the app is killed after each of the calls that publishing and packing make. */
import path from "node:path";
import { expect, test } from "vitest";
import { startProcess } from "#test/support/child-process.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { createTestEngine, type TestEngine } from "#test/support/test-engine.ts";

const inOrder = { sort: "title" as const, limit: 500 };

async function titlesOf({ client }: TestEngine): Promise<readonly string[]> {
  const { records } = await client.records.list({ type: "lesson", ...inOrder });
  return records.map(({ title }) => title);
}

async function isWhole(app: TestEngine): Promise<void> {
  const job = await app.client.health.check({});
  await app.ended(job);
  expect(await app.client.jobs.result({ id: job.job })).toMatchObject({ ok: true, problems: [] });
}

test("23: killed after any call to the folder, it starts again, converges, and writes no place twice", async () => {
  using folder = temporaryFolder();
  using profiles = temporaryFolder();
  const profile = path.join(profiles.path, "ana");
  const ana = await createTestEngine({ seed: 1, profile });
  await using ben = await createTestEngine({ seed: 2, start: false });
  const chosen = (app: TestEngine) => app.engine.offerSelection([folder.path], "Shared").id;
  await ana.client.sharing.create({ selection: chosen(ana) });
  const { code } = await ana.client.sharing.invite({ role: "member" });
  await ben.client.sharing.join({ selection: chosen(ben), code, name: "Ben" });
  await ana.client.sharing.sync({});
  await ben.client.sharing.sync({});
  await ana.engine.close();

  const believed: string[] = [];
  let ended = false;
  for (let call = 1; !ended && call < 400; call += Math.max(1, Math.floor(call / 6))) {
    const child = startProcess("./share-until-killed.ts", profile, String(call), `k${call}`);
    await child.ended;
    believed.push(...child.lines.filter((line) => line !== "ended"));
    ended = child.lines.includes("ended");
  }
  expect(ended).toBe(true);

  await using again = await createTestEngine({ seed: 3, profile });
  for (const app of [again, ben, again, ben]) await app.client.sharing.sync({ full: true });
  expect(await titlesOf(again)).toEqual(expect.arrayContaining(believed));
  expect(await titlesOf(ben)).toEqual(await titlesOf(again));
  await isWhole(again);
  await isWhole(ben);
  const members = await ben.client.sharing.members({});
  expect(members.flatMap(({ devices }) => devices.map(({ forked }) => forked))).toEqual([
    false,
    false,
  ]);
}, 600_000);
