import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkTexts } from "#engine/records/text-check.ts";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import type { Fields } from "#shared/domain/record-fields.ts";
import { meet, send } from "#test/support/exchange.ts";
import { insertForeignChanges } from "#test/support/foreign-changes.ts";
import { idleControl } from "#test/support/idle-control.ts";
import { withId } from "#test/support/random-history.ts";
import { createTestRecords, type TestRecords } from "#test/support/test-records.ts";

const body = "Open the case. Read the letter. Answer the customer.\n";

async function shared(one: TestRecords, other: TestRecords): Promise<RecordId> {
  const { id } = await one.records.create({
    type: "playbook",
    fields: { title: "T", tags: ["a"], risk_tier: "limited", steps: [{ title: "s" }] },
    body,
  });
  await meet(one, other);
  return id;
}

/** All that people see of a record; the version is each device's own. */
function shown(view: RecordView | undefined) {
  const { version: _, ...rest } = view ?? { version: null };
  return rest;
}

describe("writing with a base", () => {
  it("keeps what others wrote since beside what the writer wrote", async () => {
    await using test = await createTestRecords();
    const { records } = test;
    const { id } = await records.create({ type: "playbook", fields: { title: "T" }, body });
    const { version } = await records.get({ id });
    await records.edit({
      id,
      fields: { risk_tier: "high", summary: "S" },
      body: body.replace("letter", "email"),
    });
    await records.edit({
      id,
      base: version,
      fields: { risk_tier: "minimal", title: "T" },
      body: body.replace("customer", "person"),
    });
    const now = await records.get({ id });
    expect(now.body).toBe("Open the case. Read the email. Answer the person.\n");
    expect(now.fields["summary"]).toBe("S");
    expect(now.conflicts.map((conflict) => [conflict.path, conflict.values.length])).toEqual([
      ["risk_tier", 2],
    ]);
    expect(now.conflicts[0]?.values[0]?.value).toBe(now.fields["risk_tier"]);
    await records.edit({ id, fields: { risk_tier: "minimal" }, body: now.body });
    const settled = await records.get({ id });
    expect(settled).toMatchObject({ conflicts: [], mergedFrom: [], body: now.body });
  });

  it("takes what the writer saw in the same words for the same thing", async () => {
    await using test = await createTestRecords();
    const { records } = test;
    const { id } = await records.create({ type: "playbook", fields: { title: "T" }, body });
    const { version } = await records.get({ id });
    await records.edit({ id, fields: { title: "New" } });
    const same = await records.edit({ id, base: version, fields: { title: "New" } });
    expect(same).toMatchObject({ revision: 2, action: null });
  });

  it("brings a record back from the trash when the writer did not know that it went there", async () => {
    await using test = await createTestRecords();
    const { records } = test;
    const { id } = await records.create({ type: "playbook", fields: { title: "T" }, body });
    const { version } = await records.get({ id });
    await records.remove({ ids: [id] });
    await records.edit({ id, base: version, fields: { title: "New" } });
    const back = await records.get({ id });
    expect(back.removedAt).toBeNull();
    expect(back.conflicts).toMatchObject([{ path: "removed_at" }]);
    await records.edit({ id, fields: { summary: "It stays." } });
    expect((await records.get({ id })).conflicts).toEqual([]);
  });
});

describe("the version a writer saw", () => {
  it("stays what it was when an older change of a colleague arrives late", async () => {
    await using ana = await createTestRecords(1);
    await using ben = await createTestRecords(2);
    const id = await shared(ana, ben);
    await ben.records.edit({
      id,
      fields: { summary: "Ben's" },
      body: body.replace("Open", "Take"),
    });
    ana.foundation.clock.advance(60_000);
    await ana.records.edit({ id, fields: { summary: "Ana's" } });
    const seen = await ana.records.get({ id });
    await send(ben, ana);
    // Ben's change is the second of three now, and was never before Ana's eyes.
    expect(await ana.records.get({ id, version: seen.version })).toEqual(seen);
    await ana.records.edit({
      id,
      base: seen.version,
      fields: { summary: "Ana's last" },
      body: body.replace("customer", "person"),
    });
    const now = await ana.records.get({ id });
    expect(now.body).toBe("Take the case. Read the letter. Answer the person.\n");
    expect(now.conflicts).toMatchObject([
      { path: "summary", values: [{ value: "Ana's last" }, { value: "Ben's" }] },
    ]);
  });

  it("is refused where this workspace never knew it", async () => {
    await using test = await createTestRecords();
    const { id } = await test.records.create({ type: "playbook", fields: { title: "T" } });
    const base = `${"0".repeat(20)}-0-1-000000`;
    const edit = test.records.edit({ id, base, fields: { title: "New" } });
    await expect(edit).rejects.toMatchObject({ fault: { code: "not_found" } });
    await expect(test.records.get({ id, version: base })).rejects.toMatchObject({
      fault: { code: "not_found" },
    });
    expect((await test.records.get({ id })).revision).toBe(1);
  });
});

describe("two people apart", () => {
  it("see one merged text after they meet, with both names, until somebody saves it", async () => {
    await using ana = await createTestRecords(1);
    await using ben = await createTestRecords(2);
    const id = await shared(ana, ben);
    for (const test of [ana, ben]) {
      const { person } = test.foundation;
      const name = test === ana ? "Ana" : "Ben";
      await test.store.write([{ id: person, type: "person", fields: { display_name: name } }]);
    }
    await ana.records.edit({ id, fields: {}, body: body.replace("Open", "Take") });
    await ben.records.edit({ id, fields: {}, body: body.replace("customer", "person") });
    await meet(ana, ben);
    const [one, two] = [await ana.records.get({ id }), await ben.records.get({ id })];
    expect(one.body).toBe("Take the case. Read the letter. Answer the person.\n");
    expect(shown(two)).toEqual(shown(one));
    expect(one.mergedFrom.map((person) => person.title).toSorted()).toEqual(["Ana", "Ben"]);
    await ana.records.edit({ id, fields: {}, body: `${one.body}End.\n` });
    await meet(ana, ben);
    expect(await ben.records.get({ id })).toMatchObject({
      body: `${one.body}End.\n`,
      mergedFrom: [],
      conflicts: [],
    });
  });

  it("fill different parts of a group and both stand; the same part is a conflict of its own", async () => {
    await using ana = await createTestRecords(1);
    await using ben = await createTestRecords(2);
    const id = await shared(ana, ben);
    await ana.records.edit({ id, fields: { handoff: { trigger: "Anger", maximum_wait: "2 h" } } });
    await ben.records.edit({ id, fields: { handoff: { receiving_role: "Lead" } } });
    await meet(ana, ben);
    const both = await ben.records.get({ id });
    expect(both.conflicts).toEqual([]);
    expect(both.fields["handoff"]).toEqual({
      trigger: "Anger",
      maximum_wait: "2 h",
      receiving_role: "Lead",
    });
    const handoff = both.fields["handoff"] as Fields;
    await ana.records.edit({ id, fields: { handoff: { ...handoff, trigger: "Fear" } } });
    await ben.records.edit({ id, fields: { handoff: { ...handoff, trigger: "Doubt" } } });
    await meet(ana, ben);
    const apart = await ana.records.get({ id });
    expect(apart.conflicts.map(({ path, values }) => [path, values.length])).toEqual([
      ["handoff/.trigger", 2],
    ]);
    expect(shown(await ben.records.get({ id }))).toEqual(shown(apart));
  });

  it("see the same winner and both variants where they wrote in one place", async () => {
    await using ana = await createTestRecords(1);
    await using ben = await createTestRecords(2);
    const id = await shared(ana, ben);
    await ana.records.edit({ id, fields: {}, body: body.replace("letter", "email") });
    await ben.records.edit({ id, fields: {}, body: body.replace("letter", "message") });
    await meet(ana, ben);
    const [one, two] = [await ana.records.get({ id }), await ben.records.get({ id })];
    expect(shown(two)).toEqual(shown(one));
    expect(one.conflicts).toHaveLength(1);
    expect(one.conflicts[0]).toMatchObject({ path: "body", values: [{ value: one.body }, {}] });
    // Whoever merges them sees what both began from.
    expect(one.conflicts[0]?.base).toBe(body);
    expect(two.conflicts[0]?.base).toBe(body);
    const texts = one.conflicts[0]!.values.map((value) => value.value);
    const written = [body.replace("letter", "email"), body.replace("letter", "message")];
    expect(new Set(texts)).toEqual(new Set(written));
    await ben.records.edit({ id, fields: {}, body: one.body });
    expect((await ben.records.get({ id })).conflicts).toEqual([]);
  });

  it("merge over the newest version that both had, not over the first", async () => {
    await using ana = await createTestRecords(1);
    await using ben = await createTestRecords(2);
    const id = await shared(ana, ben);
    await ana.records.edit({ id, fields: {}, body: body.replace("Open the case. ", "") });
    await meet(ana, ben);
    await ana.records.edit({ id, fields: {}, body });
    const shorter = body.replace("Open the case. ", "").replace("customer", "person");
    await ben.records.edit({ id, fields: {}, body: shorter });
    await meet(ana, ben);
    expect((await ben.records.get({ id })).body).toBe(body.replace("customer", "person"));
  });

  it("merge three texts into one that holds what each wrote", async () => {
    const [ana, ben, cem] = await Promise.all([1, 2, 3].map((seed) => createTestRecords(seed)));
    const id = await shared(ana!, ben!);
    await send(ana!, cem!);
    await ana!.records.edit({ id, fields: {}, body: body.replace("Open", "Take") });
    await ben!.records.edit({ id, fields: {}, body: body.replace("letter", "email") });
    await cem!.records.edit({ id, fields: {}, body: body.replace("customer", "person") });
    await send(ana!, cem!);
    await send(cem!, ben!);
    await meet(ben!, ana!);
    await meet(ben!, cem!);
    for (const test of [ana!, ben!, cem!]) {
      const { body: merged } = await test.records.get({ id });
      expect(merged).toBe("Take the case. Read the email. Answer the person.\n");
      await test[Symbol.asyncDispose]();
    }
  });

  it("keep members, list elements and records that the other did not know were touched", async () => {
    await using ana = await createTestRecords(1);
    await using ben = await createTestRecords(2);
    const id = await shared(ana, ben);
    const steps = (await ana.records.get({ id })).fields["steps"] as { id: string }[];
    await ana.records.edit({ id, fields: { tags: ["a", "b"], steps: [] } });
    await ben.records.edit({
      id,
      fields: { tags: [], steps: [{ ...steps[0]!, title: "kept" }, { title: "new" }] },
    });
    await ana.records.remove({ ids: [id] });
    await meet(ana, ben);
    const [one, two] = [await ana.records.get({ id }), await ben.records.get({ id })];
    expect(shown(two)).toEqual(shown(one));
    expect(one.removedAt).toBeNull();
    expect(one.fields["tags"]).toEqual(["b"]);
    expect(one.fields["steps"]).toMatchObject([{ title: "kept" }, { title: "new" }]);
  });
});

describe("a newer version's work", () => {
  it("is kept, shown and written back, and a text that is not what was signed is told", async () => {
    await using test = await createTestRecords();
    const { foundation, projections, records, store } = test;
    const id = store.newId();
    const change = withId({
      v: 3,
      device: "zzzzzzzzzzzzzzzzzzzz",
      incarnation: 0,
      sequence: 1,
      at: "01971b8a000-0000",
      author: store.newId(),
      record: id,
      type: "ritual",
      action: store.newId(),
      mood: "calm",
      writes: [
        { kind: "set", path: "title", value: "Friday review", after: [] },
        { kind: "set", path: "weight", value: { grams: 3 }, after: [] },
        { kind: "members", path: "moods", add: ["glad"], remove: [] },
        { kind: "text", path: "creed", full: "We look back.", hash: "0".repeat(16), after: [] },
        { kind: "counter", path: "uses", by: 3 },
      ],
    });
    await foundation.databases.queue.run((db) => {
      insertForeignChanges(db, [change]);
      projections.apply(db, [change]);
    });
    await records.edit({ id, fields: { moods: ["glad", "calm"], creed: "We look back twice." } });
    expect(await records.get({ id })).toMatchObject({
      type: "ritual",
      title: "Friday review",
      status: null,
      fields: { weight: { grams: 3 }, moods: ["glad", "calm"], creed: "We look back twice." },
    });
    const [first, second] = foundation.log.ofRecord(foundation.databases.read, id);
    expect(first).toEqual(change);
    expect(second?.writes.map((write) => write.kind)).toEqual(["members", "text"]);
    const { read } = foundation.databases;
    expect(await projections.compare(read, idleControl)).toEqual([]);
    expect(await checkTexts(read, idleControl)).toEqual([expect.stringContaining('"creed"')]);
  });
});

const operation = fc.record({
  who: fc.nat(2),
  what: fc.constantFrom("edit", "text", "old", "remove", "putBack", "undo", "restore", "send"),
  pick: fc.nat(1000),
  word: fc.constantFrom("alpha", "beta", "gamma"),
});
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

async function perform(test: TestRecords, ids: readonly RecordId[], one: Operation): Promise<void> {
  const { records, store } = test;
  const id = ids[one.pick % ids.length]!;
  const now = store.get(id);
  if (now === undefined) return;
  const { word, pick } = one;
  const steps = (now.fields["steps"] ?? []) as readonly { id: string }[];
  switch (one.what) {
    case "edit":
      await store.write([
        {
          id,
          type: now.type,
          fields: {
            risk_tier: word,
            tags: pick % 2 ? [word, "x"] : [],
            guardrails: [word, "always", String(pick % 3)],
            steps: pick % 3 ? [...steps.toReversed(), { title: word }] : steps.slice(1),
          },
        },
      ]);
      return;
    case "text": {
      const at = pick % (now.body.length + 1);
      const text = `${now.body.slice(0, at)} ${word} ${now.body.slice(at + (pick % 9))}`;
      await store.write([{ id, type: now.type, fields: {}, body: text }]);
      return;
    }
    case "old":
      await store.write([
        {
          id,
          type: now.type,
          base: store.get(id, 1 + (pick % now.revision))?.version,
          fields: { summary: word },
          body: `${body}${word}`,
        },
      ]);
      return;
    case "remove":
      await records.remove({ ids: [id] });
      return;
    case "putBack":
      await records.putBack({ ids: [id] });
      return;
    case "undo": {
      const changes = test.foundation.log.ofRecord(test.foundation.databases.read, id);
      await store.undo(changes[pick % changes.length]!.action!);
      return;
    }
    case "restore":
      await store.restore(id, 1 + (pick % now.revision));
      return;
    case "send":
  }
}

describe("random histories", () => {
  it("end in the same records on every device, and in the same after a rebuild", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 40 }), async (operations) => {
        await using one = await createTestRecords(1);
        await using two = await createTestRecords(2);
        await using three = await createTestRecords(3);
        const all = [one, two, three];
        const ids = [await shared(one, two), await shared(two, one)];
        await send(two, three);
        for (const step of operations) {
          const test = all[step.who]!;
          test.foundation.clock.advance(step.pick - 300);
          if (step.what === "send") await send(test, all[(step.who + 1) % 3]!);
          else await perform(test, ids, step);
        }
        for (let round = 0; round < 2; round += 1) {
          await meet(one, two);
          await meet(two, three);
        }
        for (const id of ids) {
          const expected = shown(one.store.get(id));
          expect(shown(two.store.get(id))).toEqual(expected);
          expect(shown(three.store.get(id))).toEqual(expected);
        }
        for (const test of all) {
          const { databases } = test.foundation;
          expect(await test.projections.compare(databases.read, idleControl)).toEqual([]);
        }
        const { databases } = three.foundation;
        const expected = ids.map((id) => three.store.get(id));
        await databases.queue.runLong((db) => three.projections.rebuild(db, idleControl));
        expect(ids.map((id) => three.store.get(id))).toEqual(expected);
      }),
      { seed: 41, numRuns: 15 },
    );
  });
});
