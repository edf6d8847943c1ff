/** Scenarios 9 to 12: what happens to the folder as a whole. */
import { expect, test } from "vitest";
import { libraryName } from "#shared/format/names.ts";
import { openStage, type Player, type Stage } from "#test/support/stage.ts";
import { bytesAt, fileOf, flipped, lay } from "#test/support/tamper.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

async function events(player: Player): Promise<readonly string[]> {
  const health = await player.ask((app) => app.sharing.folderHealth({}));
  return health.events.map(({ sentence }) => sentence);
}

/** Looks that may fail, for as long as it takes. */
async function live(stage: Stage, rounds: number): Promise<void> {
  await stage.meet(rounds, 10 * minute);
}

test("9: when somebody deletes all files nobody loses a record, and the folder is made whole again", async () => {
  await using stage = await openStage(["ana", "ben"]);
  const [ana, ben] = stage.pair();
  const ids = [await ana.write("Refunds"), await ben.write("Returns")];
  await stage.meet(4);
  const segments = ana.files("s/");
  for (const path of ana.files("")) stage.carrier.person("ana", path);
  expect(ben.files("")).toEqual([]);
  await live(stage, 1);
  expect(ids.map((id) => ben.titleOf(id))).toEqual(["Refunds", "Returns"]);
  const state = await ben.ask((app) => app.sharing.state({}));
  expect(state.problem?.reason).toBe("damaged");
  await live(stage, 20);
  for (const player of stage.players) {
    expect(player.files("")).toContain(libraryName);
    expect(player.files("s/")).toEqual(segments);
    expect((await player.ask((app) => app.sharing.state({}))).problem).toBeNull();
    expect(ids.map((id) => player.titleOf(id))).toEqual(["Refunds", "Returns"]);
  }
  const told = [...(await events(ana)), ...(await events(ben))].join("\n");
  expect(told).toMatch(/emptied|LIBRARY|put back/u);
});

test("10: an empty place where the folder should be is not taken for it: nothing is written or deleted", async () => {
  await using stage = await openStage(["ana", "ben"]);
  const [ana, ben] = stage.pair();
  const id = await ana.write("Refunds");
  await stage.meet(3);
  const before = stage.carrier.deeds.length;
  stage.carrier.setKnobs({ emptyRoot: 1 });
  await ana.write("Returns");
  for (let round = 0; round < 12; round += 1) {
    await ana.device.ask((app) => app.sharing.sync({ full: true }));
    await ana.device.ask((app) => app.sharing.sync({}));
    stage.carrier.advance(10 * minute);
  }
  expect(stage.carrier.counts.get("wroteIntoNothing")).toBeUndefined();
  expect(stage.carrier.deeds).toHaveLength(before);
  const state = await ana.ask((app) => app.sharing.state({}));
  expect(["empty", "missing", "unavailable"]).toContain(state.problem?.reason);
  expect(state.waiting).toBe(1);
  expect(ana.titleOf(id)).toBe("Refunds");
  stage.carrier.setKnobs({ emptyRoot: 0 });
  await stage.meet(3);
  expect((await ana.ask((app) => app.sharing.state({}))).problem).toBeNull();
  expect((await ben.ask((app) => app.records.list({ type: "lesson" }))).total).toBe(2);
});

test("11: a folder that goes back three days loses nothing, and gets back what it had", async () => {
  await using stage = await openStage(["ana", "ben"]);
  const [ana, ben] = stage.pair();
  await ana.write("Old");
  await stage.meet(3);
  const old = stage.players.map((player) => stage.carrier.viewOf(player.name).clone());
  const ids = [await ana.write("Refunds"), await ben.write("Returns")];
  await stage.meet(3, minute);
  const now = ana.files("s/");
  stage.carrier.advance(3 * day);
  for (const [index, player] of stage.players.entries()) {
    const view = stage.carrier.viewOf(player.name);
    for (const path of view.paths()) view.set(path, []);
    for (const path of old[index]?.paths() ?? []) view.set(path, old[index]?.get(path) ?? []);
  }
  await live(stage, 2);
  for (const player of stage.players) {
    expect(ids.map((id) => player.titleOf(id))).toEqual(["Refunds", "Returns"]);
  }
  await live(stage, 10);
  for (const player of stage.players) expect(player.files("s/")).toEqual(now);
  const told = [...(await events(ana)), ...(await events(ben))].join("\n");
  expect(told).toMatch(/back|older/u);
});

test("12: of a pack with a byte turned nothing is taken, other copies serve, and its owner writes it again", async () => {
  await using stage = await openStage(["ana", "ben"]);
  const [ana, ben] = stage.pair();
  const ids = [];
  for (const title of ["One", "Two", "Three"]) {
    ids.push(await ana.write(title));
    await ana.look();
    stage.carrier.advance(minute);
  }
  const path = await fileOf(ana, "p/", () => ana.ask((app) => app.sharing.compact({})));
  const pack = bytesAt(stage, ana, path);
  for (const player of stage.players) lay(stage, player, path, flipped(pack));
  const { quarantined } = await ben.look(true);
  expect(quarantined).toContainEqual({ path, reason: "hash" });
  expect(ids.map((id) => ben.titleOf(id))).toEqual(["One", "Two", "Three"]);
  for (let round = 0; round < 4; round += 1) {
    stage.carrier.advance(minute);
    await ana.look(true);
  }
  expect(bytesAt(stage, ana, path)).toEqual(pack);
  expect(bytesAt(stage, ben, path)).toEqual(pack);
});
