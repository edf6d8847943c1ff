/** Scenarios 1 to 8: how files arrive. */
import { describe, expect, test } from "vitest";
import { openStage } from "#test/support/stage.ts";
import { bytesAt, fileOf, flipped, lay, layAs } from "#test/support/tamper.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

describe("a file that comes in parts", () => {
  test("1: visible at 0 bytes, then half, then full, it is taken once it is whole, and nobody is bothered", async () => {
    await using stage = await openStage(["ana", "ben"]);
    const [ana, ben] = stage.pair();
    const id = await ana.write("Refunds");
    const path = await fileOf(ana, "s/", () => ana.look());
    const whole = bytesAt(stage, ana, path);
    for (const part of [0, Math.floor(whole.length / 2)]) {
      lay(stage, ben, path, whole.slice(0, part));
      const { quarantined } = await ben.look();
      expect(quarantined).toEqual([{ path, reason: "truncated" }]);
      expect(ben.titleOf(id)).toBeUndefined();
      expect((await ben.ask((app) => app.sharing.folderHealth({}))).setAside).toEqual([]);
      stage.carrier.advance(minute);
    }
    lay(stage, ben, path, whole);
    await ben.look();
    expect(ben.titleOf(id)).toBe("Refunds");
  });

  test("2: its author reads it back and writes it again, and where the author is gone others pass it on", async () => {
    await using stage = await openStage(["ana", "ben", "cleo"]);
    const [ana, ben, cleo] = stage.three();
    const first = await ana.write("Refunds");
    const path = await fileOf(ana, "s/", () => ana.look());
    const whole = bytesAt(stage, ana, path);
    for (const player of stage.players) lay(stage, player, path, whole.slice(0, 99));
    stage.carrier.advance(minute);
    await ana.look();
    expect(bytesAt(stage, ana, path)).toEqual(whole);
    stage.carrier.advance(minute);
    await ben.look();
    expect(ben.titleOf(first)).toBe("Refunds");

    const second = await ana.write("Returns");
    const other = await fileOf(ana, "s/", () => ana.look());
    const half = bytesAt(stage, ana, other).slice(0, 99);
    lay(stage, ben, other, half);
    await cleo.look();
    expect(cleo.titleOf(second)).toBe("Returns");
    // Ana's laptop is drowned; the half file in Ben's copy of the folder is never completed.
    for (let round = 0; round < 150 && ben.titleOf(second) === undefined; round += 1) {
      stage.carrier.advance(30 * minute);
      lay(stage, ben, other, half);
      await ben.look();
      await cleo.look();
    }
    expect(ben.titleOf(second)).toBe("Returns");
    await ben.look(true);
    const { setAside } = await ben.ask((app) => app.sharing.folderHealth({}));
    expect(setAside.map(({ path, reason }) => [path, reason])).toContainEqual([other, "truncated"]);
  });
});

test("3: of files that come before an earlier one, what does not need it is shown at once and the rest waits", async () => {
  await using stage = await openStage(["ana", "ben"]);
  const [ana, ben] = stage.pair();
  const first = await ana.write("One");
  const path = await fileOf(ana, "s/", () => ana.look());
  const whole = bytesAt(stage, ana, path);
  lay(stage, ben, path);
  await ana.edit(first, { title: "One, edited" });
  await ana.look();
  const others = [];
  for (const title of ["Two", "Three", "Four", "Five"]) {
    others.push(await ana.write(title));
    await ana.look();
  }
  await ben.look();
  expect(others.map((id) => ben.titleOf(id))).toEqual(["Two", "Three", "Four", "Five"]);
  expect(ben.titleOf(first)).toBeUndefined();
  const { refused } = await ben.ask((app) => app.sharing.folderHealth({}));
  expect(refused).toMatchObject([{ reason: "waiting", record: first, changes: 1 }]);
  expect((await ben.ask((app) => app.sharing.state({}))).missing).toBeGreaterThan(0);
  lay(stage, ben, path, whole);
  await ben.look();
  expect(ben.titleOf(first)).toBe("One, edited");
  expect((await ben.ask((app) => app.sharing.folderHealth({}))).refused).toEqual([]);
});

test("4: a file that comes forty days late with an old time is taken", async () => {
  await using stage = await openStage(["ana", "ben"]);
  const [ana, ben] = stage.pair();
  const id = await ana.write("Refunds");
  const path = await fileOf(ana, "s/", () => ana.look());
  const contents = [bytesAt(stage, ana, path)];
  lay(stage, ben, path);
  await ben.look();
  await ben.write("Meanwhile");
  await ben.look();
  stage.carrier.advance(40 * day);
  await ben.look();
  layAs(stage, ben, path, { contents, modified: stage.carrier.now() - 70 * day });
  for (let time = 0; time < 8; time += 1) await ben.look();
  expect(ben.titleOf(id)).toBe("Refunds");
});

describe("a name that a carrier changed", () => {
  const conflict = (path: string) => path.replace(".gs", " (Bob's conflicted copy 2026-01-02).gs");

  test("5: a conflicted copy beside the original is taken for what it is, once", async () => {
    await using stage = await openStage(["ana", "ben"]);
    const [ana, ben] = stage.pair();
    const id = await ana.write("Refunds");
    const path = await fileOf(ana, "s/", () => ana.look());
    lay(stage, ben, conflict(path), bytesAt(stage, ana, path));
    expect(await ben.look(true)).toMatchObject({ received: 1, quarantined: [] });
    expect(ben.titleOf(id)).toBe("Refunds");
    await stage.meet(4);
    expect(await ben.look()).toMatchObject({ received: 0, filesOpened: 0 });
  });

  test("6: where only the conflicted copy survives, it counts", async () => {
    await using stage = await openStage(["ana", "ben"]);
    const [ana, ben] = stage.pair();
    const id = await ana.write("Refunds");
    const path = await fileOf(ana, "s/", () => ana.look());
    lay(stage, ben, conflict(path), bytesAt(stage, ana, path));
    lay(stage, ben, path);
    await ben.look();
    expect(ben.titleOf(id)).toBe("Refunds");
  });

  test("7: of two files under one name the good one is taken in the end", async () => {
    await using stage = await openStage(["ana", "ben"]);
    const [ana, ben] = stage.pair();
    const id = await ana.write("Refunds");
    const path = await fileOf(ana, "s/", () => ana.look());
    const whole = bytesAt(stage, ana, path);
    lay(stage, ben, path, flipped(whole), whole);
    for (let round = 0; round < 12 && ben.titleOf(id) === undefined; round += 1) {
      await ben.look();
      stage.carrier.advance(10 * minute);
    }
    expect(ben.titleOf(id)).toBe("Refunds");
  });

  test("8: files that a colleague moved into a folder are found there, and put back where they were", async () => {
    await using stage = await openStage(["ana", "ben"]);
    const [ana, ben] = stage.pair();
    const id = await ana.write("Refunds");
    const path = await fileOf(ana, "s/", () => ana.look());
    const whole = bytesAt(stage, ana, path);
    for (const player of stage.players) {
      lay(stage, player, path);
      lay(stage, player, "old/2026/january/refunds/from ana.gs", whole);
    }
    await ben.look(true);
    expect(ben.titleOf(id)).toBe("Refunds");

    await ana.look();
    const deep = await ana.write("Returns");
    const other = await fileOf(ana, "s/", () => ana.look());
    const far = "a/b/c/d/e/f/g/h/from ana.gs";
    for (const player of stage.players) {
      lay(stage, player, far, bytesAt(stage, ana, other));
    }
    for (const player of stage.players) lay(stage, player, other);
    await ben.look(true);
    expect(ben.titleOf(deep)).toBeUndefined();
    await stage.meet(8, 6 * minute);
    expect(ana.files("s/")).toContain(other);
    expect(ben.titleOf(deep)).toBe("Returns");
  });
});
