import { describe, expect, it } from "vitest";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { meet } from "#test/support/exchange.ts";
import { createTestRecords, type TestRecords } from "#test/support/test-records.ts";

type Step = { readonly id: string; readonly title: string };
const stepsOf = (record: RecordView) => record.fields["steps"] as readonly Step[];

/** Two people who changed the same two steps, the same part of a group and the same words. */
async function twoApart(ana: TestRecords, ben: TestRecords): Promise<RecordView> {
  const { id } = await ana.records.create({
    type: "playbook",
    fields: { title: "T", steps: [{ title: "one" }, { title: "two" }, { title: "three" }] },
    body: "Read the letter.\n",
  });
  await meet(ana, ben);
  const steps = stepsOf(await ana.records.get({ id }));
  for (const [test, word] of [
    [ana, "Ana"],
    [ben, "Ben"],
  ] as const) {
    await test.records.edit({
      id,
      fields: {
        steps: steps.map((step, at) => (at < 2 ? { ...step, title: `${word} ${at}` } : step)),
        handoff: { trigger: word },
      },
      body: `Read the letter to ${word}.\n`,
    });
  }
  await meet(ana, ben);
  return ana.records.get({ id });
}

/** The other choice than the one that is shown. */
function loser(record: RecordView, path: string) {
  const value = record.conflicts.find((conflict) => conflict.path === path)?.values[1];
  if (value === undefined) throw new Error(`${path} is no conflict.`);
  return { id: record.id, base: record.version, path, change: value.change, value: value.value };
}

describe("settling a conflict", () => {
  it("keeps the chosen step where it stands, and leaves every other conflict open", async () => {
    await using ana = await createTestRecords(1);
    await using ben = await createTestRecords(2);
    const apart = await twoApart(ana, ben);
    const paths = apart.conflicts.map(({ path }) => path);
    const path = `steps/${stepsOf(apart)[1]!.id}`;
    expect(paths).toContain(path);
    const { value, ...choice } = loser(apart, path);
    const settled = await ana.records.settle(choice);
    expect(settled.action).not.toBeNull();
    const after = await ana.records.get({ id: apart.id });
    expect(after.conflicts.map((conflict) => conflict.path)).toEqual(
      paths.filter((other) => other !== path),
    );
    expect(stepsOf(after)[1]).toMatchObject(value as object);
    expect(stepsOf(after).map(({ id }) => id)).toEqual(stepsOf(apart).map(({ id }) => id));
    await meet(ana, ben);
    expect(await ben.records.get({ id: apart.id })).toEqual(after);
    await ana.records.undo({ action: settled.action! });
    expect(stepsOf(await ana.records.get({ id: apart.id }))[1]).toEqual(stepsOf(apart)[1]);
  });

  it("works for a part of a group and for a text, also with what is shown already", async () => {
    await using ana = await createTestRecords(1);
    await using ben = await createTestRecords(2);
    const apart = await twoApart(ana, ben);
    const { value: words, ...text } = loser(apart, "body");
    await ana.records.settle(text);
    const shown = apart.conflicts.find(({ path }) => path === "handoff/.trigger")!.values[0]!;
    const { id, version: base } = await ana.records.get({ id: apart.id });
    await ana.records.settle({ id, base, path: "handoff/.trigger", change: shown.change });
    const after = await ana.records.get({ id });
    expect(after.body).toBe(words);
    expect(after.fields["handoff"]).toEqual({ trigger: shown.value });
    expect(after.conflicts.every(({ path }) => path.startsWith("steps/"))).toBe(true);
  });

  it("that somebody settled meanwhile is refused in a sentence", async () => {
    await using ana = await createTestRecords(1);
    await using ben = await createTestRecords(2);
    const apart = await twoApart(ana, ben);
    const { value: _, ...choice } = loser(apart, "handoff/.trigger");
    await ana.records.edit({ id: apart.id, fields: { handoff: { trigger: "Neither" } } });
    await expect(ana.records.settle(choice)).rejects.toMatchObject({
      fault: { code: "not_found", message: expect.stringContaining("settled it meanwhile") },
    });
  });

  it("of a removal that an edit overruled keeps the record", async () => {
    await using ana = await createTestRecords(1);
    await using ben = await createTestRecords(2);
    const { id } = await ana.records.create({ type: "playbook", fields: { title: "T" } });
    await meet(ana, ben);
    await ana.records.remove({ ids: [id] });
    await ben.records.edit({ id, fields: { title: "New" } });
    await meet(ana, ben);
    const back = await ana.records.get({ id });
    const [removal] = back.conflicts[0]!.values;
    await ana.records.settle({
      id,
      base: back.version,
      path: "removed_at",
      change: removal!.change,
    });
    expect(await ana.records.get({ id })).toMatchObject({ conflicts: [], removedAt: null });
  });
});
