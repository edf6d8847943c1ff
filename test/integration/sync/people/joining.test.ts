/** Founding, inviting, joining and admitting over a real folder. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { nodeCryptography } from "#engine/identity/cryptography.ts";
import { signFrame } from "#engine/sync/exchange/frames.ts";
import { readInvitation, signerOf } from "#engine/sync/people/codes.ts";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { openJoinRequest, provenMessage } from "#shared/format/join-request.ts";
import { comeIn, createPeopleBed, foundLibrary } from "#test/support/people-bed.ts";

const day = 24 * 60 * 60 * 1000;

describe("founding", () => {
  it("leaves a folder that says what it is, and nothing of the root's private half", async () => {
    await using bed = createPeopleBed();
    const { founded } = await foundLibrary(bed);
    const library: unknown = JSON.parse(
      readFileSync(path.join(bed.folder, "LIBRARY.json"), "utf8"),
    );
    expect(library).toMatchObject({ format: "guildhall", v: 1, library: founded.library });
    expect(founded.recovery).toMatch(/^(?:[0-9A-Z]{4}-){7}[0-9A-Z]{4}$/u);
  });

  it("makes the folder when only that is missing", async () => {
    await using bed = createPeopleBed();
    const ana = await bed.device({ name: "Ana", department: "Sales" });
    const folder = path.join(bed.folder, "ours");
    await ana.people.create({ selection: folder });
    expect(readdirSync(folder)).toContain("LIBRARY.json");
  });

  it("refuses a folder that is not its own, and leaves everything as it was", async () => {
    await using bed = createPeopleBed();
    const ana = await bed.device({ name: "Ana", department: "Sales" });
    const at = (name: string) => path.join(bed.folder, name);
    mkdirSync(at("full"));
    writeFileSync(path.join(at("full"), "letter.txt"), "Dear all");
    writeFileSync(at("file"), "");
    await expect(ana.people.create({ selection: at("nowhere/below") })).rejects.toMatchObject({
      code: "folder_missing",
    });
    await expect(ana.people.create({ selection: at("full") })).rejects.toMatchObject({
      code: "folder_not_empty",
      message: expect.stringContaining("other files") as string,
    });
    expect(readdirSync(at("full"))).toEqual(["letter.txt"]);
    await expect(async () => ana.people.members({})).rejects.toThrow(/not shared/u);
  });

  it.skipIf(process.getuid?.() === 0)("refuses a folder that can only be read", async () => {
    await using bed = createPeopleBed();
    const ana = await bed.device({ name: "Ana", department: "Sales" });
    const folder = path.join(bed.folder, "locked");
    mkdirSync(folder);
    chmodSync(folder, 0o500);
    await expect(ana.people.create({ selection: folder })).rejects.toMatchObject({
      code: "folder_read_only",
    });
  });

  it("refuses a second library in the same folder, and a second folder for the same workspace", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const ben = await bed.device({ name: "Ben", department: "Care" });
    await expect(ben.people.create({ selection: bed.folder })).rejects.toMatchObject({
      code: "other_library",
    });
    await expect(
      ana.people.create({ selection: path.join(bed.folder, "again") }),
    ).rejects.toMatchObject({ code: "already_shared" });
  });

  it("needs a workspace", async () => {
    await using bed = createPeopleBed();
    const nobody = await bed.device();
    await expect(nobody.people.create({ selection: bed.folder })).rejects.toMatchObject({
      code: "no_workspace",
    });
  });
});

describe("joining", () => {
  it("with an empty profile brings the records of everybody together", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    await ana.store.write([{ id: ana.store.newId(), type: "topic", fields: { name: "Refunds" } }]);
    const ben = await bed.device();
    await comeIn(bed, ana, ben);
    expect(ben.titles("topic")).toEqual(["Refunds"]);
    await ben.store.write([{ id: ben.store.newId(), type: "topic", fields: { name: "Returns" } }]);
    await bed.meet();
    expect(ana.titles("topic")).toEqual(["Refunds", "Returns"]);
    expect(ana.titles("person")).toEqual(["Ana", "Ben"]);
    expect(await ana.people.members({})).toMatchObject([
      { name: "Ana", own: true, roles: [{ role: "steward" }] },
      { name: "Ben", own: false, roles: [{ role: "member", departments: null }] },
    ]);
  });

  it("with a workspace brings it along, and nobody sees two departments of one name", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const ben = await bed.device({ name: "Ben", department: "  sales " });
    const lesson = ben.store.newId();
    const [home] = ben.titles("department");
    const before = ben.databases.read
      .prepare<[], { id: string }>("SELECT id FROM record WHERE type = 'department'")
      .get();
    await ben.store.write([
      {
        id: lesson,
        type: "lesson",
        fields: { title: "Ask first", department_id: before?.id ?? "" },
      },
    ]);
    await comeIn(bed, ana, ben);
    expect(home?.trim()).toBe("sales");
    for (const device of [ana, ben]) {
      expect(device.titles("department")).toEqual(["Sales"]);
      expect(device.store.get(lesson)?.department?.title).toBe("Sales");
      expect(device.store.get(ben.me())?.department?.title).toBe("Sales");
      expect(new Set(device.titles("skill_domain")).size).toBe(
        device.titles("skill_domain").length,
      );
    }
  });

  it("keeps a newcomer's department that the library does not have", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    await comeIn(bed, ana, await bed.device({ name: "Ben", department: "Care" }));
    expect(ana.titles("department")).toEqual(["Care", "Sales"]);
  });

  it("gives an empty profile the department of its invitation", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const sales = ana.store.get(ana.me())?.department;
    const ben = await bed.device();
    await comeIn(bed, ana, ben, { departments: sales ? [sales.id] : [] });
    expect(ana.store.get(ben.me())?.department).toEqual(sales);
  });

  it("sends nothing but the request before somebody admits", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const ben = await bed.device({ name: "Ben", department: "Care" });
    const { code } = await ana.people.invite({ role: "member", departments: [] });
    await ana.look();
    const joined = await ben.people.join({ selection: bed.folder, code });
    expect(joined.state).toBe("asking");
    await ben.store.write([{ id: ben.store.newId(), type: "topic", fields: { name: "Early" } }]);
    for (let round = 0; round < 3; round += 1) await ben.look();
    const own = ben.identity.device()?.id ?? "";
    const files = readdirSync(bed.folder, { recursive: true }).map(String);
    expect(files.filter((file) => file.includes(own))).toEqual([]);
    expect(ben.titles("topic")).toEqual(["Early"]);
    await bed.meet();
    expect(ana.titles("topic")).toEqual(["Early"]);
  });

  it("puts the request back when somebody deletes it", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const ben = await bed.device();
    const { code } = await ana.people.invite({ role: "member", departments: [] });
    await ana.look();
    await ben.people.join({ selection: bed.folder, code, name: "Ben" });
    rmSync(path.join(bed.folder, "j"), { recursive: true });
    await bed.meet();
    expect(ana.titles("person")).toEqual(["Ana", "Ben"]);
  });

  it("can be asked for again with a new code while the first waits", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const first = await ana.people.invite({ role: "member", departments: [] });
    await ana.look();
    const ben = await bed.device({ name: "Ben", department: "Care" });
    await ben.people.join({ selection: bed.folder, code: first.code });
    bed.advance(8 * day);
    await bed.meet();
    expect(ana.titles("person")).toEqual(["Ana"]);
    const second = await ana.people.invite({ role: "member", departments: [] });
    await ana.look();
    await ben.people.join({ selection: bed.folder, code: second.code });
    await bed.meet();
    expect(ana.titles("person")).toEqual(["Ana", "Ben"]);
  });

  it("reads a code as people type it", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const ben = await bed.device();
    const { code } = await ana.people.invite({ role: "member", departments: [] });
    await ana.look();
    const typed = code.toLowerCase().replaceAll("-", " ").replaceAll("0", "O").replaceAll("1", "l");
    await ben.people.join({ selection: bed.folder, code: ` ${typed}\n`, name: "Ben" });
    await bed.meet();
    expect(ana.titles("person")).toEqual(["Ana", "Ben"]);
  });
});

describe("a code that does not let in", () => {
  it("is one with a slip of the finger, of another library, or for a folder without one", async () => {
    await using bed = createPeopleBed();
    await using elsewhere = createPeopleBed(2);
    const { ana } = await foundLibrary(bed);
    await foundLibrary(elsewhere);
    const ben = await bed.device();
    const { code } = await ana.people.invite({ role: "member", departments: [] });
    const slipped = code.replace(/^./u, (letter) => (letter === "7" ? "8" : "7"));
    const join = (selection: string, typed: string) =>
      ben.people.join({ selection, code: typed, name: "Ben" });
    await expect(join(bed.folder, slipped)).rejects.toMatchObject({ code: "wrong_code" });
    await expect(join(bed.folder, "hello")).rejects.toMatchObject({ code: "wrong_code" });
    await expect(join(elsewhere.folder, code)).rejects.toMatchObject({ code: "other_library" });
    mkdirSync(path.join(bed.folder, "inside"));
    await expect(join(path.join(bed.folder, "inside"), code)).rejects.toMatchObject({
      code: "no_library",
    });
    await expect(join(path.join(bed.folder, "nowhere"), code)).rejects.toMatchObject({
      code: "folder_missing",
    });
    await expect(ben.people.join({ selection: bed.folder, code })).rejects.toMatchObject({
      code: "no_name",
    });
  });

  it("is one that was used, has expired or was taken back; the profile stays as it was", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const codes = [];
    for (let count = 0; count < 3; count += 1) {
      codes.push(await ana.people.invite({ role: "member", departments: [] }));
    }
    const [used, withdrawn, expired] = codes as [
      (typeof codes)[0],
      (typeof codes)[0],
      (typeof codes)[0],
    ];
    await ana.people.withdrawInvitation({ id: withdrawn.id });
    await ana.look();
    const ben = await bed.device();
    await ben.people.join({ selection: bed.folder, code: used.code, name: "Ben" });
    await bed.meet();
    bed.advance(8 * day);
    const cleo = await bed.device();
    for (const [{ code }, how] of [
      [used, "used already"],
      [withdrawn, "taken back"],
      [expired, "expired"],
    ] as const) {
      await expect(
        cleo.people.join({ selection: bed.folder, code, name: "Cleo" }),
      ).rejects.toMatchObject({
        code: "invitation_spent",
        message: expect.stringContaining(how) as string,
      });
    }
    await expect(async () => cleo.people.members({})).rejects.toThrow(/not shared/u);
    expect(cleo.log.count(cleo.databases.read)).toBe(0);
    expect(cleo.titles()).toEqual([]);
    const invitations = await ana.people.invitations({});
    const states = invitations.map(({ state }) => state);
    expect(states.toSorted()).toEqual(["expired", "used", "withdrawn"]);
  });

  it("cannot be used again by whoever copies the request", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const ben = await bed.device();
    await comeIn(bed, ana, ben);
    const name = readdirSync(path.join(bed.folder, "j"))[0] ?? "";
    const bytes = readFileSync(path.join(bed.folder, "j", name));
    const opened = openJoinRequest(bytes);
    if ("problem" in opened) throw new Error(opened.problem);
    const thief = await bed.device({ name: "Thief", department: "None" });
    const own = thief.identity.device();
    if (own === undefined) throw new Error("The thief has keys.");
    const forged = {
      ...opened.fields,
      dev: own.id,
      key: Buffer.from(own.signingKey).toString("base64url"),
    };
    const file = signFrame("join", forged, { signer: thief.identity });
    writeFileSync(path.join(bed.folder, "j", "0123456789abcdef.gj"), file);
    writeFileSync(path.join(bed.folder, "j", "half.gj"), bytes.subarray(0, 100));
    writeFileSync(path.join(bed.folder, "j", "flipped.gj"), flipped(bytes));
    const { admitted, refused } = await ana.people.admit({});
    expect(admitted).toEqual([]);
    expect(refused).toMatchObject([{ reason: expect.stringContaining("forged") as string }]);
  });

  it("does not let somebody who was invited pass for a member", async () => {
    await using bed = createPeopleBed();
    const { ana, founded } = await foundLibrary(bed);
    const { code } = await ana.people.invite({ role: "member", departments: [] });
    const thief = await bed.device({ name: "Ana", department: "None" });
    const own = thief.identity.device();
    const secret = readInvitation(nodeCryptography, code)?.secret;
    if (own === undefined || secret === undefined)
      throw new Error("The thief has keys and a code.");
    const signer = signerOf(nodeCryptography, secret, "invitation");
    const base64Url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
    const request = {
      v: 1 as const,
      lib: recordIdSchema.parse(founded.library),
      dev: own.id,
      key: base64Url(own.signingKey),
      agreementKey: base64Url(own.agreementKey),
      person: ana.me(),
      name: "Ana",
      invite: base64Url(signer.publicKey),
      brought: [],
      at: new Date(thief.clock.now()).toISOString(),
    };
    const proof = base64Url(signer.sign(provenMessage(request)));
    const file = signFrame("join", { ...request, proof }, { signer: thief.identity });
    mkdirSync(path.join(bed.folder, "j"));
    writeFileSync(path.join(bed.folder, "j", "0123456789abcdef.gj"), file);
    const { admitted, refused } = await ana.people.admit({});
    expect(admitted).toEqual([]);
    expect(refused).toMatchObject([
      { reason: expect.stringContaining("a member already") as string },
    ]);
  });
});

function flipped(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[200] = (copy[200] ?? 0) ^ 1;
  return copy;
}
