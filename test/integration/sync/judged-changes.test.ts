import { describe, expect, test } from "vitest";
import type { Refusal } from "#engine/records/record-fold.ts";
import type { ReadRoster, RosterNow } from "#engine/sync/roster-source.ts";
import { deviceIdSchema } from "#shared/domain/ids.ts";
import { idleControl } from "#test/support/idle-control.ts";
import { createTestPeer, dumpOf, testLibrary, type TestPeer } from "#test/support/test-peer.ts";

type Named = { readonly let: readonly string[]; readonly barred: readonly string[] };

/** Who founded the library is known before any act has come. */
const founders = new Set<string>();

/** A roster of acts that let a device in, or bar it from all but titles. */
const readRoster: ReadRoster = (db): RosterNow => {
  const bodies = db
    .prepare<[string], { body: string }>("SELECT body FROM logged_change WHERE record = ?")
    .all(testLibrary);
  const acts = bodies.flatMap(({ body }) => JSON.parse(body).writes as { act: Named }[]);
  const named = (key: keyof Named) => new Set(acts.flatMap(({ act }) => act[key]));
  const [known, barred] = [named("let").union(founders), named("barred")];
  return {
    standingOf: (device) => (known.has(device) ? "active" : "unknown"),
    judge: (change): Exclude<Refusal, "waiting"> | undefined =>
      barred.has(change.device) && change.writes.some((write) => write.path !== "title")
        ? "not_permitted"
        : undefined,
    differingFrom: () => [...known, ...barred].map((device) => deviceIdSchema.parse(device)),
    branchesOf: () => "",
    reachOf: () => 0,
  };
};

async function writeAct({ foundation, projections }: TestPeer, act: Partial<Named>) {
  const { databases, log } = foundation;
  const write = { kind: "act", path: "roster", act: { let: [], barred: [], ...act }, after: [] };
  const draft = { record: testLibrary, type: "roster", writes: [write] };
  await databases.queue.run((db) => projections.apply(db, log.append(db, [draft])));
}

const deviceOf = ({ foundation }: TestPeer) =>
  deviceIdSchema.parse(foundation.identity.device()?.id);
const bytesOf = async (peer: TestPeer) => (await peer.send()).map(({ bytes }) => bytes);

/** Ana founds the library and lets the others in. */
async function shared(ana: TestPeer, ...others: readonly TestPeer[]) {
  founders.add(deviceOf(ana));
  await writeAct(ana, { let: [deviceOf(ana), ...others.map(deviceOf)] });
}

describe("files of devices that nobody knows", () => {
  test("are held without being kept, and taken with the very files that let them in", async () => {
    await using ana = await createTestPeer(1, { roster: readRoster });
    await using ben = await createTestPeer(2);
    await using eva = await createTestPeer(3, { roster: readRoster });
    const { id } = await ben.records.create({ type: "playbook", fields: { title: "Ben's" } });
    const [ofBen] = await bytesOf(ben);
    expect(await eva.take(ofBen!)).toMatchObject({
      verdicts: [{ outcome: "held", reason: "unknown_device", device: deviceOf(ben) }],
      acts: false,
    });
    expect(eva.outbox.streams(eva.foundation.databases.read)).toEqual([]);
    await shared(ana, ben);
    const received = await eva.take(ofBen!, ...(await bytesOf(ana)));
    expect(received.verdicts.map(({ outcome }) => outcome)).toEqual(["accepted", "accepted"]);
    expect(received).toMatchObject({ acts: true, records: [id] });
    expect(eva.store.get(id)?.title).toBe("Ben's");
  });

  test("never become a record when they are acts", async () => {
    await using ana = await createTestPeer(1, { roster: readRoster });
    await shared(ana);
    const { read } = ana.foundation.databases;
    expect(dumpOf(ana)).toEqual([]);
    expect(await ana.projections.compare(read, idleControl)).toEqual([]);
  });
});

describe("changes that somebody was not permitted", () => {
  test("are kept and left out, whatever comes before or after them", async () => {
    await using ana = await createTestPeer(1, { roster: readRoster });
    await using ben = await createTestPeer(2, { roster: readRoster });
    await shared(ana, ben);
    await ben.take(...(await bytesOf(ana)));
    const { id } = await ana.records.create({ type: "playbook", fields: { title: "One" } });
    await ben.take(...(await bytesOf(ana)));
    await ben.records.edit({ id, fields: { summary: "Ben's words" } });
    await ben.records.edit({ id, fields: { title: "Two" } });
    await ana.take(...(await bytesOf(ben)));
    expect(ana.store.get(id)).toMatchObject({ title: "Two", fields: { summary: "Ben's words" } });

    await writeAct(ana, { barred: [deviceOf(ben)] });
    expect(await ana.intake.judgeAgain([deviceOf(ben)])).toEqual({ records: [id] });
    expect(ana.store.get(id)?.fields["summary"]).toBeUndefined();
    expect(ana.store.get(id)).toMatchObject({ title: "Two", revision: 2 });
    expect(await ana.records.history({ id })).toHaveLength(2);
    await ben.take(...(await bytesOf(ana)));
    expect(dumpOf(ben)).toEqual(dumpOf(ana));
    expect(dumpOf(ana).filter((line) => line.includes("not_permitted"))).toHaveLength(1);
    for (const peer of [ana, ben]) {
      const { read } = peer.foundation.databases;
      expect(await peer.projections.compare(read, idleControl)).toEqual([]);
    }
  });

  test("take the record with them when nothing else is left of it", async () => {
    await using ana = await createTestPeer(1, { roster: readRoster });
    await using ben = await createTestPeer(2, { roster: readRoster });
    await shared(ana, ben);
    await ben.take(...(await bytesOf(ana)));
    const { id } = await ben.records.create({
      type: "playbook",
      fields: { title: "A", summary: "B" },
    });
    await ana.take(...(await bytesOf(ben)));
    expect(ana.store.get(id)?.title).toBe("A");
    await writeAct(ana, { barred: [deviceOf(ben)] });
    await ana.intake.judgeAgain([deviceOf(ben)]);
    expect(ana.store.get(id)).toBeUndefined();
    expect(dumpOf(ana)).toEqual([expect.stringMatching(/^refusal .*not_permitted/u)]);
  });
});

test("a version stays what was seen when an earlier change of the same device comes late", async () => {
  await using ana = await createTestPeer(1);
  await using ben = await createTestPeer(2);
  const { id } = await ana.records.create({ type: "playbook", fields: { title: "One" } });
  const first = await bytesOf(ana);
  await ana.records.edit({ id, fields: { risk_tier: "high" } });
  const late = await bytesOf(ana);
  await ana.records.edit({ id, fields: { title: "Two" } });
  await ben.take(...first, ...(await bytesOf(ana)));
  const seen = await ben.records.get({ id });
  expect(seen).toMatchObject({ title: "Two", revision: 2 });
  await ben.take(...late);
  expect(await ben.records.get({ id, version: seen.version })).toEqual(seen);
  await ben.records.edit({ id, base: seen.version, fields: { risk_tier: "minimal" } });
  const [conflict] = (await ben.records.get({ id })).conflicts;
  expect(conflict?.values.map(({ value }) => value).toSorted()).toEqual(["high", "minimal"]);
});

test("what is heard moves this device's clock, but never by more than five minutes", async () => {
  await using ana = await createTestPeer(1);
  await using ben = await createTestPeer(2);
  ana.foundation.clock.advance(60_000);
  const { id } = await ana.records.create({ type: "playbook", fields: { title: "One" } });
  await ben.take(...(await bytesOf(ana)));
  await ben.records.edit({ id, fields: { title: "Two" } });
  const [one, two] = ben.foundation.log.ofRecord(ben.foundation.databases.read, id);
  expect(two!.at > one!.at).toBe(true);
  ana.foundation.clock.advance(365 * 24 * 3600 * 1000);
  await ana.records.edit({ id, fields: { title: "Next year" } });
  await ben.take(...(await bytesOf(ana)));
  await ben.records.edit({ id, fields: { title: "Now" } });
  const last = ben.foundation.log.get(
    ben.foundation.databases.read,
    ben.foundation.log.newest(ben.foundation.databases.read, id)!,
  );
  const ahead = Number.parseInt(last!.at.slice(0, 11), 16) - ben.foundation.clock.now();
  expect(ahead).toBeLessThanOrEqual(5 * 60 * 1000 + 1);
  expect(ben.store.get(id)?.title).toBe("Now");
});
