import { describe, expect, test } from "vitest";
import { createTestEngine, type TestEngine } from "#test/support/test-engine.ts";

async function titles(app: TestEngine, text: string): Promise<readonly string[]> {
  return (await app.client.search.query({ text })).hits.map(({ title }) => title);
}

describe("search in the whole engine", () => {
  test("follows what is written, edited, removed, put back and undone", async () => {
    await using app = await createTestEngine();
    const { records } = app.client;
    const made = await records.create({
      type: "playbook",
      fields: {
        title: "Answer an invoice dispute",
        department_id: app.me?.department ?? null,
        tags: ["billing"],
        steps: [{ title: "Collect receipts", instruction_md: "Ask for the warranty card." }],
      },
      body: "# Answer an invoice dispute\n\n## Whalebone\n\nRead the *parchment* first.",
    });
    expect(await titles(app, "parchment ")).toEqual(["Answer an invoice dispute"]);
    expect(
      await titles(app, "warranty department:support tag:billing author:ana type:playbook"),
    ).toEqual(["Answer an invoice dispute"]);
    const [hit] = (await app.client.search.query({ text: "whalebone" })).hits;
    expect(hit).toMatchObject({
      field: "headings",
      department: { title: "Support" },
      status: "draft",
    });

    await records.edit({ id: made.id, body: "Nothing but a lighthouse." });
    expect(await titles(app, "parchment ")).toEqual([]);
    expect(await titles(app, "lighthouse ")).toEqual(["Answer an invoice dispute"]);

    const removed = await records.remove({ ids: [made.id] });
    expect(await titles(app, "lighthouse ")).toEqual([]);
    if (removed.action !== null) await records.undo({ action: removed.action });
    expect(await titles(app, "lighthouse ")).toEqual(["Answer an invoice dispute"]);
    expect(app.internalErrors).toEqual([]);
  });

  test("answers the same after a rebuild, and the check agrees", async () => {
    await using app = await createTestEngine();
    for (const title of ["Refund policy", "Refund calculator", "東京都の案内"]) {
      await app.client.records.create({
        type: "playbook",
        fields: { title },
        body: `About ${title}.`,
      });
    }
    const ask = async () => {
      const answers = [];
      for (const text of ["refund", '"refund policy"', "京都", "refnud ", ""]) {
        const { total, hits, suggestion } = await app.client.search.query({ text });
        answers.push({ text, total, suggestion, ids: hits.map(({ id }) => id).toSorted() });
      }
      return answers;
    };
    const before = await ask();
    const check = await app.ended(await app.client.health.check({}));
    expect(check.state).toBe("done");
    expect(await app.client.jobs.result({ id: check.id })).toMatchObject({
      ok: true,
      problems: [],
    });
    await app.ended(await app.client.health.rebuild({}));
    expect(await ask()).toEqual(before);
  });

  test("offers recent records in the switcher, and similar ones for a title", async () => {
    await using app = await createTestEngine();
    const { id } = await app.client.records.create({
      type: "playbook",
      fields: { title: "Quarterly report" },
    });
    await app.client.workspace.opened({ id });
    expect((await app.client.search.switcher({ text: "" }))[0]).toMatchObject({ id, recent: true });
    expect((await app.client.search.switcher({ text: "quaterly" }))[0]?.id).toBe(id);
    const similar = await app.client.records.similar({
      type: "playbook",
      title: "Quarterly reports",
    });
    expect(similar.map((one) => one.id)).toEqual([id]);
  });
});
