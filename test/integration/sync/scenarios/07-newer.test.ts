/** Scenario 28: an old app among newer ones keeps, passes on and shows what it can, and spoils nothing. */
import { expect, test } from "vitest";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { sampleRecord } from "#test/support/format-samples.ts";
import {
  bodiesOf,
  placeFor,
  plant,
  segmentBy,
  stolenKeys,
  streamOf,
} from "#test/support/hostile-files.ts";
import { openStage, type Player } from "#test/support/stage.ts";

/** What a later version writes with ana's device: a field, a type and a kind of write of its own. */
async function newerChanges(ana: Player, at: number) {
  const keys = await stolenKeys(ana);
  const stream = streamOf(ana);
  const lesson = sampleRecord(501);
  const ritual = sampleRecord(502);
  const bodies = bodiesOf(stream, [
    {
      record: lesson,
      at,
      writes: [
        { kind: "set", path: "title", value: "From the future", after: [] },
        { kind: "set", path: "mood", value: { colour: "blue", depth: [1, 2] }, after: [] },
        { kind: "counter", path: "uses", by: 3, deep: { z: null, a: 1 } },
      ],
      more: { witness: "somebody", signedAt: [1, 2, 3] },
    },
    {
      record: ritual,
      type: "ritual",
      at,
      writes: [{ kind: "set", path: "title", value: "Every Monday", after: [] }],
    },
  ]);
  return { keys, stream, lesson, ritual, bodies };
}

/** Every segment that the player holds, as it came. */
function segmentsOf(player: Player): readonly Uint8Array[] {
  return player.device.look((db) =>
    db
      .prepare<[], Buffer>("SELECT bytes FROM segment")
      .pluck()
      .all()
      .map((bytes) => new Uint8Array(bytes)),
  );
}

test("28a: fields, types and kinds of writes that nobody here knows are kept to the letter and handed on", async () => {
  await using stage = await openStage(["ana", "ben", "cleo"]);
  const [ana, ben] = stage.pair();
  await stage.meet(2);
  const newer = await newerChanges(ana, stage.carrier.now());
  const bytes = segmentBy(newer.keys, newer.stream, newer.bodies);
  const where = placeFor(newer.stream, bytes, 2);
  plant(stage, where, bytes);
  await ben.look(true);
  expect(await ben.get(newer.lesson)).toMatchObject({
    title: "From the future",
    fields: { mood: { colour: "blue", depth: [1, 2] } },
  });
  expect(segmentsOf(ben)).toContainEqual(bytes);

  // Ben's old app edits another field, and what it does not know stays as it was.
  await ben.edit(newer.lesson, { title: "From the future, edited" });
  await stage.meet(8);
  for (const player of stage.players) {
    const record = await player.get(newer.lesson);
    expect(record.title).toBe("From the future, edited");
    expect(record.fields["mood"]).toEqual({ colour: "blue", depth: [1, 2] });
    expect(record.conflicts).toEqual([]);
  }

  // It is put back by Ben when it vanishes, to the last byte.
  stage.carrier.person("cleo", where);
  await stage.meet(40, 6 * 60_000);
  expect(stage.carrier.viewOf("cleo").get(where)[0]?.bytes).toEqual(bytes);
});

test("28b: what needs a feature of a newer version is held whole, counted and passed on, and blocks nothing", async () => {
  await using stage = await openStage(["ana", "ben", "cleo"]);
  const [ana, ben, cleo] = stage.three();
  await stage.meet(2);
  const newer = await newerChanges(ana, stage.carrier.now());
  const bytes = segmentBy(newer.keys, newer.stream, newer.bodies, { feat: ["req:sealed-notes"] });
  const where = placeFor(newer.stream, bytes, 2);
  plant(stage, where, bytes);
  const own = await cleo.write("Meanwhile");
  await cleo.look();
  await ben.look(true);
  expect(ben.titleOf(newer.lesson)).toBeUndefined();
  expect(ben.titleOf(own)).toBe("Meanwhile");
  const { setAside } = await ben.ask((app) => app.sharing.folderHealth({}));
  expect(setAside).toContainEqual(
    expect.objectContaining({ path: where, reason: "future_format" }),
  );
  await cleo.look(true);
  for (const player of stage.players) stage.carrier.viewOf(player.name).set(where, []);
  await stage.meet(40, 6 * 60_000);
  const back = stage.players.map(({ name }) => stage.carrier.viewOf(name).get(where)[0]?.bytes);
  expect(back).toContainEqual(bytes);
});

test("28c: a newer library is not written to, and that is said", async () => {
  await using stage = await openStage(["ana", "ben"]);
  const [ana] = stage.pair();
  await stage.meet(2);
  const [copy] = stage.carrier.viewOf("ana").get("LIBRARY.json");
  const library = JSON.parse(Buffer.from(copy?.bytes ?? []).toString("utf8"));
  const newer = Buffer.from(`${JSON.stringify({ ...library, v: 2 })}\n`);
  stage.carrier.person("ana", "LIBRARY.json", newer);
  const before = stage.carrier.deeds.length;
  await ana.write("Refunds");
  const answer = await ana.device.ask((app) => app.sharing.sync({ full: true }));
  expect(answer).toEqual({ kind: "refused", code: "folder_newer_format" });
  expect(stage.carrier.deeds).toHaveLength(before);
  expect((await ana.ask((app) => app.sharing.state({}))).problem?.sentence).toMatch(
    /newer|update/iu,
  );
  expect(recordIdSchema.safeParse(library.library).success).toBe(true);
});
