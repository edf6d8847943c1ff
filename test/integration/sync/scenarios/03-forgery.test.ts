/** Scenarios 13 to 16, 31 and 33: files that are not what they say, and files that are kept from somebody. */
import { describe, expect, test } from "vitest";
import {
  sampleBodies,
  sampleDevice,
  sampleRecord,
  sampleSegment,
} from "#test/support/format-samples.ts";
import {
  bodiesOf,
  impostor,
  placeFor,
  plant,
  segmentBy,
  stolenKeys,
  streamOf,
} from "#test/support/hostile-files.ts";
import { processorTime } from "#test/support/processor-time.ts";
import { openStage, type Player } from "#test/support/stage.ts";
import { bytesAt, fileOf, hashOf, lay } from "#test/support/tamper.ts";

const minute = 60_000;
const set = (value: string) => ({ kind: "set", path: "title", value, after: [] });

function changesIn(player: Player): number {
  return player.device.look((db) =>
    Number(db.prepare("SELECT count(*) FROM change_log").pluck().get()),
  );
}

describe("a file that is not what it says", () => {
  test("13: forged under Ana's device, it is never applied, and stewards are told", async () => {
    await using stage = await openStage(["ana", "ben"]);
    const [ana, ben] = stage.pair();
    const id = await ana.write("Refunds");
    await stage.meet(3);
    const stream = streamOf(ana);
    const bodies = bodiesOf(stream, [
      { record: id, writes: [set("Forged")], at: stage.carrier.now() },
    ]);
    const forger = impostor(stream);
    for (const signer of [forger, { ...forger, key: sampleDevice(666).key }]) {
      const bytes = segmentBy(signer, stream, bodies);
      const where = placeFor(stream, bytes, 1);
      const before = changesIn(ben);
      plant(stage, where, bytes);
      await ben.look(true);
      await ana.look(true);
      expect(changesIn(ben)).toBe(before);
      expect([ana.titleOf(id), ben.titleOf(id)]).toEqual(["Refunds", "Refunds"]);
      const { setAside } = await ben.ask((app) => app.sharing.folderHealth({}));
      expect(setAside).toContainEqual(
        expect.objectContaining({ path: where, reason: "signature" }),
      );
    }
  });

  test("14: of another library, it is left alone", async () => {
    await using stage = await openStage(["ana", "ben"]);
    const [, ben] = stage.pair();
    const stranger = sampleDevice(9);
    const bodies = sampleBodies(stranger, 2);
    const bytes = sampleSegment(stranger, { library: sampleRecord(123), bodies });
    const where = "s/from elsewhere.gs";
    plant(stage, where, bytes);
    const before = changesIn(ben);
    const { quarantined } = await ben.look(true);
    expect(quarantined).toContainEqual({ path: where, reason: "other_library" });
    expect(changesIn(ben)).toBe(before);
  });

  test("15: an old one under a new name, it changes nothing", async () => {
    await using stage = await openStage(["ana", "ben"]);
    const [ana, ben] = stage.pair();
    const id = await ana.write("One");
    const path = await fileOf(ana, "s/", () => ana.look());
    await ana.edit(id, { title: "Two" });
    await stage.meet(3);
    const before = changesIn(ben);
    plant(stage, "s/later.gs", bytesAt(stage, ana, path));
    expect(await ben.look(true)).toMatchObject({ received: 0, quarantined: [] });
    expect(changesIn(ben)).toBe(before);
    expect(ben.titleOf(id)).toBe("Two");
  });

  test("33: what was signed for one place cannot be moved to another, nor one payload under another header", async () => {
    await using stage = await openStage(["ana", "ben"]);
    const [ana, ben] = stage.pair();
    const id = await ana.write("One");
    await stage.meet(3);
    const stream = streamOf(ana);
    const keys = await stolenKeys(ana);
    const at = stage.carrier.now();
    const [own, other] = ["Mine", "Elsewhere"].map((title) =>
      segmentBy(keys, stream, bodiesOf(stream, [{ record: id, writes: [set(title)], at }])),
    ) as [Uint8Array, Uint8Array];
    const headerEnd = (bytes: Uint8Array) =>
      8 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(4) + 64;
    const mixed = Buffer.concat([
      own.subarray(0, headerEnd(own)),
      other.subarray(headerEnd(other)),
    ]);
    const text = Buffer.from(own).toString("latin1");
    const moved = Buffer.from(
      text.replace(`"inc":${stream.incarnation}`, `"inc":${stream.incarnation === 9 ? 8 : 9}`),
      "latin1",
    );
    const before = changesIn(ben);
    for (const bytes of [mixed, moved]) {
      plant(stage, `s/${hashOf(bytes)}.gs`, bytes);
      const { quarantined } = await ben.look(true);
      expect(quarantined.map(({ reason }) => reason)).toContainEqual(
        expect.stringMatching(/^(?:hash|signature|truncated|oversize)$/u),
      );
    }
    expect(changesIn(ben)).toBe(before);
    expect(ben.titleOf(id)).toBe("One");
  });
});

test("16: what is kept from Ben alone is known to exist, and reaches him by another way", async () => {
  await using stage = await openStage(["ana", "ben", "cleo"]);
  const [ana, ben, cleo] = stage.three();
  const id = await ana.write("Refunds");
  const path = await fileOf(ana, "s/", () => ana.look());
  lay(stage, ben, path);
  await cleo.look();
  await ben.look();
  stage.carrier.advance(minute);
  await ben.look(true);
  expect((await ben.ask((app) => app.sharing.state({}))).missing).toBe(1);
  const { missing } = await ben.ask((app) => app.sharing.folderHealth({}));
  expect(missing).toMatchObject([{ device: ana.deviceId(), changes: 1 }]);
  for (let round = 0; round < 150 && ben.titleOf(id) === undefined; round += 1) {
    stage.carrier.advance(10 * minute);
    for (const player of stage.players) await player.look();
    // Whoever keeps it from him keeps every file of that name from him.
    lay(stage, ben, path);
  }
  expect(ben.titleOf(id)).toBe("Refunds");
  expect((await ben.ask((app) => app.sharing.state({}))).missing).toBe(0);
});

test("31: a bomb, a huge file and thousands of junk files cost little and hold nothing up", async () => {
  await using stage = await openStage(["ana", "ben"]);
  const [ana, ben] = stage.pair();
  await stage.meet(3);
  const stream = streamOf(ana);
  const keys = await stolenKeys(ana);
  const body = bodiesOf(stream, [
    { record: sampleRecord(4), writes: [set("Bomb")], at: stage.carrier.now() },
  ]);
  const bomb = segmentBy(keys, stream, [body[0] ?? "", " ".repeat(40_000_000)].slice(0, 1), {
    ulen: 33_000_000,
  });
  plant(stage, "s/bomb.gs", bomb);
  const huge = new Uint8Array(200_000_000);
  huge.set(segmentBy(keys, stream, body).subarray(0, 4));
  plant(stage, "s/huge.gs", huge);
  const junk = Buffer.from("Not one of ours.");
  for (let number = 0; number < 5000; number += 1) {
    lay(stage, ben, `s/junk ${number}.txt`, junk);
  }
  const id = await ana.write("Refunds");
  await ana.look();
  const spent = processorTime();
  const report = await ben.look(true);
  const milliseconds = spent();
  expect(ben.titleOf(id)).toBe("Refunds");
  expect(report.bytesRead).toBeLessThan(5010 * 4096);
  expect(milliseconds).toBeLessThan(10_000);
  const reasons = new Map(report.quarantined.map(({ path, reason }) => [path, reason]));
  expect(["oversize", "hash"]).toContain(reasons.get("s/bomb.gs"));
  expect(reasons.get("s/huge.gs")).toBeDefined();
  stage.carrier.advance(5000);
  const again = await ben.look();
  expect(again.filesOpened).toBeLessThan(20);
});
