/** Scenarios 26, 27, 29 and 32: backups, copied profiles, and people who are removed. */
import { describe, expect, test } from "vitest";
import {
  bodiesOf,
  placeFor,
  plant,
  segmentBy,
  stolenKeys,
  streamOf,
} from "#test/support/hostile-files.ts";
import { openStage, type Player, type Stage } from "#test/support/stage.ts";

const minute = 60_000;

async function personOf(asking: Player, name: string) {
  const members = await asking.ask((app) => app.sharing.members({}));
  const found = members.find((one) => one.name === name);
  if (found === undefined) throw new Error(`Nobody is called ${name}`);
  return found;
}

const incarnation = (player: Player) => streamOf(player).incarnation;

describe("26: a database from last week's backup", () => {
  test("26a: with the folder in reach takes its own later changes from there, and no fork comes of it", async () => {
    await using stage = await openStage(["ana", "ben"]);
    const [ana, ben] = stage.pair();
    const backup = await ana.device.backup();
    const ids = [await ana.write("Later"), await ana.write("Later still")];
    await stage.meet(3);
    await ana.device.putBack(backup, "profile");
    expect(ana.titleOf(ids[0]!)).toBeUndefined();
    await ana.look();
    expect(ids.map((id) => ana.titleOf(id))).toEqual(["Later", "Later still"]);
    const fresh = await ana.write("Afterwards");
    await stage.meet(3);
    expect(ben.titleOf(fresh)).toBe("Afterwards");
    const { devices } = await personOf(ben, "Ana");
    expect(devices.map(({ forked }) => forked)).toEqual([false]);
  });

  test("26b: out of reach begins a new life, so that nothing is written twice at one place", async () => {
    await using stage = await openStage(["ana", "ben"]);
    const [ana, ben] = stage.pair();
    const backup = await ana.device.backup();
    const later = await ana.write("Later");
    await stage.meet(3);
    const before = incarnation(ana);
    // What the computer remembers beside the database tells that it once was further.
    await ana.device.putBack(backup, "database");
    expect(incarnation(ana)).not.toBe(before);
    const offline = await ana.write("Written offline");
    await stage.meet(4);
    for (const player of stage.players) {
      expect([later, offline].map((id) => player.titleOf(id))).toEqual([
        "Later",
        "Written offline",
      ]);
    }
    expect((await personOf(ben, "Ana")).devices.map(({ forked }) => forked)).toEqual([false]);
  });
});

test("27: a profile copied to a second computer: what both write is kept, both begin new lives, and it is told", async () => {
  await using stage = await openStage(["ana", "ben", "cleo"]);
  const [ana, , cleo] = stage.three();
  const twin = await stage.enter("pc6", await ana.device.backup());
  const before = incarnation(ana);
  const ids = [await ana.write("At the desk"), await twin.write("On the train")];
  await stage.meet(4, minute);
  for (const player of stage.players) {
    expect(ids.map((id) => player.titleOf(id))).toEqual(["At the desk", "On the train"]);
  }
  expect(new Set([before, incarnation(ana), incarnation(twin)]).size).toBe(3);
  expect((await personOf(cleo, "Ana")).devices.map(({ forked }) => forked)).toEqual([true]);
  const more = [await ana.write("Desk again"), await twin.write("Train again")];
  await stage.meet(4, minute);
  expect(more.map((id) => cleo.titleOf(id))).toEqual(["Desk again", "Train again"]);
});

describe("29: somebody who is removed", () => {
  const set = (value: string) => ({ kind: "set", path: "title", value, after: [] });

  /** Eva has written two lessons that everybody has, is offline, and is removed. */
  async function removedOffline(stage: Stage) {
    const [ana, , eva] = stage.three();
    const kept = [await eva.write("Before one"), await eva.write("Before two")];
    await stage.meet(4);
    const late = [];
    for (let number = 0; number < 20; number += 1) late.push(await eva.write(`Late ${number}`));
    const { person } = await personOf(ana, "eva");
    await ana.ask((app) => app.sharing.removeMember({ person }));
    await ana.look();
    return { kept, late, person };
  }

  test("29a: what she wrote until then stays, what she brings later waits, and a steward takes it over", async () => {
    await using stage = await openStage(["ana", "ben", "eva"]);
    const [ana, ben, eva] = stage.three();
    const { kept, late, person } = await removedOffline(stage);
    stage.carrier.advance(minute);
    await eva.device.ask((app) => app.sharing.sync({}));
    await stage.meet(3);
    expect(kept.map((id) => ben.titleOf(id))).toEqual(["Before one", "Before two"]);
    expect(late.map((id) => ben.titleOf(id)).filter((title) => title !== undefined)).toEqual([]);
    expect((await personOf(ana, "eva")).late).toBe(20);
    expect(await ana.ask((app) => app.sharing.adopt({ person }))).toEqual({ changes: 20 });
    await stage.meet(3);
    expect(late.map((id) => ben.titleOf(id))).toEqual(late.map((_, number) => `Late ${number}`));
  });

  test("29b: whoever has her keys cannot write into the time before", async () => {
    await using stage = await openStage(["ana", "ben", "eva"]);
    const [ana, ben, eva] = stage.three();
    const end = streamOf(eva);
    const { kept } = await removedOffline(stage);
    const keys = await stolenKeys(eva);
    const [record] = kept;
    if (record === undefined) throw new Error("She wrote something.");
    // The same places as what she wrote honestly, at times before her removal.
    const bodies = bodiesOf(end, [
      { record, writes: [set("Backdated")], at: stage.carrier.now() - 60 * minute },
      { record, writes: [set("Backdated again")], at: stage.carrier.now() - 59 * minute },
    ]);
    const bytes = segmentBy(keys, end, bodies);
    plant(stage, placeFor(end, bytes, bodies.length), bytes);
    await ben.look(true);
    await ana.look(true);
    expect([ana, ben].map((player) => player.titleOf(record))).toEqual([
      "Before one",
      "Before one",
    ]);
    const { refused } = await ben.ask((app) => app.sharing.folderHealth({}));
    expect(refused).toContainEqual(expect.objectContaining({ reason: "removed", record }));
  });
});

test("32: two stewards who remove each other at once are both out, everywhere", async () => {
  await using stage = await openStage(["ana", "ben", "cleo"]);
  const [ana, ben, cleo] = stage.three();
  const [hers, his] = [await personOf(cleo, "Ana"), await personOf(cleo, "ben")];
  await ana.ask((app) => app.sharing.removeMember({ person: his.person }));
  await ben.ask((app) => app.sharing.removeMember({ person: hers.person }));
  await stage.meet(4);
  for (const name of ["Ana", "ben"]) expect((await personOf(cleo, name)).state).toBe("removed");
  for (const player of [ana, ben]) {
    const { problem } = await player.ask((app) => app.sharing.state({}));
    expect(problem?.reason).toBe("removed");
  }
});
