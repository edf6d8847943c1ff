/** One suite for the contract, over every way of reaching the engine. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importReportSchema } from "#shared/contract/transfers.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import { RpcFault } from "#shared/rpc/wire.ts";
import { type Transport, transports } from "#test/support/transports.ts";

const unknownRecord = "00000000000000000000000000" as RecordId;

describe.each(transports)("over $name", ({ open }) => {
  let reached: Transport;
  let playbook: RecordId;

  beforeAll(async () => {
    reached = await open();
  });
  afterAll(() => reached?.close());

  test("an empty profile offers the first start, and refuses everything else in a sentence", async () => {
    const { client } = reached;
    expect(await client.workspace.state({})).toMatchObject({ state: "empty", workspace: null });
    const made = await client.workspace.start({ name: "Ada", department: "Customer Care" });
    expect(made.device).toMatch(/^[0-9a-z]{20}$/u);
    expect(await client.workspace.state({})).toMatchObject({
      state: "ready",
      person: { id: made.person, name: "Ada" },
      department: { name: "Customer Care" },
    });
    await expect(
      client.workspace.start({ name: "Again", department: "Again" }),
    ).rejects.toMatchObject({ fault: { kind: "expected", code: "exists" } });
  });

  test("a record is made, read, edited, compared and restored", async () => {
    const { client } = reached;
    const first = await client.records.create({
      type: "playbook",
      fields: { title: "Refunds", tags: ["money", "refund"] },
      body: "Ask the warden first.\n",
    });
    playbook = first.id;
    const second = await client.records.edit({
      id: playbook,
      base: (await client.records.get({ id: playbook })).version,
      fields: {},
      body: "Ask the warden last.\n",
      note: "It was the wrong way round",
    });
    expect(second.revision).toBe(2);
    const record = await client.records.get({ id: playbook });
    expect(record).toMatchObject({ title: "Refunds", body: "Ask the warden last.\n", revision: 2 });
    expect(record.fields.tags).toEqual(["money", "refund"]);
    const history = await client.records.history({ id: playbook });
    expect(history.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual([1, 2]);
    const { body } = await client.records.diff({ id: playbook, from: 1, to: 2 });
    expect(body.filter(({ kind }) => kind === "added").map(({ text }) => text.trim())).toEqual([
      "last",
    ]);
    const third = await client.records.restoreRevision({ id: playbook, revision: 1 });
    expect(third.revision).toBe(3);
    const restored = await client.records.get({ id: playbook });
    expect(restored.body).toBe("Ask the warden first.\n");
  });

  test("text travels as it was typed, whatever is in it", async () => {
    const { client } = reached;
    const body = "Zeile\r\n\u2028«é» e\u0301 漢字 🙂 \u0000-free\t<script>&amp;\\n".replace(
      "\u0000",
      "",
    );
    const { id } = await client.records.create({ type: "lesson", fields: { title: "Text" }, body });
    expect((await client.records.get({ id })).body).toBe(body);
  });

  test("lists count and page", async () => {
    const { client } = reached;
    const all = await client.records.list({ sort: "title" });
    expect(all.total).toBe(all.records.length);
    const one = await client.records.list({ sort: "title", offset: 1, limit: 1 });
    expect(one.records).toEqual([all.records[1]]);
    const { types } = await client.records.counts({});
    expect(types.find(({ type }) => type === "playbook")).toMatchObject({ count: 1 });
  });

  test("a word of the text is found, and a stray quote is no error", async () => {
    const { client } = reached;
    const { hits } = await client.search.query({ text: "warden" });
    expect(hits.map(({ id }) => id)).toEqual([playbook]);
    expect(hits[0]?.snippet.find(({ hit }) => hit)?.text).toBe("warden");
    expect((await client.search.query({ text: '"lead (OR: -' })).total).toBeGreaterThanOrEqual(0);
    expect(await client.search.switcher({ text: "refnds" })).toContainEqual(
      expect.objectContaining({ id: playbook }),
    );
  });

  test("a change is announced with the record it changed", async () => {
    const { client, hear } = reached;
    const { id } = await client.records.create({ type: "tool", fields: { name: "A tool" } });
    const { payload } = await hear(
      ({ event, payload }) =>
        event === "records.changed" &&
        ((payload as { ids: string[] | null }).ids?.includes(id) ?? false),
    );
    expect(payload).toEqual({ ids: [id], types: ["tool"] });
  });

  test("a removed record goes to the trash, and an undo brings it back", async () => {
    const { client } = reached;
    const { id } = await client.records.create({ type: "lesson", fields: { title: "Gone soon" } });
    const { removed, action } = await client.records.remove({ ids: [id] });
    expect(removed).toBe(1);
    expect((await client.records.list({ trash: true })).records.map((row) => row.id)).toEqual([id]);
    await client.records.undo({ action: action! });
    expect((await client.records.list({ trash: true })).total).toBe(0);
  });

  test("a draft is kept, read and discarded", async () => {
    const { client } = reached;
    const draft = { key: "new-1", type: "lesson", fields: { title: "Half" }, body: "Half a" };
    const { savedAt } = await client.drafts.save(draft);
    expect(await client.drafts.get({ key: "new-1" })).toMatchObject({ body: "Half a", savedAt });
    expect(await client.drafts.list({})).toMatchObject([{ key: "new-1", title: "Half" }]);
    await client.drafts.discard({ key: "new-1" });
    expect(await client.drafts.get({ key: "new-1" })).toBeNull();
  });

  test("settings are changed and announced", async () => {
    const { client, hear } = reached;
    expect(await client.workspace.changeSettings({ theme: "dark" })).toMatchObject({
      theme: "dark",
      textSize: 100,
    });
    await hear(({ event }) => event === "settings.changed");
    await expect(client.workspace.changeSettings({ textSize: 500 })).rejects.toMatchObject({
      fault: { kind: "refused" },
    });
  });

  test("an uploaded folder is imported by a job whose progress is announced", async () => {
    const { client, hear } = reached;
    const { id: selection } = await client.transfers.beginUpload({ name: "handbook" });
    const files = { "one.md": "# One\n\nSee [two](two.md).\n", "two.md": "# Two\n\nText.\n" };
    for (const [path, text] of Object.entries(files)) {
      const bytes = Buffer.from(text).toString("base64");
      await client.transfers.upload({ selection, path, bytes });
    }
    const { job } = await client.transfers.importSelection({
      selection,
      options: {},
      dryRun: false,
    });
    const { payload } = await hear(
      ({ event, payload }) =>
        event === "job.progress" &&
        (payload as { id: string; state: string }).id === job &&
        (payload as { state: string }).state !== "running",
    );
    expect(payload).toMatchObject({ kind: "import", state: "done" });
    const report = importReportSchema().parse(await client.jobs.result({ id: job }));
    expect(report).toMatchObject({ found: 2, created: 2, failed: [], unresolvedLinks: [] });
  });

  test("an attachment is kept and listed by the hash of its bytes", async () => {
    const { client } = reached;
    const bytes = Buffer.from("89504e470d0a1a0a", "hex").toString("base64");
    const added = await client.attachments.add({ record: playbook, name: "dot.png", bytes });
    expect(added).toMatchObject({ name: "dot.png", bytes: 8 });
    expect(added.hash).toMatch(/^[0-9a-f]{64}$/u);
  });

  test("a job can be cancelled, and one that is not there is named so", async () => {
    const { client, hear } = reached;
    const { job } = await client.health.check({});
    await client.jobs.cancel({ id: job });
    const { payload } = await hear(
      ({ event, payload }) =>
        event === "job.progress" &&
        (payload as { id: string }).id === job &&
        (payload as { state: string }).state !== "running",
    );
    expect(["cancelled", "done"]).toContain((payload as { state: string }).state);
    await expect(client.jobs.get({ id: "no-such-job" })).rejects.toMatchObject({
      fault: { kind: "expected" },
    });
  });

  test("a check finds everything whole", async () => {
    const { client, hear } = reached;
    const { job } = await client.health.check({});
    await hear(
      ({ event, payload }) =>
        event === "job.progress" &&
        (payload as { id: string }).id === job &&
        (payload as { state: string }).state === "done",
    );
    expect(await client.jobs.result({ id: job })).toMatchObject({ ok: true, problems: [] });
  });

  test("a record that is not there is an expected failure with a sentence", async () => {
    const failure = await reached.client.records.get({ id: unknownRecord }).catch((error) => error);
    expect(failure).toBeInstanceOf(RpcFault);
    expect(failure.fault).toMatchObject({ kind: "expected", code: "not_found" });
    expect(failure.message).toMatch(/^[A-Z].*\.$/u);
  });

  test.each([
    ["an unknown group", { group: "secrets", method: "get", input: {} }, "unknown"],
    ["an unknown method", { group: "records", method: "constructor", input: {} }, "unknown"],
    ["a name of the language", { group: "__proto__", method: "toString", input: {} }, "unknown"],
    ["a wrong type", { group: "records", method: "get", input: { id: 5 } }, "refused"],
    ["no id", { group: "records", method: "get", input: {} }, "refused"],
    ["an unknown key", { group: "records", method: "list", input: { limits: 5 } }, "refused"],
    ["a limit too high", { group: "records", method: "list", input: { limit: 1e9 } }, "refused"],
  ])("%s is refused with a fault", async (_name, call, kind) => {
    const answer = await reached.send({ id: 4242, ...call });
    expect(answer).toMatchObject({ id: 4242, ok: false, fault: { kind } });
  });
});
