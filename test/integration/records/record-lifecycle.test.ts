import { describe, expect, it } from "vitest";
import { idleControl } from "#test/support/idle-control.ts";
import { createTestRecords, type TestRecords } from "#test/support/test-records.ts";

const code = (expected: string) => ({ fault: { kind: "expected", code: expected } });

async function playbook(test: TestRecords, body = "One two three.\n") {
  return test.records.create({
    type: "playbook",
    fields: { title: "Answer a complaint", tags: ["tone"], risk_tier: "limited" },
    body,
  });
}

describe("a record's life", () => {
  it("is created, read, edited and listed", async () => {
    await using test = await createTestRecords();
    const { records, foundation } = test;
    const { id, revision, action } = await playbook(test);
    expect(revision).toBe(1);
    expect(action).not.toBeNull();
    expect(await records.get({ id })).toMatchObject({
      type: "playbook",
      title: "Answer a complaint",
      status: "draft",
      summary: "One two three.",
      body: "One two three.\n",
      fields: { tags: ["tone"], risk_tier: "limited" },
      removedAt: null,
      conflicts: [],
      mergedFrom: [],
    });
    foundation.clock.advance(1000);
    const edited = await records.edit({
      id,
      fields: { tags: ["Tone", "law"], risk_tier: null, owner_id: null },
      body: "One 2 three.\n",
      note: "Shorter",
    });
    expect(edited.revision).toBe(2);
    const now = await records.get({ id });
    expect(now.fields).toEqual({ title: "Answer a complaint", tags: ["Tone", "law"] });
    expect(now.updatedAt > now.createdAt).toBe(true);
    expect(await records.list({ type: "playbook" })).toMatchObject({ total: 1, records: [{ id }] });
    expect(foundation.events.at(-1)).toEqual({
      name: "records.changed",
      payload: { ids: [id], types: ["playbook"] },
    });
  });

  it("writes nothing when nothing differs", async () => {
    await using test = await createTestRecords();
    const { id } = await playbook(test);
    const events = test.foundation.events.length;
    const again = await test.records.edit({
      id,
      fields: { title: "Answer a complaint", tags: ["tone"], summary: null },
      body: "One two three.\n",
    });
    expect(again).toEqual({ id, revision: 1, action: null });
    expect(test.foundation.events.length).toBe(events);
  });

  it("writes only what differs", async () => {
    await using test = await createTestRecords();
    const { foundation, records } = test;
    const body = "A sentence that stays as it is. ".repeat(50);
    const { id } = await playbook(test, body);
    await records.edit({ id, fields: { title: "Answer a complaint" }, body: `${body}New end.` });
    const [, change] = foundation.log.ofRecord(foundation.databases.read, id);
    expect(change?.writes).toMatchObject([
      { kind: "text", path: "body", edits: [[body.length, 0, "New end."]] },
    ]);
  });

  it("keeps its history, compares and restores revisions", async () => {
    await using test = await createTestRecords();
    const { records } = test;
    const { id } = await playbook(test);
    await records.edit({ id, fields: { risk_tier: "high", status: "published" } });
    await records.edit({ id, body: "One two four.\n", note: "Typo" });
    const history = await records.history({ id });
    expect(history.map(({ number, note, changed }) => ({ number, note, changed }))).toEqual([
      { number: 3, note: "Typo", changed: ["body"] },
      { number: 2, note: null, changed: ["risk_tier", "status"] },
      { number: 1, note: null, changed: ["title", "tags", "risk_tier", "body"] },
    ]);
    const difference = await records.diff({ id, from: 1, to: 3 });
    expect(difference.body).toEqual([
      { kind: "same", text: "One two " },
      { kind: "removed", text: "three" },
      { kind: "added", text: "four" },
      { kind: "same", text: ".\n" },
    ]);
    expect(difference.fields).toMatchObject([
      { name: "status", before: null, after: "published" },
      { name: "risk_tier", label: "Risk tier", before: "limited", after: "high" },
    ]);
    expect(await records.get({ id, revision: 1 })).toMatchObject({
      body: "One two three.\n",
      revision: 1,
      fields: { risk_tier: "limited" },
    });
    expect(await records.restoreRevision({ id, revision: 1 })).toMatchObject({ revision: 4 });
    expect(await records.get({ id })).toMatchObject({
      body: "One two three.\n",
      status: "published",
      fields: { risk_tier: "limited" },
    });
    expect(await records.restoreRevision({ id, revision: 1 })).toMatchObject({
      revision: 4,
      action: null,
    });
  });

  it("rebuilds every one of two hundred versions of a text", async () => {
    await using test = await createTestRecords();
    const { records, store } = test;
    const line = (index: number) => `Line ${index} of this long and patient text.\n`;
    const bodyAt = (version: number) =>
      Array.from({ length: 30 }, (_, index) => line(index <= version % 30 ? version : index)).join(
        "",
      );
    const { id } = await playbook(test, bodyAt(1));
    for (let version = 2; version <= 200; version += 1) {
      await store.write([{ id, type: "playbook", fields: {}, body: bodyAt(version) }]);
    }
    for (const revision of [1, 2, 31, 32, 33, 64, 65, 150, 200]) {
      expect((await records.get({ id, revision })).body).toBe(bodyAt(revision));
    }
  });

  it("goes to the trash and comes back", async () => {
    await using test = await createTestRecords();
    const { records } = test;
    const { id } = await playbook(test);
    expect(await records.remove({ ids: [id, id] })).toMatchObject({ removed: 1 });
    expect(await records.list({})).toMatchObject({ total: 0 });
    expect(await records.list({ trash: true })).toMatchObject({ total: 1 });
    expect(await records.counts({})).toEqual({ types: [], trash: 1 });
    await expect(records.edit({ id, fields: { title: "New" } })).rejects.toMatchObject(
      code("in_trash"),
    );
    expect(await records.remove({ ids: [id] })).toEqual({ removed: 0, action: null });
    expect(await records.putBack({ ids: [id] })).toMatchObject({ restored: 1 });
    expect(await records.counts({})).toEqual({
      types: [{ type: "playbook", count: 1, statuses: { draft: 1 } }],
      trash: 0,
    });
  });

  it("stays in the trash when an import writes to it knowing that it is there", async () => {
    await using test = await createTestRecords();
    const { id } = await playbook(test);
    await test.records.remove({ ids: [id] });
    await test.store.write([{ id, type: "playbook", fields: { title: "Other" } }]);
    expect(await test.records.get({ id })).toMatchObject({ title: "Other" });
    expect((await test.records.get({ id })).removedAt).not.toBeNull();
    expect(await test.records.putBack({ ids: [id] })).toMatchObject({ restored: 1 });
  });

  it("keeps an ordered list through edits, moves and removals", async () => {
    await using test = await createTestRecords();
    const { records } = test;
    const step = (title: string) => ({ title });
    const { id } = await records.create({
      type: "playbook",
      fields: { title: "T", steps: [step("a"), step("b"), step("c")] },
    });
    const steps = async () => {
      const { fields } = await records.get({ id });
      return fields["steps"] as { id: string; title: string; actor?: string }[];
    };
    const [a, b, c] = await steps();
    const titles = async () => (await steps()).map((one) => one.title).join("");
    expect(await titles()).toBe("abc");
    await records.edit({ id, fields: { steps: [c!, a!, step("n"), { ...b!, actor: "ai" }] } });
    expect(await titles()).toBe("canb");
    expect((await steps())[3]).toEqual({ id: b!.id, title: "b", actor: "ai" });
    await records.edit({ id, fields: { steps: [step("a"), step("b")] } });
    expect(await titles()).toBe("ab");
    expect((await steps())[0]?.id).toBe(a!.id);
    await records.edit({ id, fields: { steps: null } });
    expect((await records.get({ id })).fields["steps"]).toBeUndefined();
  });

  it("keeps lines in the order in which they were given", async () => {
    await using test = await createTestRecords();
    const { records } = test;
    const guardrails = async () => (await records.get({ id })).fields["guardrails"];
    const { id } = await records.create({
      type: "playbook",
      fields: { title: "T", guardrails: ["z", "a", "m"] },
    });
    expect(await guardrails()).toEqual(["z", "a", "m"]);
    test.foundation.clock.advance(5);
    await records.edit({ id, fields: { guardrails: ["z", "m", "new", "a"] } });
    expect(await guardrails()).toEqual(["z", "m", "new", "a"]);
    test.foundation.clock.advance(5);
    await records.edit({ id, fields: { guardrails: ["M", "a"] } });
    expect(await guardrails()).toEqual(["M", "a"]);
  });

  it("refuses what it cannot keep, with a sentence", async () => {
    await using test = await createTestRecords();
    const { records, store } = test;
    const { id } = await playbook(test);
    await expect(records.edit({ id, fields: { risk_tier: "huge" } })).rejects.toMatchObject({
      fault: {
        code: "invalid_field",
        message: expect.stringContaining("Risk tier must be one of"),
      },
    });
    await expect(records.edit({ id, fields: { owner_id: id } })).rejects.toMatchObject({
      fault: { message: expect.stringContaining("Owner must be a person of this workspace") },
    });
    await expect(records.create({ type: "playbok", fields: {} })).rejects.toMatchObject(
      code("unknown_type"),
    );
    await expect(records.get({ id: store.newId() })).rejects.toMatchObject(code("not_found"));
    await expect(records.get({ id, revision: 9 })).rejects.toMatchObject({
      fault: { message: "There is no revision 9 of this record; its revisions go from 1 to 1." },
    });
    await expect(records.history({ id: store.newId() })).rejects.toMatchObject(code("not_found"));
    await expect(records.undo({ action: store.newId() })).rejects.toMatchObject(code("not_found"));
    await expect(records.remove({ ids: [store.newId()] })).rejects.toMatchObject(code("not_found"));
  });

  it("names the records it refers to", async () => {
    await using test = await createTestRecords();
    const { records } = test;
    const support = await records.create({ type: "department", fields: { name: "Support" } });
    const ana = await records.create({ type: "person", fields: { display_name: "Ana" } });
    const { id } = await records.create({
      type: "playbook",
      fields: { title: "T", department_id: support.id, owner_id: ana.id },
    });
    expect(await records.get({ id })).toMatchObject({
      department: { title: "Support", type: "department" },
      owner: { title: "Ana" },
      references: [{ title: "Support" }, { title: "Ana" }],
    });
    expect(await records.list({ department: support.id })).toMatchObject({
      total: 1,
      records: [{ department: { title: "Support" }, owner: { title: "Ana" } }],
    });
  });
});

describe("undo", () => {
  it("gives fields, members and texts their former value", async () => {
    await using test = await createTestRecords();
    const { records } = test;
    const { id } = await playbook(test);
    const before = await records.get({ id });
    const { action } = await records.edit({
      id,
      fields: { risk_tier: "high", tags: ["law"], steps: [{ title: "a" }], summary: "S" },
      body: "Other.\n",
    });
    const undone = await records.undo({ action: action! });
    expect(undone).toMatchObject({ undone: 1, kept: 0 });
    const after = await records.get({ id });
    expect(after).toMatchObject({ fields: before.fields, body: before.body, revision: 3 });
    const redone = await records.undo({ action: undone.action! });
    expect(redone).toMatchObject({ undone: 1, kept: 0 });
    expect(await records.get({ id })).toMatchObject({
      body: "Other.\n",
      fields: { risk_tier: "high", tags: ["law"], summary: "S" },
    });
  });

  it("moves what an action made to the trash, and the undo of that takes it back", async () => {
    await using test = await createTestRecords();
    const { records, store } = test;
    const action = store.newId();
    const ids = Array.from({ length: 250 }, () => store.newId());
    for (const some of [ids.slice(0, 120), ids.slice(120)]) {
      await store.write(
        some.map((id) => ({ id, type: "lesson", fields: { title: `Lesson ${id}` } })),
        { action },
      );
    }
    await records.edit({ id: ids[3]!, fields: { title: "Mine" } });
    const undone = await records.undo({ action });
    expect(undone).toMatchObject({ undone: 249, kept: 1 });
    expect(await records.list({})).toMatchObject({ total: 1, records: [{ title: "Mine" }] });
    expect(await records.undo({ action: undone.action! })).toMatchObject({ undone: 249, kept: 0 });
    expect(await records.list({})).toMatchObject({ total: 250 });
  });

  it("leaves what somebody has written since, and takes back the rest", async () => {
    await using test = await createTestRecords();
    const { records } = test;
    const { id } = await playbook(test);
    const { action } = await records.edit({ id, fields: { risk_tier: "high", summary: "S" } });
    await records.edit({ id, fields: { risk_tier: "minimal" } });
    expect(await records.undo({ action: action! })).toMatchObject({ undone: 1, kept: 1 });
    const { fields } = await records.get({ id });
    expect(fields["risk_tier"]).toBe("minimal");
    expect(fields["summary"]).toBeUndefined();
  });

  it("takes a removal back", async () => {
    await using test = await createTestRecords();
    const { records } = test;
    const { id } = await playbook(test);
    const { action } = await records.remove({ ids: [id] });
    expect(await records.undo({ action: action! })).toMatchObject({ undone: 1, kept: 0 });
    expect((await records.get({ id })).removedAt).toBeNull();
  });
});

describe("projections of records", () => {
  it("are the same after being folded again", async () => {
    await using test = await createTestRecords();
    const { foundation, projections, records } = test;
    const { id } = await playbook(test);
    await records.edit({ id, fields: { tags: ["x"], steps: [{ title: "a" }] }, body: "New.\n" });
    await records.remove({ ids: [id] });
    const { databases } = foundation;
    expect(await projections.compare(databases.read, idleControl)).toEqual([]);
    await databases.queue.runLong((db) => projections.rebuild(db, idleControl));
    expect(await projections.compare(databases.read, idleControl)).toEqual([]);
  });
});

describe("references that people write", () => {
  it("may not lead back to the record itself, by whatever way", async () => {
    await using test = await createTestRecords();
    const { records } = test;
    const unit = async (name: string, parent?: string) =>
      (
        await records.create({
          type: "department",
          fields: { name, ...(parent === undefined ? {} : { parent_id: parent }) },
        })
      ).id;
    const top = await unit("Company");
    const middle = await unit("Care", top);
    const low = await unit("Care north", middle);
    for (const below of [top, middle, low]) {
      const edit = records.edit({ id: top, fields: { parent_id: below } });
      await expect(edit).rejects.toMatchObject(code("invalid_field"));
    }
    expect((await records.edit({ id: low, fields: { parent_id: top } })).revision).toBe(2);
  });

  it("may not lead into the trash, but those that did before may stay", async () => {
    await using test = await createTestRecords();
    const { records } = test;
    const topics = await Promise.all(
      ["One", "Two", "Three"].map((name) => records.create({ type: "topic", fields: { name } })),
    );
    const [one, two, three] = topics.map((topic) => topic.id);
    const { id } = await records.create({
      type: "playbook",
      fields: { title: "T", topics: [one!] },
    });
    await records.remove({ ids: [one!, two!] });
    const late = records.edit({ id, fields: { topics: [one!, two!] } });
    await expect(late).rejects.toThrow("Topics cannot be “Two”, which is in the trash.");
    await records.edit({ id, fields: { topics: [one!, three!] } });
    expect((await records.get({ id })).fields["topics"]).toEqual([one, three]);
  });
});
