import { describe, expect, test } from "vitest";
import { idleControl } from "#test/support/idle-control.ts";
import { createTestPeer, dumpOf, problemsOf, type TestPeer } from "#test/support/test-peer.ts";

const playbook = (title: string) => ({ type: "playbook", fields: { title } }) as const;
const bytesOf = (files: readonly { readonly bytes: Uint8Array }[]) =>
  files.map(({ bytes }) => bytes);
const writerOf = ({ foundation }: TestPeer) =>
  foundation.databases.read.prepare("SELECT incarnation FROM workspace").get() as {
    incarnation: number;
  };

/** The same profile on a second machine, as it was at that moment. */
const copyOf = (peer: TestPeer) => createTestPeer(1001, { copyOf: peer });

describe("two copies of a device", () => {
  test("keep what both wrote, begin new lives, and agree with everybody", async () => {
    await using one = await createTestPeer(1);
    const { id } = await one.records.create(playbook("One"));
    const base = bytesOf(await one.send());
    await using two = await copyOf(one);
    await using ben = await createTestPeer(2);
    await one.records.edit({ id, fields: { title: "On the laptop" } });
    await two.records.edit({ id, fields: { summary: "At the desk" } });
    await two.records.create(playbook("Only at the desk"));
    const [ofOne, ofTwo] = [bytesOf(await one.send()), bytesOf(await two.send())];
    expect(await ben.take(...base, ...ofTwo)).toMatchObject({ reborn: false });
    const { verdicts } = await ben.take(...ofOne);
    expect(verdicts).toMatchObject([{ outcome: "accepted", reason: "fork" }]);
    expect(ben.intake.forked(ben.foundation.databases.read)).toEqual([
      one.foundation.identity.device()?.id,
    ]);
    expect(ben.intake.streamEnds(ben.foundation.databases.read)).toHaveLength(2);

    const before = writerOf(one).incarnation;
    expect(await one.take(...ofTwo)).toMatchObject({ reborn: true });
    expect(await two.take(...ofOne)).toMatchObject({ reborn: true });
    expect(writerOf(one).incarnation).not.toBe(before);
    await one.records.edit({ id, fields: { title: "Together" } });
    await ben.take(...bytesOf(await one.send()));
    await two.take(...bytesOf(segmentsOf(one)));
    expect(ben.store.get(id)).toMatchObject({
      title: "Together",
      fields: { summary: "At the desk" },
    });
    expect(dumpOf(ben)).toEqual(dumpOf(one));
    expect(dumpOf(two)).toEqual(dumpOf(one));
    for (const peer of [one, two, ben]) {
      expect(problemsOf(peer)).toEqual([]);
      const { read } = peer.foundation.databases;
      expect(await peer.projections.compare(read, idleControl)).toEqual([]);
    }
  });

  test("show both values where they wrote the same field, as two people would", async () => {
    await using one = await createTestPeer(1);
    const { id } = await one.records.create(playbook("One"));
    const base = bytesOf(await one.send());
    await using two = await copyOf(one);
    await using ben = await createTestPeer(2);
    await one.records.edit({ id, fields: { title: "Laptop" } });
    await two.records.edit({ id, fields: { title: "Desk" } });
    await ben.take(...bytesOf(await one.send()), ...base, ...bytesOf(await two.send()));
    const [conflict] = ben.store.get(id)?.conflicts ?? [];
    expect(conflict?.values.map(({ value }) => value).toSorted()).toEqual(["Desk", "Laptop"]);
    await ben.records.edit({ id, fields: { title: "Both" } });
    expect(ben.store.get(id)?.conflicts).toEqual([]);
  });
});

test("a device whose log was put back takes its own later changes from the folder and goes on", async () => {
  await using one = await createTestPeer(1);
  const { id } = await one.records.create(playbook("One"));
  await one.send();
  await using restored = await copyOf(one);
  await one.records.edit({ id, fields: { title: "Two" } });
  await one.records.edit({ id, fields: { title: "Three" } });
  const later = bytesOf(await one.send());
  const received = await restored.take(...later);
  expect(received).toMatchObject({
    reborn: false,
    verdicts: [{ outcome: "accepted", changes: 2 }],
  });
  expect(restored.outbox.waiting(restored.foundation.databases.read)).toBe(0);
  await restored.records.edit({ id, fields: { title: "Four" } });
  const [file] = await restored.send();
  expect(file).toMatchObject({ first: 4, last: 4 });
  expect(await one.take(file!.bytes)).toMatchObject({ reborn: false, records: [id] });
  expect(dumpOf(one)).toEqual(dumpOf(restored));
  for (const peer of [one, restored]) expect(problemsOf(peer)).toEqual([]);
});

test("a device that finds only the end of its own later changes begins another life", async () => {
  await using one = await createTestPeer(1);
  const { id } = await one.records.create(playbook("One"));
  await one.send();
  await using restored = await copyOf(one);
  await one.records.edit({ id, fields: { title: "Two" } });
  const [middle] = await one.send();
  await one.records.edit({ id, fields: { title: "Three" } });
  const [last] = await one.send();
  expect(await restored.take(last!.bytes)).toMatchObject({ reborn: true, refused: 1 });
  await restored.records.edit({ id, fields: { summary: "Meanwhile" } });
  await restored.take(middle!.bytes);
  expect(restored.store.get(id)).toMatchObject({
    title: "Three",
    fields: { summary: "Meanwhile" },
  });
  await one.take(...bytesOf(await restored.send()));
  expect(dumpOf(one)).toEqual(dumpOf(restored));
  expect(problemsOf(restored)).toEqual([]);
});

function segmentsOf({ outbox, foundation }: TestPeer) {
  const { read } = foundation.databases;
  return outbox
    .streams(read)
    .flatMap((stream) => outbox.segmentsOf(read, stream))
    .map(({ id }) => ({ bytes: outbox.bytesOf(read, id)! }));
}
