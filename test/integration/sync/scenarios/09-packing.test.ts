/** Packing that fails or dies at each of its calls to the folder, one after another. */
import { expect, test } from "vitest";
import { type Folder, FolderError } from "#engine/sync/folder.ts";
import { parseName } from "#shared/format/names.ts";
import { SimulatedCrash } from "#test/support/carrier-workings.ts";
import { openStage } from "#test/support/stage.ts";
import { hashOf } from "#test/support/tamper.ts";

const minute = 60_000;

/** Lets the call of this number fail, before or after it was done. */
function failing() {
  let left = Infinity;
  let error: (path: string) => Error = (path) => new FolderError("full", path);
  let after = false;
  async function pass<T>(path: string, call: () => Promise<T>): Promise<T> {
    left -= 1;
    if (left !== 0) return call();
    if (after) await call();
    throw error(path);
  }
  return {
    at: (call: number) => {
      left = call;
      after = call % 2 === 0;
      error = (path) =>
        call % 3 === 0 ? new FolderError("unavailable", path) : new SimulatedCrash(path);
    },
    happened: () => left <= 0,
    between: (folder: Folder): Folder => ({
      list: (path) => pass(path, () => folder.list(path)),
      stat: (path) => pass(path, () => folder.stat(path)),
      read: (path, part) => pass(path, () => folder.read(path, part)),
      write: (path, bytes) => pass(path, () => folder.write(path, bytes)),
      rename: (from, to) => pass(from, () => folder.rename(from, to)),
      remove: (path) => pass(path, () => folder.remove(path)),
      makeFolder: (path) => pass(path, () => folder.makeFolder(path)),
      watch: (changed) => folder.watch(changed),
    }),
  };
}

test("packing that fails or dies at any call loses nothing and leaves no other file than it should", async () => {
  const failure = failing();
  await using stage = await openStage(["ana", "ben"], { between: { ana: failure.between } });
  const [ana, ben] = stage.pair();
  const ids = [];
  let call = 0;
  let through = false;
  while (!through && call < 120) {
    call += 1;
    for (const part of ["a", "b"]) {
      ids.push(await ana.write(`Lesson ${call} ${part}`));
      await ana.look();
      stage.carrier.advance(minute);
    }
    failure.at(call);
    await ana.device.ask((app) => app.sharing.compact({}));
    await ana.device.ask((app) => app.sharing.sync({}));
    through = !failure.happened();
    failure.at(Infinity);
  }
  expect(through).toBe(true);
  expect(call).toBeGreaterThan(8);
  await stage.meet(6, minute);
  expect(ids.map((id) => ben.titleOf(id)).filter((title) => title === undefined)).toEqual([]);
  expect(ana.files("p/").length).toBeGreaterThan(0);
  for (const path of ana.files("")) {
    const name = parseName(path);
    const [copy] = stage.carrier.viewOf("ana").get(path);
    if (name !== undefined && "hash" in name && copy !== undefined) {
      expect([path, hashOf(copy.bytes)]).toEqual([path, name.hash]);
    }
  }
  const job = await ana.ask((app) => app.health.check({}));
  for (;;) {
    const { state } = await ana.ask((app) => app.jobs.get({ id: job.job }));
    if (state !== "running") break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await ana.ask((app) => app.jobs.result({ id: job.job }))).toMatchObject({ ok: true });
}, 300_000);
