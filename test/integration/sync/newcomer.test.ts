import { expect, test } from "vitest";
import { idleControl } from "#test/support/idle-control.ts";
import { generateLibrary } from "#test/support/generate-library.ts";
import { createTestPeer, dumpOf, problemsOf, testLibrary } from "#test/support/test-peer.ts";

const changes = 3000;
const library = (perSegment: number) => [
  ...generateLibrary({ library: testLibrary, devices: 3, records: 150, changes, perSegment }),
];
const bytesPerChange = (files: readonly Uint8Array[]) =>
  files.reduce((sum, file) => sum + file.length, 0) / changes;

const packs = library(1000);
const loose = library(4);

test("an edit weighs no more than the folder can bear, loose and packed", () => {
  expect(bytesPerChange(packs)).toBeLessThanOrEqual(100);
  expect(bytesPerChange(loose)).toBeLessThanOrEqual(350);
});

test("a library comes to the same from packs at once and from loose segments in any order", async () => {
  await using ana = await createTestPeer(1);
  await using ben = await createTestPeer(2);
  const received = await ana.take(...packs);
  expect(received.verdicts.reduce((sum, verdict) => sum + verdict.changes, 0)).toBe(changes);
  expect(received.records).toHaveLength(150);
  const backwards = loose.toReversed();
  for (let at = 0; at < backwards.length; at += 150) {
    await ben.take(...backwards.slice(at, at + 150));
  }
  expect(dumpOf(ben)).toEqual(dumpOf(ana));
  expect(dumpOf(ana).filter((line) => line.startsWith("refusal"))).toEqual([]);
  expect(dumpOf(ana).filter((line) => line.includes('"intact":0'))).toEqual([]);
  for (const peer of [ana, ben]) {
    expect(problemsOf(peer)).toEqual([]);
    const { read } = peer.foundation.databases;
    expect(await peer.projections.compare(read, idleControl)).toEqual([]);
  }
  // What is known costs nothing more, and the packs take the place of what they hold.
  expect(await ben.take(...packs)).toMatchObject({ records: [], refused: 0 });
  expect(dumpOf(ben)).toEqual(dumpOf(ana));
});

test("a newcomer is answered while a library comes in", async () => {
  await using ana = await createTestPeer(1);
  let turns = 0;
  const files = packs.map((bytes, index) => ({ path: `p${index}`, bytes }));
  await ana.intake.accept(files, () => {
    turns += 1;
    return Promise.resolve();
  });
  expect(turns).toBeGreaterThan(150);
});
