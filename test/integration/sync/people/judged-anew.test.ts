/** What arrives later can change what a change before it is worth: then it is judged anew. */
import { readdirSync, renameSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { idleControl } from "#test/support/idle-control.ts";
import {
  type BedDevice,
  comeIn,
  createPeopleBed,
  foundLibrary,
  type PeopleBed,
} from "#test/support/people-bed.ts";

/** What is shown and what the log says, told apart; nothing where they agree. */
const differences = ({ projections, databases }: BedDevice) =>
  projections.compare(databases.read, idleControl);

const writeTopic = (device: BedDevice, name: string) =>
  device.store.write([{ id: device.store.newId(), type: "topic", fields: { name } }]);

/** The segments in the folder, by path. */
const segmentsIn = (bed: PeopleBed) =>
  readdirSync(bed.folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".gs"),
  );

describe("the branch of a copied device that a removal names", () => {
  it("counts once it has come, and the other one does not, in whatever order they come", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const [ben, cleo] = [await bed.device(), await bed.device()];
    await comeIn(bed, ana, ben);
    await comeIn(bed, ana, cleo, { name: "Cleo" });
    await writeTopic(ben, "Before the copy");
    await bed.meet();
    const copy = await bed.copy(ben);

    await writeTopic(ben, "At the desk");
    const before = new Set(segmentsIn(bed));
    await ben.look();
    await ana.look();
    await ana.people.removeMember({ person: ben.me() });
    await ana.look();
    // The carrier brings the copy's branch to Cleo before the one that the removal names.
    const bring = holdBack(bed, ben, before);
    await writeTopic(copy, "On the laptop");
    await copy.look();
    await cleo.look(true);
    expect(await differences(cleo)).toEqual([]);
    bring();
    await cleo.look(true);
    expect(await differences(cleo)).toEqual([]);
    expect(cleo.titles("topic")).toEqual(["At the desk", "Before the copy"]);
  });
});

describe("a device that was admitted by somebody who no longer could", () => {
  it("is missed by nobody, and what some hold of it is not passed on", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const [ben, cleo] = [await bed.device(), await bed.device()];
    await comeIn(bed, ana, ben, { role: "steward" });
    await comeIn(bed, ana, cleo, { name: "Cleo" });
    const { code } = await ana.people.invite({ role: "member", departments: [] });
    await bed.meet();
    // Ben removes Ana and is not heard yet, so that she lets somebody in and Cleo takes what they say.
    await ben.people.removeMember({ person: ana.me() });
    const dora = await bed.device();
    await dora.people.join({ selection: bed.folder, code, name: "Dora" });
    await ana.look();
    await dora.look();
    await writeTopic(dora, "Dora's");
    await dora.look();
    await cleo.look();
    expect(cleo.titles("topic")).toEqual(["Dora's"]);
    for (let round = 0; round < 30; round += 1) {
      await bed.meet(1);
      bed.advance(15 * 60_000);
    }
    for (const device of [ben, cleo]) {
      expect(await device.look()).toMatchObject({ waiting: 0 });
      expect(device.titles("topic")).toEqual([]);
      expect(await differences(device)).toEqual([]);
    }
    expect(readdirSync(bed.folder)).not.toContain("r");
  });
});

describe("a computer that was put back before a cut through what it wrote", () => {
  it("does not write another story up to the cut, whatever it hears first", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const [ben, cleo] = [await bed.device(), await bed.device()];
    await comeIn(bed, ana, ben);
    await comeIn(bed, ana, cleo, { name: "Cleo" });
    await ana.people.grant({ person: ben.me(), role: "steward", departments: [] });
    await bed.meet();
    // Only a steward may do this.
    const department = { id: ben.store.newId(), type: "department", fields: { name: "Care" } };
    await ben.store.write([department]);
    await bed.meet();
    const restored = await bed.copy(ben);
    const before = new Set(segmentsIn(bed));
    await writeTopic(ben, "One");
    await writeTopic(ben, "Two");
    await ben.look();
    await ana.look();
    await ana.people.withdraw({ person: ben.me(), role: "steward" });
    await ana.look();
    // What it wrote comes back to it later than what was made of it.
    const bring = holdBack(bed, ben, before);
    await restored.look(true);
    for (const name of ["Three", "Four", "Five"]) await writeTopic(restored, name);
    expect(await differences(restored)).toEqual([]);
    bring();
    await bed.meet(6);
    for (const device of [ana, cleo, restored]) {
      expect(await differences(device)).toEqual([]);
      expect(device.titles("topic")).toEqual(["Five", "Four", "One", "Three", "Two"]);
      expect(device.titles("department")).toEqual(["Care", "Sales"]);
    }
  });
});

describe("a record that says to be of a device nobody knew", () => {
  it("counts no more once that device is admitted, however they hear of it", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const [thief, cleo] = [await bed.device(), await bed.device()];
    await comeIn(bed, ana, thief, { name: "Thief" });
    await comeIn(bed, ana, cleo, { name: "Cleo" });
    const ben = await bed.device({ name: "Ben", department: "Care" });
    const id = ben.store.newId();
    await thief.lawless.write([{ id, type: "topic", fields: { name: "Claimed" } }]);
    await bed.meet();
    for (const device of [ana, cleo]) expect(device.titles("topic")).toEqual(["Claimed"]);
    await comeIn(bed, ana, ben);
    for (const device of [ana, cleo]) {
      expect(await differences(device)).toEqual([]);
      expect(device.titles("topic")).toEqual([]);
    }
  });
});

function deviceOf({ identity }: BedDevice): string {
  return identity.device()?.id ?? "";
}

/** Takes what the device has sent since out of the folder; gives what brings it back. */
function holdBack(bed: PeopleBed, device: BedDevice, since: ReadonlySet<string>): () => void {
  const late = segmentsIn(bed)
    .filter((file) => !since.has(file) && file.includes(deviceOf(device)))
    .map((file, index) => [path.join(bed.folder, file), `${bed.folder}-late-${index}`] as const);
  if (late.length === 0) throw new Error("The device has sent nothing.");
  for (const [file, aside] of late) renameSync(file, aside);
  return () => {
    for (const [file, aside] of late) renameSync(aside, file);
  };
}
