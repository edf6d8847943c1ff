/** How often the join requests of a folder are opened. */
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { nodeCryptography } from "#engine/identity/cryptography.ts";
import { createFileFolder } from "#engine/sync/files/file-folder.ts";
import { defaultPace } from "#engine/sync/pace.ts";
import { createJoinRequests } from "#engine/sync/people/join-requests.ts";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { faultyFolder } from "#test/support/faulty-folder.ts";
import { createPeopleBed, foundLibrary } from "#test/support/people-bed.ts";

/** A library with one request in its folder, and a count of the files that are opened. */
async function bedWithRequest() {
  const bed = createPeopleBed();
  const { ana, founded } = await foundLibrary(bed);
  const { code } = await ana.people.invite({ role: "member", departments: [] });
  await ana.look();
  const ben = await bed.device();
  await ben.people.join({ selection: bed.folder, code, name: "Ben" });
  const place = path.join(bed.folder, "j");
  const [name = ""] = readdirSync(place);
  const folder = faultyFolder(createFileFolder({ root: bed.folder }));
  const requests = createJoinRequests({ cryptography: nodeCryptography, pace: defaultPace });
  const library = recordIdSchema.parse(founded.library);
  let read = 0;
  const look = async (now: number) => {
    const found = await requests.in(folder, { library, now });
    const reads = folder.calls.filter(({ call }) => call === "read").length;
    const opened = reads - read;
    read = reads;
    return { names: found.map((request) => request.name), opened };
  };
  return { bed, place, name, look, [Symbol.asyncDispose]: () => bed[Symbol.asyncDispose]() };
}

it("opens a request once", async () => {
  await using scene = await bedWithRequest();
  expect(await scene.look(0)).toEqual({ names: ["Ben"], opened: 1 });
  expect(await scene.look(1)).toEqual({ names: ["Ben"], opened: 0 });
  rmSync(path.join(scene.place, scene.name));
  expect(await scene.look(2)).toEqual({ names: [], opened: 0 });
});

it("opens one that is not whole again, ever more seldom, and has it once it is", async () => {
  await using scene = await bedWithRequest();
  const whole = readFileSync(path.join(scene.place, scene.name));
  writeFileSync(path.join(scene.place, scene.name), whole.subarray(0, 100));
  const { first } = defaultPace.failedFile;
  const opened = [];
  for (let at = 0; at <= 8 * first; at += first) opened.push((await scene.look(at)).opened);
  expect(opened).toEqual([1, 1, 0, 1, 0, 0, 0, 1, 0]);
  writeFileSync(path.join(scene.place, scene.name), whole);
  expect(await scene.look(15 * first)).toEqual({ names: ["Ben"], opened: 1 });
});

it("comes to a request behind more junk than one look opens", async () => {
  await using scene = await bedWithRequest();
  const last = path.join(scene.place, "zzzzzzzzzzzzzzzz.gj");
  renameSync(path.join(scene.place, scene.name), last);
  for (let index = 0; index < 600; index += 1) {
    writeFileSync(path.join(scene.place, `${String(index).padStart(16, "0")}.gj`), "junk");
  }
  expect(await scene.look(0)).toEqual({ names: [], opened: 500 });
  expect(await scene.look(1)).toEqual({ names: ["Ben"], opened: 101 });
});
