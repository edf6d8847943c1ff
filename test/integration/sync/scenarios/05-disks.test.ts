/** Scenarios 22, 24, 25 and 30: disks and shares that refuse. */
import { expect, test } from "vitest";
import { type Folder, FolderError } from "#engine/sync/folder.ts";
import { openStage } from "#test/support/stage.ts";
import { bytesAt, fileOf, layAs } from "#test/support/tamper.ts";

const minute = 60_000;

test("22: while the disk is full an edit is safe here, nothing half is taken, and it goes out by itself later", async () => {
  await using stage = await openStage(["ana", "ben"]);
  const [ana, ben] = stage.pair();
  stage.carrier.setKnobs({ full: 1 });
  const id = await ana.write("Refunds");
  for (let round = 0; round < 6; round += 1) {
    await ana.device.ask((app) => app.sharing.sync({}));
    await ben.device.ask((app) => app.sharing.sync({}));
    stage.carrier.advance(minute);
  }
  expect(ana.titleOf(id)).toBe("Refunds");
  expect(ben.titleOf(id)).toBeUndefined();
  const state = await ana.ask((app) => app.sharing.state({}));
  expect(state).toMatchObject({ waiting: 1, problem: { reason: "full" } });
  expect(state.problem?.sentence).toMatch(/full/u);
  stage.carrier.setKnobs({ full: 0 });
  await stage.meet(4, minute);
  expect(ben.titleOf(id)).toBe("Refunds");
  expect(await ana.ask((app) => app.sharing.state({}))).toMatchObject({
    waiting: 0,
    problem: null,
  });
});

test("24: a virus scanner that holds every file when it is to be renamed keeps nothing back", async () => {
  let held = 0;
  const scanned = (folder: Folder): Folder => ({
    ...folder,
    rename: (from) => {
      held += 1;
      return Promise.reject(new FolderError("busy", from));
    },
  });
  await using stage = await openStage(["ana", "ben"], { between: { ana: scanned } });
  const [ana, ben] = stage.pair();
  const id = await ana.write("Refunds");
  await stage.meet(4);
  expect(held).toBeGreaterThan(0);
  expect(ben.titleOf(id)).toBe("Refunds");
  expect((await ana.ask((app) => app.sharing.state({}))).problem).toBeNull();
  expect(ana.files("").filter((path) => path.endsWith(".tmp"))).toEqual([]);
});

test("25: with a share that can only be read everything works but sending, and that is said", async () => {
  await using stage = await openStage(["ana", "ben"]);
  const [ana, ben] = stage.pair();
  const theirs = await ben.write("From Ben");
  await ben.look();
  stage.carrier.setKnobs({ readOnly: 1 });
  const own = await ana.write("Refunds");
  await ana.edit(own, { title: "Returns" });
  for (let round = 0; round < 3; round += 1) {
    await ana.device.ask((app) => app.sharing.sync({}));
    stage.carrier.advance(minute);
  }
  expect(ana.titleOf(theirs)).toBe("From Ben");
  const state = await ana.ask((app) => app.sharing.state({}));
  expect(state).toMatchObject({ waiting: 2, problem: { reason: "read_only" } });
  expect(state.problem?.sentence).toMatch(/read/u);
  stage.carrier.setKnobs({ readOnly: 0 });
  await stage.meet(4);
  expect(ben.titleOf(own)).toBe("Returns");
});

test("30: a placeholder whose content does not come is waited for, is never called damaged, and holds nothing up", async () => {
  await using stage = await openStage(["ana", "ben"]);
  const [ana, ben] = stage.pair();
  const first = await ana.write("One");
  const path = await fileOf(ana, "s/", () => ana.look());
  const contents = [bytesAt(stage, ana, path)];
  const hereFrom = stage.carrier.now() + 30 * minute;
  layAs(stage, ben, path, { contents, hereFrom });
  const second = await ana.write("Two");
  await ana.look();
  for (let round = 0; round < 4; round += 1) {
    const { quarantined } = await ben.look();
    expect(quarantined).toEqual([]);
    stage.carrier.advance(minute);
  }
  expect(ben.titleOf(second)).toBe("Two");
  expect(ben.titleOf(first)).toBeUndefined();
  expect((await ben.ask((app) => app.sharing.folderHealth({}))).setAside).toEqual([]);
  for (let round = 0; round < 8 && ben.titleOf(first) === undefined; round += 1) {
    stage.carrier.advance(15 * minute);
    await ben.look();
  }
  expect(ben.titleOf(first)).toBe("One");
});
