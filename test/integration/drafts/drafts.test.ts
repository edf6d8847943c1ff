import { describe, expect, it } from "vitest";
import { createDraftHandlers } from "#engine/drafts/draft-handlers.ts";
import { openDatabases } from "#engine/db/open-databases.ts";
import { contract } from "#shared/contract/index.ts";
import { createClient } from "#shared/rpc/client.ts";
import { createServer } from "#shared/rpc/server.ts";
import { startProcess } from "#test/support/child-process.ts";
import { draftBody } from "#test/support/draft-body.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { testClock } from "#test/support/test-clock.ts";

const draftsOnly = { drafts: contract.drafts };

function openDrafts(profile: string) {
  const databases = openDatabases(profile);
  const clock = testClock();
  const events: unknown[] = [];
  const emit = (name: string, payload: unknown) => void events.push([name, payload]);
  const handlers = { drafts: createDraftHandlers({ databases, clock, emit }) };
  const fail = (error: unknown) => {
    throw error;
  };
  const serve = createServer(draftsOnly, handlers, { onInternalError: fail });
  const { drafts } = createClient(draftsOnly, serve);
  return { drafts, clock, events, databases, [Symbol.dispose]: () => databases.close() };
}

const draft = { type: "playbook", fields: { title: "A new idea" }, body: "Half a sen" };

describe("drafts", () => {
  it("are saved, found again, replaced and discarded", async () => {
    using folder = temporaryFolder();
    using open = openDrafts(folder.path);
    const { drafts, clock, events } = open;
    expect(await drafts.get({ key: "new" })).toBeNull();
    const { savedAt } = await drafts.save({ key: "new", ...draft });
    expect(savedAt).toBe("2026-01-05T09:00:00.000Z");
    clock.advance(5000);
    const base = { base: `${"0".repeat(20)}-0-3-000000`, record: "01jd000000000000000000000r" };
    await drafts.save({ key: base.record, ...draft, ...base, body: "Line\r\n\ttab \u0000 end" });
    expect(await drafts.get({ key: base.record })).toEqual({
      ...draft,
      ...base,
      key: base.record,
      title: "A new idea",
      body: "Line\r\n\ttab \u0000 end",
      savedAt: "2026-01-05T09:00:05.000Z",
    });
    expect((await drafts.list({})).map((one) => one.key)).toEqual([base.record, "new"]);
    await drafts.save({ key: "new", ...draft, body: "Half a sentence." });
    expect((await drafts.get({ key: "new" }))?.body).toBe("Half a sentence.");
    await drafts.discard({ key: "new" });
    await drafts.discard({ key: "new" });
    expect((await drafts.list({})).map((one) => one.key)).toEqual([base.record]);
    expect(events).toHaveLength(4);
  });

  it("of two windows do not replace one another, nor throw one another away", async () => {
    using folder = temporaryFolder();
    using open = openDrafts(folder.path);
    const { drafts, clock } = open;
    const first = await drafts.save({ key: "page", over: null, ...draft, body: "One" });
    clock.advance(1000);
    const second = drafts.save({ key: "page", over: null, ...draft, body: "Two" });
    await expect(second).rejects.toMatchObject({ fault: { code: "draft_elsewhere" } });
    const next = await drafts.save({
      key: "page",
      over: first.savedAt,
      ...draft,
      body: "One more",
    });
    const stale = drafts.save({ key: "page", over: first.savedAt, ...draft, body: "Two" });
    await expect(stale).rejects.toMatchObject({ fault: { code: "draft_elsewhere" } });
    await drafts.discard({ key: "page", over: first.savedAt });
    expect((await drafts.get({ key: "page" }))?.body).toBe("One more");
    await drafts.discard({ key: "page", over: next.savedAt });
    expect(await drafts.get({ key: "page" })).toBeNull();
    // What was thrown away elsewhere is kept again by whoever still writes it.
    await drafts.save({ key: "page", over: next.savedAt, ...draft, body: "Still here" });
    expect((await drafts.get({ key: "page" }))?.body).toBe("Still here");
  });

  it("are on the disk while a long import holds the other database", async () => {
    using folder = temporaryFolder();
    using open = openDrafts(folder.path);
    const importing = Promise.withResolvers<void>();
    const long = open.databases.queue.runLong(() => importing.promise);
    await open.drafts.save({ key: "new", ...draft });
    using other = openDrafts(folder.path);
    expect(await other.drafts.get({ key: "new" })).toMatchObject({ body: draft.body });
    importing.resolve();
    await long;
  });

  it("lose no answered save when the process is killed at any moment", async () => {
    using folder = temporaryFolder();
    for (let round = 0; round < 8; round += 1) {
      const child = startProcess("save-drafts-forever.ts", folder.path);
      await child.printed(1 + round * 7);
      child.kill();
      await child.ended;
      const answered = Number(child.lines.at(-1));
      using open = openDrafts(folder.path);
      const found = await Promise.all(
        [0, 1, 2].map((key) => open.drafts.get({ key: `key-${key}` })),
      );
      const saves = found.map((one) => (one === null ? 0 : Number.parseInt(one.body, 10)));
      expect(Math.max(...saves)).toBeGreaterThanOrEqual(answered);
      for (const [key, save] of saves.entries()) {
        // Each key holds the last save to it, whole: never an older one, never half of one.
        const last = answered - ((answered - key + 3) % 3);
        expect(save).toBeGreaterThanOrEqual(Math.max(last, 0));
        if (save > 0) expect(found[key]?.body).toBe(draftBody(save));
      }
      expect(open.databases.local.pragma("integrity_check", { simple: true })).toBe("ok");
      for (const key of [0, 1, 2]) await open.drafts.discard({ key: `key-${key}` });
    }
  });
});
