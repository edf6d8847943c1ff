/** The shared folder over real carriers: what the simulator claims, shown by software that is not ours. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFileFolder } from "#engine/sync/files/file-folder.ts";
import { isSetApart, parseName } from "#shared/format/names.ts";
import { type FolderUnderTest, folderContract } from "#test/support/folder-contract.ts";
import { until } from "./daemon.ts";
import type { Meeting } from "./meeting.ts";
import { realCarriers, titleOf } from "./real-carriers.ts";
import { startSyncthing, syncthingMissing } from "./syncthing.ts";

for (const carrier of realCarriers) {
  const { name, missing, start } = carrier;
  describe.skipIf(missing !== undefined)(titleOf(carrier), () => {
    let meeting: Meeting | undefined;
    let folders = 0;

    beforeAll(async () => {
      meeting = await start();
    }, 60_000);

    afterAll(async () => {
      await meeting?.[Symbol.asyncDispose]();
    }, 20_000);

    function places() {
      if (meeting === undefined) throw new Error(`${name} has not started`);
      return meeting.places;
    }

    async function settled() {
      await meeting?.settled();
    }

    /** A new empty folder in the shared one, as the first computer sees it. */
    function openNew(): Promise<FolderUnderTest> {
      folders += 1;
      const place = path.join(places()[0], `contract-${folders}`);
      mkdirSync(place);
      return Promise.resolve({
        folder: createFileFolder({ root: place }),
        [Symbol.asyncDispose]: () => {
          rmSync(place, { recursive: true, force: true });
          return Promise.resolve();
        },
      });
    }

    folderContract(`on ${name}`, openNew);

    test("what one computer publishes is whole on the other", async () => {
      const [ana, ben] = places().map((root) => createFileFolder({ root }));
      const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 31) & 255);
      await ana!.makeFolder("s/ab/abcd");
      await ana!.write("s/ab/abcd/0123456789abcdef.tmp", bytes);
      await ana!.rename("s/ab/abcd/0123456789abcdef.tmp", "s/ab/abcd/000007.gs");
      await settled();
      await until("it has arrived", async () => {
        const { size } = await ben!.stat("s/ab/abcd/000007.gs").catch(() => ({ size: -1 }));
        return size === bytes.length;
      });
      expect(Buffer.compare(await ben!.read("s/ab/abcd/000007.gs"), bytes)).toBe(0);
      const names = (await ben!.list("s/ab/abcd")).filter((entry) => !isSetApart(entry.name));
      expect(names.map((entry) => entry.name)).toEqual(["000007.gs"]);
    });

    test("what one computer removes is gone on the other, and nothing else", async () => {
      const [ana, ben] = places().map((root) => createFileFolder({ root }));
      await ana!.makeFolder("h");
      await ana!.write("h/one", new Uint8Array(10));
      await ana!.write("h/two", new Uint8Array(20));
      await settled();
      await until("both are there", async () => (await ben!.list("h")).length === 2);
      await ben!.remove("h/one");
      await settled();
      await until("one is gone", async () => (await ana!.list("h")).length === 1);
      expect((await ana!.list("h")).map((entry) => entry.name)).toEqual(["two"]);
    });

    test("two computers write hundreds of small files at once, and both have all of them", async () => {
      const roots = places().map((root) => createFileFolder({ root }));
      await roots[0]!.makeFolder("many");
      await settled();
      await until("the folder is there", async () =>
        (await roots[1]!.list("")).some((entry) => entry.name === "many"),
      );
      const writing = roots.map(async (folder, computer) => {
        for (let index = 0; index < 150; index += 1) {
          await folder.write(`many/${computer}-${index}.gs`, new Uint8Array(200).fill(index));
        }
      });
      await Promise.all(writing);
      await settled();
      for (const folder of roots) {
        await until("all are there", async () => (await folder.list("many")).length === 300);
        for (const index of [0, 74, 149]) {
          expect([...(await folder.read(`many/1-${index}.gs`)).subarray(0, 2)]).toEqual([
            index,
            index,
          ]);
        }
      }
    });
  });
}

describe.skipIf(syncthingMissing() !== undefined)("a conflict in Syncthing", () => {
  test("leaves both contents, the loser's under a name that says nothing", async () => {
    await using meeting = await startSyncthing();
    const [ana, ben] = meeting.places;
    const name = `j/${"0".repeat(16)}.gj`;
    for (const [index, place] of [ana, ben].entries()) {
      mkdirSync(path.join(place, "j"), { recursive: true });
      writeFileSync(path.join(place, name), `content ${index}`);
    }
    await meeting.settled();
    const namesIn = (place: string) =>
      readdirSync(path.join(place, "j")).filter((one) => !isSetApart(one));
    await until("the loser is there", () =>
      [ana, ben].every((place) => namesIn(place).length === 2),
    );
    const contents = namesIn(ana).map((one) => readFileSync(path.join(ana, "j", one), "utf8"));
    expect(contents.toSorted()).toEqual(["content 0", "content 1"]);
    const loser = namesIn(ana).find((one) => one.includes(".sync-conflict-"));
    expect(loser).toBeDefined();
    expect(parseName(`j/${loser}`)).toBeUndefined();
    expect(parseName(name)).toBeDefined();
  }, 60_000);
});
