import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Refusal } from "#engine/records/record-fold.ts";
import type { ReadRoster } from "#engine/sync/roster-source.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import type { Fields } from "#shared/domain/record-fields.ts";
import { idleControl } from "#test/support/idle-control.ts";
import { seeded } from "#test/support/seeded.ts";
import { createTestPeer, dumpOf, problemsOf, type TestPeer } from "#test/support/test-peer.ts";

const body = "Open the case. Read the letter. Answer the customer.\nThen close it.\n";

/** One act of a random history; `who` and `pick` are taken modulo what there is. */
const act = fc.record({
  who: fc.nat(3),
  what: fc.constantFrom(
    ...(["create", "edit", "edit", "text", "text", "tags", "trash", "back"] as const),
    ...(["meet", "meet", "clone", "newer", "skew", "undo"] as const),
  ),
  pick: fc.nat(1000),
  word: fc.constantFrom("alpha", "beta", "gamma", "delta"),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

type World = {
  readonly peers: TestPeer[];
  readonly ids: RecordId[];
  /** Every file that anybody ever sent. */
  readonly files: Uint8Array[];
  readonly actions: RecordId[];
};

/**
 * A judge as touchy as no roster: what it says of a change depends on how many stood before it, so
 * one that comes in another place of the order, now or later, changes what stands behind it.
 */
const roster: ReadRoster = () => ({
  standingOf: () => "active",
  differingFrom: () => [],
  branchesOf: () => "",
  reachOf: () => 0,
  judge: (change, before): Exclude<Refusal, "waiting"> | undefined => {
    const turn = ((before?.revision ?? 0) + change.sequence) % 6;
    if (turn === 4 && before !== undefined) return "not_permitted";
    return turn === 5 && change.at.endsWith("0") ? "removed" : undefined;
  },
});

async function perform(world: World, { who, what, pick, word }: Act): Promise<void> {
  const peer = world.peers[who % world.peers.length]!;
  const id = world.ids[pick % Math.max(1, world.ids.length)];
  const here = id === undefined ? undefined : peer.store.get(id);
  const edit = (fields: Fields, text?: string) =>
    peer.store.write([{ id: id!, type: "playbook", fields, body: text }]);
  peer.foundation.clock.advance(pick * 7);
  if (what === "create" || id === undefined) {
    const fields = { title: word, tags: [word] };
    const made = await peer.records.create({ type: "playbook", fields, body });
    world.ids.push(made.id);
    return;
  }
  switch (what) {
    case "edit":
      if (here) await edit({ title: word, risk_tier: "high" });
      return;
    case "text":
      if (here) {
        const place = pick % here.body.length;
        const text = here.body.slice(0, place) + word + here.body.slice(place);
        await edit({}, text);
      }
      return;
    case "tags":
      if (here) await edit({ tags: [word, "x"] });
      return;
    case "trash":
      await peer.store.remove([id]);
      return;
    case "back":
      await peer.store.putBack([id]);
      return;
    case "undo": {
      const [change] = here ? peer.foundation.log.ofRecord(peer.foundation.databases.read, id) : [];
      if (change?.action !== undefined) await peer.store.undo(change.action);
      return;
    }
    case "meet": {
      world.files.push(...(await sent(peer)));
      const some = world.files.filter((_, index) => (index * 7 + pick) % 3 === 0);
      await peer.take(...some);
      return;
    }
    case "clone":
      if (world.peers.length >= 6) return;
      world.peers.push(
        await createTestPeer(1000 + pick + world.peers.length, { copyOf: peer, roster }),
      );
      return;
    case "newer":
      await appendNewer(peer, id, word);
      return;
    case "skew":
      peer.foundation.clock.advance(pick % 2 === 0 ? 3e10 : -3e8);
  }
}

/** What a newer version would write: a field, a kind of write and keys that nobody here knows. */
async function appendNewer({ foundation, projections }: TestPeer, id: RecordId, word: string) {
  const { log, databases } = foundation;
  await databases.queue.run((db) => {
    const draft = {
      record: id,
      type: "playbook",
      mood: { b: word, a: [1] },
      writes: [
        { kind: "counter", path: "uses", by: 3, deep: { z: null } },
        { kind: "set" as const, path: "weather", value: { word }, after: [] },
      ],
    };
    projections.apply(db, log.append(db, [draft]));
  });
}

async function sent(peer: TestPeer): Promise<readonly Uint8Array[]> {
  return (await peer.send()).map(({ bytes }) => bytes);
}

/** The same changes in other files: packs of everything that one device signed. */
async function packed(peer: TestPeer): Promise<readonly Uint8Array[]> {
  const { databases, identity } = peer.foundation;
  const files: Uint8Array[] = [];
  for (const stream of peer.outbox.streams(databases.read)) {
    if (stream.device !== identity.device()?.id) continue;
    const rows = peer.outbox.segmentsOf(databases.read, stream);
    const following = rows.filter((row, at) => at === 0 || row.first === rows[at - 1]!.last + 1);
    const ids = following.map(({ id }) => id);
    if (following.length !== rows.length) continue;
    const packs = await databases.queue.run((db) => peer.outbox.replaceByPack(db, ids));
    files.push(...packs.map(({ bytes }) => bytes));
  }
  return files;
}

/** In an order that the number decides. */
function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const keyed = items.map((item, at) => ({ item, key: ((at + 1) * 7919 * (seed + 13)) % 10_007 }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item);
}

function endsOf({ intake, foundation }: TestPeer): readonly string[] {
  return intake
    .streamEnds(foundation.databases.read)
    .map(({ device, incarnation, sequence, chain }) =>
      [device, incarnation, sequence, Buffer.from(chain).toString("hex")].join(" "),
    );
}

async function dispose(world: World): Promise<void> {
  for (const peer of world.peers) await peer[Symbol.asyncDispose]();
}

/** Lets everybody have every file, each in an order and in groups of their own. */
async function settle(world: World, seed: number): Promise<void> {
  for (const peer of world.peers) world.files.push(...(await sent(peer)));
  for (const [index, peer] of world.peers.entries()) {
    const extra = index % 2 === 0 ? await packed(peer) : [];
    world.files.push(...extra);
  }
  for (const [index, peer] of world.peers.entries()) {
    const order = shuffled([...world.files, ...world.files.slice(0, 3)], seed + index);
    const size = 1 + ((seed + index) % 5);
    for (let at = 0; at < order.length; at += size) await peer.take(...order.slice(at, at + size));
  }
}

test("whatever people did and in whatever order files come, everybody ends with the same", async () => {
  let [refused, forked] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 5, maxLength: 40 }),
      fc.nat(1000),
      async (acts, seed) => {
        const peers = [];
        for (const number of [1, 2, 3]) peers.push(await createTestPeer(number, { roster }));
        const world: World = { peers, ids: [], files: [], actions: [] };
        try {
          for (const one of acts) await perform(world, one);
          await settle(world, seed);
          const [first, ...others] = world.peers;
          const expected = dumpOf(first!);
          const ends = endsOf(first!);
          for (const other of others) {
            expect(dumpOf(other)).toEqual(expected);
            expect(endsOf(other)).toEqual(ends);
          }
          for (const peer of world.peers) {
            const { read } = peer.foundation.databases;
            expect(await peer.projections.compare(read, idleControl)).toEqual([]);
            expect(problemsOf(peer)).toEqual([]);
          }
          refused += expected.filter((line) => line.startsWith("refusal")).length;
          forked += first!.intake.forked(first!.foundation.databases.read).length;
          expect(expected.filter((line) => line.includes('"waiting"'))).toEqual([]);
        } finally {
          await dispose(world);
        }
      },
    ),
    seeded(71, 40),
  );
  expect(refused).toBeGreaterThan(0);
  expect(forked).toBeGreaterThan(0);
}, 120_000);

test("keeps what a newer version wrote to the letter, and hands it on", async () => {
  await using ana = await createTestPeer(1);
  await using ben = await createTestPeer(2);
  await using eva = await createTestPeer(3);
  const { id } = await ana.records.create({ type: "playbook", fields: { title: "One" } });
  await appendNewer(ana, id, "alpha");
  const files = await sent(ana);
  await ben.take(...files);
  await ben.records.edit({ id, fields: { title: "Two" } });
  const { read } = ben.foundation.databases;
  const kept = ben.outbox
    .streams(read)
    .flatMap((stream) => ben.outbox.segmentsOf(read, stream))
    .map((row) => new Uint8Array(ben.outbox.bytesOf(read, row.id)!));
  expect(kept.map(String)).toContain(String(files[0]));
  await eva.take(...kept, ...(await sent(ben)));
  const bodies = (peer: TestPeer) =>
    peer.foundation.databases.read
      .prepare("SELECT body FROM logged_change ORDER BY device, sequence")
      .pluck()
      .all();
  expect(bodies(eva)).toEqual(bodies(ben));
  expect(bodies(eva).join()).toContain('{"by":3,"deep":{"z":null},"kind":"counter","path":"uses"}');
  expect(eva.store.get(id)).toMatchObject({ title: "Two", fields: { weather: { word: "alpha" } } });
});
