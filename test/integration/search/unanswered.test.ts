import { describe, expect, test } from "vitest";
import { createTestEngine, type TestEngine } from "#test/support/test-engine.ts";

async function withPage(): Promise<TestEngine> {
  const app = await createTestEngine();
  await app.client.records.create({
    type: "playbook",
    fields: { title: "Refund policy" },
    body: "How refunds are paid out.",
  });
  return app;
}

describe("searches without an answer", () => {
  test("are counted when nothing was opened and no record has every word", async () => {
    await using app = await withPage();
    const { search } = app.client;
    expect(await search.ended({ text: "refund policy", opened: false })).toEqual({
      counted: false,
    });
    await search.ended({ text: "whalebone corset", opened: false });
    expect(
      await search.ended({ text: "  Whalebone   CORSET type:playbook ", opened: false }),
    ).toEqual({ counted: true });
    expect(await search.unanswered({})).toEqual([
      {
        text: "Whalebone CORSET",
        count: 2,
        lastAt: expect.any(String),
        found: 0,
        request: null,
      },
    ]);
  });

  test("of filters or signs alone are none", async () => {
    await using app = await withPage();
    for (const text of ["", "  ", "type:lesson", "???", "tag:none before:2020"]) {
      expect(await app.client.search.ended({ text, opened: false }), text).toEqual({
        counted: false,
      });
    }
    expect(await app.client.search.unanswered({})).toEqual([]);
  });

  test("are forgotten once one opens a hit of them, or says so", async () => {
    await using app = await withPage();
    const { search } = app.client;
    for (const text of ["whalebone", "gaslight", "parchment"]) {
      await search.ended({ text, opened: false });
    }
    await search.ended({ text: "Gaslight", opened: true });
    expect(await search.forgetUnanswered({ texts: ["whalebone"] })).toEqual({ forgotten: 1 });
    expect((await search.unanswered({})).map(({ text }) => text)).toEqual(["parchment"]);
    expect(await search.forgetUnanswered({})).toEqual({ forgotten: 1 });
    expect(await search.unanswered({})).toEqual([]);
  });

  test("say when somebody has written the answer since", async () => {
    await using app = await withPage();
    await app.client.search.ended({ text: "whalebone", opened: false });
    await app.client.records.create({ type: "lesson", fields: { title: "Whalebone is brittle" } });
    expect(await app.client.search.unanswered({})).toMatchObject([{ text: "whalebone", found: 1 }]);
  });

  test("become one request, whose second asking is a vote", async () => {
    await using app = await withPage();
    const { search, records } = app.client;
    await search.ended({ text: "whalebone corset", opened: false });
    const first = await search.requestUnanswered({ text: "whalebone corset" });
    expect(first.fresh).toBe(true);
    const again = await search.requestUnanswered({ text: "Whalebone  corset" });
    expect(again).toMatchObject({ request: first.request, fresh: false });
    expect(await search.unanswered({})).toMatchObject([
      { request: { id: first.request, type: "request", title: "whalebone corset" } },
    ]);
    const { fields, status } = await records.get({ id: first.request });
    expect(status).toBe("open");
    expect(fields["votes"]).toEqual([app.me?.person]);
    expect(fields["query_text"]).toBe("whalebone corset");
    await expect(search.requestUnanswered({ text: "type:lesson" })).rejects.toMatchObject({
      fault: { code: "invalid" },
    });
  });

  test("tell a request how often only when the person agreed, and each time once", async () => {
    await using app = await withPage();
    const { search, records, workspace } = app.client;
    const miss = () => search.ended({ text: "whalebone", opened: false });
    const countsOf = async (id: Parameters<typeof records.get>[0]["id"]) => {
      const list = (await records.get({ id })).fields["searches"] ?? [];
      return (Array.isArray(list) ? list : []).map((one) => (one as { count: number }).count);
    };
    await miss();
    await miss();
    const { request } = await search.requestUnanswered({ text: "whalebone" });
    expect(await countsOf(request)).toEqual([]);
    await workspace.changeSettings({ shareSearchCounts: true });
    await search.requestUnanswered({ text: "whalebone" });
    await search.requestUnanswered({ text: "whalebone" });
    expect(await countsOf(request)).toEqual([2]);
    await miss();
    await search.requestUnanswered({ text: "whalebone" });
    expect(await countsOf(request)).toEqual([2, 1]);
  });

  test("are in no log line, no change and no other profile", async () => {
    await using app = await withPage();
    await app.client.search.ended({ text: "whalebone", opened: false });
    expect(app.logger.lines.join("\n")).not.toContain("whalebone");
    const changed = app.events.filter(({ name }) => name === "searches.changed");
    expect(changed).toEqual([{ name: "searches.changed", payload: {} }]);
    expect((await app.client.records.list({ type: "request" })).total).toBe(0);
  });
});
