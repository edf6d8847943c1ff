import { describe, expect, test } from "vitest";
import type { SegmentFile } from "#engine/sync/outbox.ts";
import { idleControl } from "#test/support/idle-control.ts";
import {
  sampleBodies,
  sampleDevice,
  sampleRecord,
  sampleSegment,
} from "#test/support/format-samples.ts";
import { createTestPeer, dumpOf, problemsOf, testLibrary } from "#test/support/test-peer.ts";

const body = "Open the case. Read the letter. Answer the customer.\n";
const lesson = (title: string) => ({ type: "lesson", fields: { title }, body }) as const;
const bytesOf = (files: readonly { readonly bytes: Uint8Array }[]) =>
  files.map(({ bytes }) => bytes);

describe("what one device sends", () => {
  test("is the same on another, signed and whole, and comes only once", async () => {
    await using ana = await createTestPeer(1);
    await using ben = await createTestPeer(2);
    const { id } = await ana.records.create(lesson("One"));
    await ana.records.edit({ id, fields: { title: "Two" }, body: body.replace("letter", "email") });
    const files = bytesOf(await ana.send());
    expect(await ana.send()).toEqual([]);
    const received = await ben.take(...files);
    expect(received).toMatchObject({
      verdicts: [{ outcome: "accepted", changes: 2, path: "file-0" }],
      records: [id],
      refused: 0,
      acts: false,
      reborn: false,
    });
    expect(dumpOf(ben)).toEqual(dumpOf(ana));
    expect(problemsOf(ben)).toEqual([]);
    expect(await ben.take(...files)).toMatchObject({
      verdicts: [{ outcome: "known", changes: 0 }],
    });
    const { read } = ben.foundation.databases;
    expect(ben.intake.streamEnds(read)).toEqual(
      ana.intake.streamEnds(ana.foundation.databases.read),
    );
    expect(await ben.projections.compare(read, idleControl)).toEqual([]);
  });

  test("has the same bytes whenever it is made of the same log", async () => {
    await using ana = await createTestPeer(1);
    await ana.records.create(lesson("One"));
    const [first] = await ana.send();
    const { queue } = ana.foundation.databases;
    await queue.run((db) => db.exec("DELETE FROM segment"));
    const [again] = await ana.send();
    expect(again?.bytes).toEqual(first?.bytes);
    expect(again?.hash).toBe(first?.hash);
  });

  test("is marked when it is in the folder, and counted while it is not", async () => {
    await using ana = await createTestPeer(1);
    const { read, queue } = ana.foundation.databases;
    await ana.records.create(lesson("One"));
    await ana.records.create(lesson("Two"));
    expect(ana.outbox.waiting(read)).toBe(2);
    const [file] = await ana.send();
    expect(ana.outbox.unpublished(read)).toMatchObject([{ published: "none", first: 1, last: 2 }]);
    await queue.run((db) => ana.outbox.markPublished(db, file!.id));
    expect(ana.outbox.waiting(read)).toBe(0);
    await queue.run((db) => ana.outbox.markReadBack(db, file!.id));
    expect(ana.outbox.unpublished(read)).toEqual([]);
    expect(Buffer.compare(ana.outbox.bytesOf(read, file!.id)!, file!.bytes)).toBe(0);
    await queue.run((db) => ana.outbox.markMissing(db, file!.id));
    expect(ana.outbox.waiting(read)).toBe(2);
  });

  test("is packed without a change to the stream, and the small ones go when the pack holds them", async () => {
    await using ana = await createTestPeer(1);
    await using ben = await createTestPeer(2);
    const { read, queue } = ana.foundation.databases;
    const loose: SegmentFile[] = [];
    for (let round = 0; round < 5; round += 1) {
      await ana.records.create(lesson(`Number ${round}`));
      loose.push(...(await ana.send()));
    }
    await ben.take(...bytesOf(loose.slice(0, 3)));
    const [pack] = await queue.run((db) =>
      ana.outbox.replaceByPack(
        db,
        loose.map(({ id }) => id),
      ),
    );
    expect(pack).toMatchObject({ kind: "pack", first: 1, last: 5, origin: "own" });
    expect(pack!.end).toEqual(loose.at(-1)!.end);
    expect(await ben.take(pack!.bytes)).toMatchObject({
      verdicts: [{ outcome: "accepted", changes: 2 }],
    });
    expect(dumpOf(ben)).toEqual(dumpOf(ana));
    const [stream] = ben.outbox.streams(ben.foundation.databases.read);
    expect(ben.outbox.segmentsOf(ben.foundation.databases.read, stream!)).toMatchObject([
      { first: 1, last: 5 },
    ]);
    expect(problemsOf(ben)).toEqual([]);
    expect(
      await queue.run((db) =>
        ana.outbox.drop(
          db,
          loose.map(({ id }) => id),
        ),
      ),
    ).toBe(5);
    expect(await queue.run((db) => ana.outbox.drop(db, [pack!.id]))).toBe(0);
    expect(ana.outbox.segmentsOf(read, stream!)).toMatchObject([
      { first: 1, last: 5, kind: "pack" },
    ]);
    expect(problemsOf(ana)).toEqual([]);
  });
});

describe("segments in the wrong order", () => {
  test("are taken, wait for what they build on, and close up when it comes", async () => {
    await using ana = await createTestPeer(1);
    await using ben = await createTestPeer(2);
    const { id } = await ana.records.create(lesson("One"));
    const files = [await ana.send()];
    for (const title of ["Two", "Three", "Four"]) {
      await ana.records.edit({ id, fields: { title }, body: `${title} ${body}` });
      files.push(await ana.send());
    }
    const [one, two, three, four] = files.flat().map(({ bytes }) => bytes);
    expect(await ben.take(four!)).toMatchObject({ refused: 1, records: [id] });
    expect(ben.store.get(id)).toBeUndefined();
    expect(ben.intake.streamEnds(ben.foundation.databases.read)).toEqual([]);
    await ben.take(two!);
    expect(await ben.take(one!)).toMatchObject({ verdicts: [{ outcome: "accepted" }] });
    expect(ben.store.get(id)?.title).toBe("Two");
    expect(ben.intake.streamEnds(ben.foundation.databases.read)).toMatchObject([{ sequence: 2 }]);
    await ben.take(three!);
    expect(ben.intake.streamEnds(ben.foundation.databases.read)).toMatchObject([{ sequence: 4 }]);
    expect(dumpOf(ben)).toEqual(dumpOf(ana));
    expect(problemsOf(ben)).toEqual([]);
  });
});

test("a change that builds on one that has not come waits, though the record is there", async () => {
  await using ana = await createTestPeer(1);
  await using ben = await createTestPeer(2);
  const { id } = await ana.records.create(lesson("One"));
  const [one] = bytesOf(await ana.send());
  await ana.records.edit({ id, fields: { title: "Two" }, body: `Two. ${body}` });
  const [two] = bytesOf(await ana.send());
  await ana.records.edit({ id, fields: { title: "Three" }, body: `Two. Three. ${body}` });
  const [three] = bytesOf(await ana.send());
  await ben.take(one!);
  expect(await ben.take(three!)).toMatchObject({ refused: 1, records: [id] });
  expect(ben.store.get(id)).toMatchObject({ title: "One", body, revision: 1 });
  await ben.take(two!);
  expect(ben.store.get(id)).toMatchObject({ title: "Three", body: `Two. Three. ${body}` });
  expect(dumpOf(ben)).toEqual(dumpOf(ana));
});

describe("what is not what it says", () => {
  const device = sampleDevice(9);
  const whole = sampleSegment(device, { library: testLibrary, bodies: sampleBodies(device, 3) });
  const spoilt = (at: number) => whole.with(at, (whole[at]! + 1) % 256);
  test.each([
    ["cut off", whole.subarray(0, whole.length - 1), "truncated"],
    ["empty", new Uint8Array(), "truncated"],
    ["another file", Buffer.from("PK\u0003\u0004 and so on"), "not_guildhall"],
    ["longer than signed", Buffer.concat([whole, Buffer.alloc(1)]), "hash"],
    ["changed at its end", spoilt(whole.length - 1), "hash"],
    [
      "of another library",
      sampleSegment(device, { library: sampleRecord(78), bodies: sampleBodies(device, 3) }),
      "other_library",
    ],
    [
      "signed by another device",
      sampleSegment(
        { ...device, sign: sampleDevice(10).sign },
        { library: testLibrary, bodies: sampleBodies(device, 3) },
      ),
      "signature",
    ],
    [
      "under a device that the key is not of",
      sampleSegment(
        { ...device, id: sampleDevice(10).id },
        { library: testLibrary, bodies: sampleBodies({ ...device, id: sampleDevice(10).id }, 3) },
      ),
      "signature",
    ],
    [
      "with a chain that its changes do not make",
      sampleSegment(device, {
        library: testLibrary,
        bodies: sampleBodies(device, 3),
        header: { end: "B".repeat(42) + "A" },
      }),
      "hash",
    ],
    [
      "that inflates to more than it says",
      sampleSegment(device, {
        library: testLibrary,
        bodies: sampleBodies(device, 30),
        header: { ulen: 40 },
      }),
      "hash",
    ],
    [
      "with a change of another device",
      sampleSegment(device, { library: testLibrary, bodies: sampleBodies(sampleDevice(11), 3) }),
      "hash",
    ],
  ])("%s is set aside", async (_, bytes, reason) => {
    await using ben = await createTestPeer(2);
    const { verdicts } = await ben.take(new Uint8Array(bytes));
    expect(verdicts).toMatchObject([{ outcome: "quarantined", reason, changes: 0 }]);
    expect(ben.foundation.log.count(ben.foundation.databases.read)).toBe(0);
  });

  test("does not keep its neighbours from being taken", async () => {
    await using ben = await createTestPeer(2);
    const { verdicts } = await ben.take(spoilt(whole.length - 1), whole, whole);
    expect(verdicts.map((verdict) => verdict.outcome)).toEqual([
      "quarantined",
      "accepted",
      "known",
    ]);
    expect(problemsOf(ben)).toEqual([]);
  });

  test("of a newer version is held to the letter, and passed on", async () => {
    await using ben = await createTestPeer(2);
    const newer = sampleSegment(device, {
      library: testLibrary,
      bodies: sampleBodies(device, 2),
      header: { feat: ["req:telepathy"] },
    });
    const { verdicts } = await ben.take(newer);
    expect(verdicts).toMatchObject([
      { outcome: "held", reason: "future_format", device: device.id },
    ]);
    const { read } = ben.foundation.databases;
    const [row] = ben.outbox.segmentsOf(read, { device: device.id, incarnation: 7 });
    expect(row).toMatchObject({ held: true, first: 1, last: 2 });
    expect(new Uint8Array(ben.outbox.bytesOf(read, row!.id)!)).toEqual(newer);
    expect(ben.foundation.log.count(read)).toBe(0);
  });
});
