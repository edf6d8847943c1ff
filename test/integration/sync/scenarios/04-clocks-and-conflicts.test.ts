/** Scenarios 17 to 21: wrong clocks, and people who write the same at the same time. */
import { describe, expect, test } from "vitest";
import { openStage, type Player } from "#test/support/stage.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const text = "Open the case first. Read what the customer wrote. Answer in plain words.\n";

/** The device's changes in its order, with the times that they carry. */
function timesOf(player: Player, device: string): readonly string[] {
  return player.device.look((db) =>
    db
      .prepare<[string], string>("SELECT at FROM change_log WHERE device = ? ORDER BY sequence")
      .pluck()
      .all(device),
  );
}

test("17: a clock that is a year ahead costs nobody a later edit, poisons no other clock, and is told", async () => {
  await using stage = await openStage(["ana", "ben", "cleo"]);
  const [ana, ben, cleo] = stage.three();
  stage.carrier.setSkew("ana", 365 * day);
  const id = await ana.write("A year ahead");
  await stage.meet(3, minute);
  await ben.edit(id, { title: "Ben, later" });
  await stage.meet(3, minute);
  await cleo.edit(id, { title: "Cleo, later still" });
  await stage.meet(3, minute);
  for (const player of stage.players) {
    expect(player.titleOf(id)).toBe("Cleo, later still");
    expect((await player.get(id)).conflicts).toEqual([]);
  }
  const limit = (stage.carrier.now() + 6 * minute).toString(16).padStart(11, "0");
  for (const at of timesOf(ben, ben.deviceId())) expect(at.slice(0, 11) < limit).toBe(true);
  const members = await ben.ask((app) => app.sharing.members({}));
  const ahead = members.find(({ name }) => name === "Ana")?.devices[0]?.clockAhead;
  expect(ahead).toBeGreaterThan(364 * 24 * 60);
  expect(members.find(({ name }) => name === "cleo")?.devices[0]?.clockAhead).toBeNull();
});

test("18: a clock that jumps back two days between two edits changes no order", async () => {
  await using stage = await openStage(["ana", "ben"]);
  const [ana, ben] = stage.pair();
  const id = await ana.write("One");
  await ana.edit(id, { title: "Two" });
  stage.carrier.setSkew("ana", -2 * day);
  await ana.edit(id, { title: "Three" });
  await stage.meet(3, minute);
  await ana.edit(id, { title: "Four" });
  await stage.meet(3, minute);
  for (const player of stage.players) {
    expect(player.titleOf(id)).toBe("Four");
    const told = [];
    for (let revision = 1; revision <= 4; revision += 1) {
      told.push((await player.ask((app) => app.records.get({ id, revision }))).title);
    }
    expect(told).toEqual(["One", "Two", "Three", "Four"]);
  }
  expect((await ben.get(id)).conflicts).toEqual([]);
});

describe("two people who write at the same time", () => {
  test("19: in different sentences: both are there, told to be merged, and the next save pins it", async () => {
    await using stage = await openStage(["ana", "ben"]);
    const [ana, ben] = stage.pair();
    const id = await ana.write("Refunds", text);
    await stage.meet(3);
    await ana.edit(id, {}, text.replace("Open", "Always open"));
    await ben.edit(id, {}, text.replace("plain", "short and plain"));
    await stage.meet(4);
    const merged =
      "Always open the case first. Read what the customer wrote. Answer in short and plain words.\n";
    for (const player of stage.players) {
      const record = await player.get(id);
      expect(record.body).toBe(merged);
      expect(record.conflicts).toEqual([]);
      expect(record.mergedFrom).toHaveLength(2);
    }
    await ana.edit(id, {}, `${merged}And say thank you.\n`);
    await stage.meet(4);
    expect(await ben.get(id)).toMatchObject({
      body: `${merged}And say thank you.\n`,
      mergedFrom: [],
    });
  });

  test("20: in the same sentence: both versions are kept side by side until somebody chooses", async () => {
    await using stage = await openStage(["ana", "ben"]);
    const [ana, ben] = stage.pair();
    const id = await ana.write("Refunds", text);
    await stage.meet(3);
    const [hers, his] = ["Answer at once.", "Answer within a week."].map((sentence) =>
      text.replace("Answer in plain words.", sentence),
    ) as [string, string];
    await ana.edit(id, {}, hers);
    await ben.edit(id, {}, his);
    await stage.meet(4);
    for (const player of stage.players) {
      const { conflicts } = await player.get(id);
      expect(conflicts.map(({ path }) => path)).toEqual(["body"]);
      expect(conflicts[0]?.values.map(({ value }) => value).toSorted()).toEqual(
        [hers, his].toSorted(),
      );
      expect((await player.ask((app) => app.sharing.state({}))).conflicts).toBe(1);
    }
    const { conflicts } = await ben.get(id);
    const choice = conflicts[0]?.values.find(({ value }) => value === hers);
    if (choice === undefined) throw new Error("Ana's version is there.");
    await ben.ask((app) => app.sharing.resolve({ id, path: "body", change: choice.change }));
    await stage.meet(4);
    for (const player of stage.players) {
      expect(await player.get(id)).toMatchObject({ body: hers, conflicts: [] });
    }
    const history = await ana.ask((app) => app.records.history({ id }));
    expect(history.length).toBeGreaterThanOrEqual(4);
  });

  test("21: one removes what the other edits: the record comes back with the edit", async () => {
    await using stage = await openStage(["ana", "ben"]);
    const [ana, ben] = stage.pair();
    const id = await ana.write("Refunds", text);
    await stage.meet(3);
    await ana.ask((app) => app.records.remove({ ids: [id] }));
    await ben.edit(id, { title: "Refunds, still needed" });
    await stage.meet(4);
    for (const player of stage.players) {
      expect(await player.get(id)).toMatchObject({
        title: "Refunds, still needed",
        removedAt: null,
      });
    }
    await ana.ask((app) => app.records.remove({ ids: [id] }));
    await stage.meet(4);
    expect((await ben.get(id)).removedAt).not.toBeNull();
  });
});
