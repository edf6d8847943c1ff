/** Roles, removals, adoption, further devices and recovery, among real engines over a real folder. */
import { rmSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import type { Json } from "#shared/domain/json.ts";
import { type BedDevice, comeIn, createPeopleBed, foundLibrary } from "#test/support/people-bed.ts";

type Fields = Readonly<Record<string, Json>>;

async function make(device: BedDevice, type: string, fields: Fields): Promise<RecordId> {
  const id = device.store.newId();
  await device.store.write([{ id, type, fields }]);
  return id;
}

function title(device: BedDevice, id: RecordId): string | undefined {
  return device.store.get(id)?.title;
}

function departmentOf(device: BedDevice): RecordId {
  const found = device.databases.read
    .prepare<[], { id: string }>("SELECT id FROM record WHERE type = 'department'")
    .get();
  return recordIdSchema.parse(found?.id);
}

function refusalsOn({ databases }: BedDevice): readonly unknown[] {
  return databases.read.prepare("SELECT reason, count(*) AS changes FROM refusal GROUP BY 1").all();
}

describe("what a role does not allow", () => {
  it("is refused where it is written, with a sentence, and nothing is logged", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const page = await make(ana, "playbook", { title: "Refunds", status: "published" });
    const ben = await bed.device();
    await comeIn(bed, ana, ben);
    const before = ben.log.count(ben.databases.read);
    const edit = { id: page, type: "playbook", fields: { title: "Mine" } };
    await expect(ben.store.write([edit])).rejects.toMatchObject({
      code: "not_permitted",
      message: expect.stringMatching(/belongs to somebody else.*Ask one of them/u) as string,
    });
    await expect(ben.store.remove([page])).rejects.toMatchObject({ code: "not_permitted" });
    expect(ben.log.count(ben.databases.read)).toBe(before);
    expect(ben.store.get(page)?.may).toEqual({
      edit: false,
      publish: false,
      remove: false,
      why: {
        edit: expect.stringContaining("belongs to somebody else"),
        publish: expect.stringContaining("belongs to somebody else"),
        remove: expect.stringContaining("trash"),
      },
    });
    expect(ana.store.get(page)?.may).toEqual({ edit: true, publish: true, remove: true });
  });

  it("is applied by no reader when a modified app writes it all the same", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const page = await make(ana, "playbook", { title: "Refunds", status: "published" });
    const [ben, cleo] = [await bed.device(), await bed.device()];
    await comeIn(bed, ana, ben);
    await comeIn(bed, ana, cleo, { name: "Cleo" });
    await ben.lawless.write([{ id: page, type: "playbook", fields: { title: "Mine" } }]);
    const fake = ben.lawless.newId();
    await ben.lawless.write([
      { id: fake, type: "playbook", fields: { title: "Fake", status: "published" } },
    ]);
    const own = await make(ben, "lesson", { title: "Honest" });
    await bed.meet();
    for (const device of [ana, ben, cleo]) {
      expect(title(device, page)).toBe("Refunds");
      expect(title(device, fake)).toBeUndefined();
      expect(title(device, own)).toBe("Honest");
      expect(refusalsOn(device)).toEqual([{ reason: "not_permitted", changes: 2 }]);
    }
  });

  it("counts once the role is given, and not what came after it was taken away", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const page = await make(ana, "playbook", { title: "Refunds" });
    const [ben, cleo] = [await bed.device(), await bed.device()];
    await comeIn(bed, ana, ben);
    await comeIn(bed, ana, cleo, { name: "Cleo" });
    const verified = (on: string) => ({
      id: page,
      type: "playbook",
      fields: { verification: { verified_at: on } },
    });
    await ben.lawless.write([verified("2026-01-06")]);
    await bed.meet();
    expect(cleo.store.get(page)?.fields["verification"]).toBeUndefined();
    await ana.people.grant({ person: ben.me(), role: "verifier", departments: [] });
    await bed.meet();
    for (const device of [ana, ben, cleo]) {
      expect(device.store.get(page)?.fields["verification"]).toEqual({ verified_at: "2026-01-06" });
    }
    await ana.people.withdraw({ person: ben.me(), role: "verifier" });
    await bed.meet();
    await ben.lawless.write([verified("2026-02-01")]);
    await bed.meet();
    for (const device of [ana, ben, cleo]) {
      expect(device.store.get(page)?.fields["verification"]).toEqual({ verified_at: "2026-01-06" });
    }
  });

  it("includes acts: a member's own admissions and grants change nothing", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const ben = await bed.device();
    await comeIn(bed, ana, ben);
    const grant = { person: ben.me(), role: "steward" as const, departments: [] };
    await expect(ben.people.grant(grant)).rejects.toMatchObject({ code: "not_permitted" });
    await expect(ben.people.removeMember({ person: ana.me() })).rejects.toMatchObject({
      code: "not_permitted",
    });
    await expect(ana.people.grant({ ...grant, person: ana.store.newId() })).rejects.toMatchObject({
      code: "unknown_person",
    });
  });
});

describe("a lead", () => {
  it("keeps the department, and invites and admits into it", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const sales = departmentOf(ana);
    const page = await make(ana, "playbook", { title: "Refunds", department_id: sales });
    const [ben, cleo] = [await bed.device(), await bed.device()];
    await comeIn(bed, ana, ben, { role: "lead", departments: [sales] });
    await ben.store.write([
      { id: page, type: "playbook", fields: { title: "Refunds, quickly", status: "published" } },
    ]);
    await comeIn(bed, ben, cleo, { departments: [sales], name: "Cleo" });
    expect(title(cleo, page)).toBe("Refunds, quickly");
    expect(ana.store.get(page)?.status).toBe("published");
    await expect(ben.people.invite({ role: "lead", departments: [sales] })).rejects.toMatchObject({
      code: "not_permitted",
    });
  });
});

describe("removal", () => {
  it("is what somebody hears who is removed, even where LIBRARY.json is missing", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const ben = await bed.device();
    await comeIn(bed, ana, ben);
    rmSync(path.join(bed.folder, "LIBRARY.json"));
    await ben.look(true);
    expect(ben.problem()).toBe("damaged");
    await ana.people.removeMember({ person: ben.me() });
    bed.advance(60 * 60_000);
    for (let round = 0; round < 4; round += 1) {
      await ana.look(true);
      bed.advance(60 * 60_000);
    }
    await ben.look(true);
    expect(ben.problem()).toBe("removed");
    rmSync(path.join(bed.folder, "LIBRARY.json"));
    await ben.look(true);
    expect(ben.problem()).toBe("removed");
  });

  it("keeps what somebody wrote until then, holds what came later, and a steward takes it over", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const [ben, cleo] = [await bed.device(), await bed.device()];
    await comeIn(bed, ana, ben);
    await comeIn(bed, ana, cleo, { name: "Cleo" });
    const early = await make(ben, "lesson", { title: "Early" });
    await bed.meet();
    // On a train, Ben goes on writing, and hears of nothing.
    await ana.people.removeMember({ person: ben.me() });
    const late = await make(ben, "lesson", { title: "Late" });
    await ben.store.write([{ id: early, type: "lesson", fields: { title: "Early, revised" } }]);
    await ana.look();
    await bed.meet();
    for (const device of [ana, ben, cleo]) {
      expect(title(device, early)).toBe("Early");
      expect(title(device, late)).toBeUndefined();
    }
    await expect(make(ben, "lesson", { title: "Too late" })).rejects.toMatchObject({
      code: "not_permitted",
      message: expect.stringContaining("removed") as string,
    });
    const member = async () =>
      (await ana.people.members({})).find((one) => one.person === ben.me());
    expect(await member()).toMatchObject({ state: "removed" });
    await ana.people.adopt({ person: ben.me() });
    await bed.meet();
    for (const device of [ana, cleo]) {
      expect([title(device, early), title(device, late)]).toEqual(["Early, revised", "Late"]);
    }
    expect(await member()).toMatchObject({ state: "removed", late: 0 });
  });
});

describe("two stewards", () => {
  it("who admit the same newcomer at once take in one person, once", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const ben = await bed.device();
    await comeIn(bed, ana, ben, { role: "steward" });
    const { code } = await ana.people.invite({ role: "member", departments: [] });
    for (const device of [ana, ben]) await device.look();
    const cleo = await bed.device();
    await cleo.people.join({ selection: bed.folder, code, name: "Cleo" });
    // Both read the request before either has heard of the other's answer.
    await Promise.all([ana.people.admit({}), ben.people.admit({})]);
    await bed.meet(4);
    await make(cleo, "topic", { name: "From Cleo" });
    await bed.meet();
    for (const device of [ana, ben, cleo]) {
      const members = await device.people.members({});
      const found = members.filter(({ name }) => name === "Cleo");
      expect(found).toMatchObject([{ state: "active", roles: [{ role: "member" }] }]);
      expect(device.titles("topic")).toEqual(["From Cleo"]);
    }
  });

  it("who remove each other are both out, and the sheet brings one back", async () => {
    await using bed = createPeopleBed();
    const { ana, founded } = await foundLibrary(bed);
    const [ben, cleo] = [await bed.device(), await bed.device()];
    await comeIn(bed, ana, ben, { role: "steward" });
    await comeIn(bed, ana, cleo, { name: "Cleo" });
    await ana.people.removeMember({ person: ben.me() });
    await ben.people.removeMember({ person: ana.me() });
    await bed.meet(4);
    const standing = async () =>
      (await cleo.people.members({})).map(({ name, state }) => `${name} ${state}`);
    expect(await standing()).toEqual(["Ana removed", "Ben removed", "Cleo active"]);
    await ana.people.recover({ selection: bed.folder, recovery: founded.recovery });
    await bed.meet(4);
    expect(await standing()).toEqual(["Ana active", "Ben removed", "Cleo active"]);
    const page = await make(ana, "playbook", { title: "Back", status: "published" });
    await bed.meet();
    expect(title(cleo, page)).toBe("Back");
  });
});

describe("devices", () => {
  it("of one person are two, with the same roles, and a lost one is shut out", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const ben = await bed.device();
    await comeIn(bed, ana, ben);
    const laptop = await bed.device();
    await comeIn(bed, ben, laptop, { person: ben.me() });
    expect(laptop.me()).toBe(ben.me());
    const page = await make(ben, "lesson", { title: "From the desk" });
    await bed.meet();
    await laptop.store.write([{ id: page, type: "lesson", fields: { title: "From the train" } }]);
    await bed.meet();
    expect(title(ana, page)).toBe("From the train");
    const members = await ana.people.members({});
    const devices = members.find((one) => one.person === ben.me())?.devices ?? [];
    expect(devices).toHaveLength(2);
    expect(ana.store.get(ben.me())?.fields["devices"]).toEqual(devices.map(({ id }) => id));
    const lost = laptop.identity.device()?.id;
    if (lost === undefined) throw new Error("The laptop has keys.");
    await ben.people.removeDevice({ device: lost });
    await bed.meet();
    await laptop.lawless.write([{ id: page, type: "lesson", fields: { title: "Stolen" } }]);
    await bed.meet();
    expect([title(ana, page), title(ben, page)]).toEqual(["From the train", "From the train"]);
    await ben.store.write([{ id: page, type: "lesson", fields: { title: "Home again" } }]);
    await bed.meet();
    expect(title(ana, page)).toBe("Home again");
  });
});

describe("recovery", () => {
  it("makes a steward of whoever holds the sheet, on a device that nobody knows", async () => {
    await using bed = createPeopleBed();
    const { ana, founded } = await foundLibrary(bed);
    const ben = await bed.device();
    await comeIn(bed, ana, ben);
    const page = await make(ana, "playbook", { title: "Refunds" });
    await bed.meet();
    const fresh = await bed.device();
    const { recovery } = founded;
    await fresh.people.recover({ selection: bed.folder, recovery, name: "Ana" });
    await bed.meet();
    expect(title(fresh, page)).toBe("Refunds");
    expect(fresh.me()).toBe(ana.me());
    const stolen = ana.identity.device()?.id;
    if (stolen === undefined) throw new Error("Ana's first device has keys.");
    await fresh.people.removeDevice({ device: stolen });
    await bed.meet();
    const members = await ben.people.members({});
    expect(members).toMatchObject([
      { name: "Ana", state: "active", roles: [{ role: "steward" }] },
      { name: "Ben", state: "active" },
    ]);
    expect(members[0]?.devices.map(({ state }) => state).toSorted()).toEqual(["active", "removed"]);
    await expect(ana.people.invite({ role: "member", departments: [] })).rejects.toMatchObject({
      code: "not_permitted",
    });
  });

  it("refuses a sheet with a slip, or of another library", async () => {
    await using bed = createPeopleBed();
    await using elsewhere = createPeopleBed(2);
    const { founded } = await foundLibrary(bed);
    const other = await foundLibrary(elsewhere);
    const fresh = await bed.device();
    const recover = (recovery: string) =>
      fresh.people.recover({ selection: bed.folder, recovery, name: "Ana" });
    const wrong = { code: "wrong_recovery" };
    await expect(recover(founded.recovery.slice(1))).rejects.toMatchObject(wrong);
    await expect(recover(other.founded.recovery)).rejects.toMatchObject(wrong);
  });
});

describe("leaving", () => {
  it("keeps everything here and in the folder, and coming back goes on", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const ben = await bed.device();
    await comeIn(bed, ana, ben);
    const page = await make(ben, "lesson", { title: "Kept" });
    await bed.meet();
    await ben.people.leave({});
    expect([title(ana, page), title(ben, page)]).toEqual(["Kept", "Kept"]);
    await expect(ben.people.create({ selection: `${bed.folder}-own` })).rejects.toMatchObject({
      code: "foreign_changes",
    });
    await ana.store.write([{ id: ana.store.newId(), type: "topic", fields: { name: "News" } }]);
    await comeIn(bed, ana, ben, { person: ben.me() });
    expect(ben.titles("topic")).toEqual(["News"]);
  });
});
