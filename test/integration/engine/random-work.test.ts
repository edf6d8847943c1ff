/** Whatever people do, in two programs at once, every projection is what a rebuild gives. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { RecordId } from "#shared/domain/ids.ts";
import { RpcFault } from "#shared/rpc/wire.ts";
import { seeded } from "#test/support/seeded.ts";
import { createTestEngine, type TestEngine } from "#test/support/test-engine.ts";

const kinds = [
  "create",
  "create",
  "edit title",
  "edit body",
  "edit body",
  "edit tags",
  "edit verification",
  "edit steps",
  "edit stale",
  "remove",
  "put back",
  "restore",
  "undo",
] as const;

const work = fc.array(
  fc.record({
    who: fc.nat(1),
    kind: fc.constantFrom(...kinds),
    target: fc.nat(50),
    words: fc.array(
      fc.constantFrom("Refund", "café", "返金", "[[Refund]]", "# Part", "**x**", "\n"),
      {
        maxLength: 6,
      },
    ),
  }),
  { minLength: 5, maxLength: 30 },
);
type Act = typeof work extends fc.Arbitrary<(infer One)[]> ? One : never;

type Known = { readonly ids: RecordId[]; readonly actions: RecordId[] };

/** A record in the trash cannot be edited; that somebody tries is part of the work. */
async function attempt(app: TestEngine, step: Act, known: Known): Promise<void> {
  try {
    await act(app, step, known);
  } catch (error) {
    if (!(error instanceof RpcFault) || error.fault.code !== "in_trash") throw error;
  }
}

/** Does it as a window would. */
async function act(app: TestEngine, { kind, target, words }: Act, known: Known): Promise<void> {
  const { records } = app.client;
  const text = words.join(" ");
  const id = known.ids[target % Math.max(1, known.ids.length)];
  if (kind === "create" || id === undefined) {
    const fields = { title: oneLine(`Playbook ${words[0] ?? ""}`) };
    const made = await records.create({ type: "playbook", fields, body: text });
    known.ids.push(made.id);
    if (made.action !== null) known.actions.push(made.action);
    return;
  }
  if (kind === "undo") {
    const action = known.actions[target % known.actions.length];
    if (action !== undefined) await records.undo({ action });
    return;
  }
  if (kind === "remove") return void (await records.remove({ ids: [id] }));
  if (kind === "put back") return void (await records.putBack({ ids: [id] }));
  if (kind === "restore") return void (await records.restoreRevision({ id, revision: 1 }));
  const first = { base: (await records.get({ id, revision: 1 })).version };
  const stale = kind === "edit stale" ? first : {};
  const written = await records.edit({ id, ...stale, ...editOf(kind, text, words) });
  if (written.action !== null) known.actions.push(written.action);
}

const oneLine = (text: string) => text.replaceAll(/\s+/gu, " ").trim();

function editOf(kind: string, text: string, words: readonly string[]) {
  switch (kind) {
    case "edit title":
      return { fields: { title: oneLine(text) || "Untitled" } };
    case "edit tags":
      return { fields: { tags: [...new Set(words.map((word) => word.trim()).filter(Boolean))] } };
    case "edit verification":
      return { fields: { verification: { type: "expiring", expires_at: "2026-03-01" } } };
    case "edit steps":
      return { fields: { steps: words.map((word, n) => ({ title: `${n} ${word.trim()}` })) } };
    case "edit stale":
      return { body: `${text} written on the first revision` };
    default:
      return { body: text };
  }
}

test("random work of two programs on one profile leaves nothing that a check minds", async () => {
  await fc.assert(
    fc.asyncProperty(work, async (acts) => {
      await using one = await createTestEngine();
      await using two = await createTestEngine({ profile: one.profile, seed: 2 });
      const known: Known = { ids: [], actions: [] };
      for (const step of acts) await attempt(step.who === 0 ? one : two, step, known);
      const started = await one.client.health.check({});
      await one.ended(started);
      expect(await one.client.jobs.result({ id: started.job })).toMatchObject({ problems: [] });
      const list = { type: "playbook", sort: "title" } as const;
      expect(await two.client.records.list(list)).toEqual(await one.client.records.list(list));
      expect([...one.internalErrors, ...two.internalErrors]).toEqual([]);
      expect([...one.logger.errors, ...two.logger.errors]).toEqual([]);
    }),
    seeded(4242, 40),
  );
});
