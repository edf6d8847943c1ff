import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSearchBed, type RecordParts, type SearchBed } from "#test/support/search-bed.ts";
import { seeded } from "#test/support/seeded.ts";

const day = 24 * 60 * 60 * 1000;

/** A small workspace; dates count back from 2026-01-05. */
async function filled(): Promise<SearchBed> {
  const bed = await createSearchBed();
  const [care, legal] = await bed.put(
    { type: "department", title: "Customer Care" },
    { type: "department", title: "Legal" },
  );
  const [billing, assistant, alma] = await bed.put(
    { type: "topic", title: "Billing" },
    { type: "tool", title: "Harbour Assistant" },
    { type: "person", title: "Alma Reyes", departmentId: care ?? null },
  );
  const ago = (days: number) => new Date(bed.clock.now() - days * day).toISOString();
  const playbook = (parts: RecordParts): RecordParts => ({
    departmentId: care ?? null,
    status: "published",
    ...parts,
  });
  await bed.put(
    playbook({
      title: "Answer an invoice dispute",
      body: "## Gather evidence\n\nRead the invoice. Configure the assistant, then answer the customer within two days.",
      fields: {
        tags: ["Billing", "c++"],
        topics: [billing ?? ""],
        tools: [assistant ?? ""],
        steps: [
          { id: "a", title: "Collect receipts", instruction_md: "Ask for the **warranty** card." },
        ],
        prompts: [{ id: "b", title: "Summarise", text: "Summarise the quarrel for {{customer}}." }],
        guardrails: ["Never promise a refund."],
      },
      updatedAt: ago(2),
    }),
    playbook({
      title: "Refund policy",
      body: "When an invoice was paid twice the customer gets a refund. Évaluer la réclamation à Zürich.",
      fields: { tags: ["billing", "refunds"] },
      updatedAt: ago(40),
    }),
    playbook({
      title: "Old refund policy",
      body: "What we did before. A refund took weeks.",
      status: "superseded",
      departmentId: legal ?? null,
      ownerId: alma ?? null,
      updatedAt: ago(400),
    }),
    {
      type: "lesson",
      title: "The chatbot promised refunds",
      body: "The chatbot promised a refund to everyone. 請求書の払い戻しについて。東京都の窓口。환불 정책 안내",
      status: "validated",
      departmentId: legal ?? null,
      fields: { root_causes: [{ id: "r", text: "Nobody set a guardrail." }] },
      updatedAt: ago(10),
    },
  );
  return bed;
}

describe("words", () => {
  test("are found in every part of a record, and the part is named", async () => {
    using bed = await filled();
    const found = async (text: string) => {
      const [hit] = (await bed.ask.query({ text })).hits;
      const marked = hit?.snippet.filter((run) => run.hit).map((run) => run.text);
      return [hit?.title, hit?.field, marked];
    };
    const title = "Answer an invoice dispute";
    expect(await found("dispute ")).toEqual([title, "title", ["dispute"]]);
    expect(await found("evidence ")).toEqual([title, "headings", ["evidence"]]);
    expect(await found("receipts ")).toEqual([title, "steps", ["receipts"]]);
    expect(await found("quarrel ")).toEqual([title, "prompts", ["quarrel"]]);
    expect(await found("days ")).toEqual([title, "body", ["days"]]);
    expect(await found("c++ ")).toEqual([title, "tags", ["c"]]);
  });

  test("are found whatever their case, accents and ending", async () => {
    using bed = await filled();
    for (const text of ["EVALUER ", "évaluer ", "zurich ", "Zürich ", "reclamation "]) {
      expect(await bed.titles(text), text).toEqual(["Refund policy"]);
    }
    expect(await bed.titles("configuring ")).toEqual(["Answer an invoice dispute"]);
  });

  test("are found from the first letter on, with no gap while they are typed", async () => {
    using bed = await filled();
    for (let length = 1; length <= "configuration".length; length += 1) {
      const text = "configuration".slice(0, length);
      expect(await bed.titles(text), text).toContain("Answer an invoice dispute");
    }
    expect(await bed.titles("conf ")).toEqual([]);
  });

  test("must all be there, as far as there are records that have them all", async () => {
    using bed = await filled();
    const titles = await bed.titles("invoice dispute ");
    expect(titles[0]).toBe("Answer an invoice dispute");
    expect(titles).toContain("Refund policy");
  });

  test("put the record with that very title first, and what was replaced last", async () => {
    using bed = await filled();
    const titles = await bed.titles("refund policy");
    expect(titles.slice(0, 2)).toEqual(["Refund policy", "Old refund policy"]);
    expect((await bed.titles("refund ")).at(-1)).not.toBe("Refund policy");
  });

  test("of every language's common kind are found when nothing else is asked", async () => {
    using bed = await filled();
    expect((await bed.titles("the ")).length).toBeGreaterThan(0);
    expect(await bed.titles("the quarrel ")).toEqual(["Answer an invoice dispute"]);
  });

  test("of scripts without spaces are found by any substring", async () => {
    using bed = await filled();
    for (const text of ["請求書", "払い戻し", "京都", "書", "환불", "불 정책", "請求書 窓口"]) {
      expect(await bed.titles(text), text).toEqual(["The chatbot promised refunds"]);
    }
    const [hit] = (await bed.ask.query({ text: "払い戻し" })).hits;
    expect(hit?.snippet.filter((run) => run.hit).map((run) => run.text)).toEqual(["払い戻し"]);
    expect(await bed.titles('"書求請"')).toEqual([]);
  });
});

describe("signs", () => {
  test("quotes keep words side by side", async () => {
    using bed = await filled();
    expect(await bed.titles('"paid twice"')).toEqual(["Refund policy"]);
    expect(await bed.titles('"twice paid"')).toEqual([]);
    expect(await bed.titles('"invoice dispute"')).toEqual(["Answer an invoice dispute"]);
    expect(await bed.titles('"answer the cust')).toEqual(["Answer an invoice dispute"]);
  });

  test("a phrase does not reach from one part into the next", async () => {
    using bed = await filled();
    expect(await bed.titles('"dispute gather"')).toEqual([]);
  });

  test("minus leaves out words, phrases and filters", async () => {
    using bed = await filled();
    const all = await bed.titles("refund ");
    expect(all).toHaveLength(4);
    expect(await bed.titles("refund -chatbot ")).not.toContain("The chatbot promised refunds");
    expect(await bed.titles('refund -"paid twice" ')).not.toContain("Refund policy");
    expect(await bed.titles("refund -type:lesson -status:superseded ")).toHaveLength(2);
    expect((await bed.titles("-refund type:playbook ")).toSorted()).toEqual([]);
  });

  test("OR takes either, between words, phrases and filters", async () => {
    using bed = await filled();
    expect((await bed.titles("quarrel OR chatbot ")).toSorted()).toEqual([
      "Answer an invoice dispute",
      "The chatbot promised refunds",
    ]);
    expect((await bed.titles('"paid twice" OR "took weeks" ')).toSorted()).toEqual([
      "Old refund policy",
      "Refund policy",
    ]);
    expect((await bed.titles("type:lesson OR quarrel ")).toSorted()).toEqual([
      "Answer an invoice dispute",
      "The chatbot promised refunds",
    ]);
  });

  test("of no meaning are searched as words, and never fail", async () => {
    using bed = await filled();
    expect(await bed.titles("invoice) AND (dispute* ^NEAR( ")).toContain(
      "Answer an invoice dispute",
    );
    expect(await bed.titles("colour:refund ")).toContain("Refund policy");
    for (const text of [
      '"',
      "-",
      "OR",
      "()",
      "type:",
      '"""',
      "*",
      "^",
      "{}",
      "a:b:c",
      "🚀",
      "\u0000",
    ]) {
      await expect(bed.ask.query({ text, facets: true }), text).resolves.toBeDefined();
    }
    expect((await bed.ask.query({ text: "🚀" })).total).toBe(0);
  });

  test("any string at all gives an answer that keeps the contract", async () => {
    using bed = await filled();
    const pieces = fc.constantFrom(
      ...'refund invoice " - | OR type: tag:billing -status: after:3m before: department:"Leg 東京 払い é * ( ) \u0000 \ud800 in'.split(
        " ",
      ),
    );
    const texts = fc.oneof(
      fc
        .array(fc.oneof(pieces, fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 12 })
        .map((all) => all.join(" ")),
      fc.string({ unit: "binary", maxLength: 80 }),
    );
    await fc.assert(
      fc.asyncProperty(
        texts,
        fc.constantFrom("relevance" as const, "date" as const),
        async (text, sort) => {
          const answer = await bed.ask.query({ text, sort, facets: true });
          expect(answer.hits.length).toBe(Math.min(20, answer.total));
          for (const hit of answer.hits) {
            expect(hit.titleRuns.map((run) => run.text).join("")).toBe(hit.title);
          }
          await bed.ask.switcher({ text: text.slice(0, 200) });
        },
      ),
      seeded(21, 400),
    );
  });
});

describe("operators", () => {
  test.each([
    ["type:lesson", ["The chatbot promised refunds"]],
    ["type:Lessons", ["The chatbot promised refunds"]],
    ["type:les", ["The chatbot promised refunds"]],
    ["department:Legal", ["The chatbot promised refunds", "Old refund policy"]],
    ['department:"customer care" type:playbook', ["Answer an invoice dispute", "Refund policy"]],
    ["department:care type:playbook", ["Answer an invoice dispute", "Refund policy"]],
    ["tag:billing", ["Answer an invoice dispute", "Refund policy"]],
    ["tag:BILLING tag:refunds", ["Refund policy"]],
    ["tag:c++", ["Answer an invoice dispute"]],
    ["topic:billing", ["Answer an invoice dispute"]],
    ['tool:"Harbour Assistant"', ["Answer an invoice dispute"]],
    ["author:alma", ["Old refund policy"]],
    ["status:superseded", ["Old refund policy"]],
    ["status:superseded,validated", ["The chatbot promised refunds", "Old refund policy"]],
    ["status:superseded status:validated", ["The chatbot promised refunds", "Old refund policy"]],
    ["before:2025", ["Old refund policy"]],
    ["before:30d", ["Refund policy", "Old refund policy"]],
    ["after:3d type:playbook", ["Answer an invoice dispute"]],
    ["after:2025-12-01 before:2025-12-31 ", ["The chatbot promised refunds"]],
  ])("%s finds what it says, newest first", async (text, titles) => {
    using bed = await filled();
    expect(await bed.titles(text)).toEqual(titles);
  });

  test("are answered as chips that say whether their value is known", async () => {
    using bed = await filled();
    const text = 'invoice -type:lesson department:"Customer Care" tag:nonsense after:2026-01';
    const { chips, total } = await bed.ask.query({ text });
    expect(total).toBe(0);
    expect(chips).toEqual([
      { operator: "type", value: "lesson", negated: true, text: "-type:lesson", known: true },
      {
        operator: "department",
        value: "Customer Care",
        negated: false,
        text: 'department:"Customer Care"',
        known: true,
      },
      { operator: "tag", value: "nonsense", negated: false, text: "tag:nonsense", known: false },
      { operator: "after", value: "2026-01", negated: false, text: "after:2026-01", known: true },
    ]);
  });

  test("offer their values while they are typed, the commonest first", async () => {
    using bed = await filled();
    expect(await bed.ask.operatorValues({ operator: "tag", text: "" })).toEqual([
      { value: "Billing", label: "Billing", count: 2 },
      { value: "c++", label: "c++", count: 1 },
      { value: "refunds", label: "refunds", count: 1 },
    ]);
    const departments = await bed.ask.operatorValues({ operator: "department", text: "ca" });
    expect(departments).toEqual([{ value: "Customer Care", label: "Customer Care", count: 3 }]);
    const dates = await bed.ask.operatorValues({ operator: "after", text: "7" });
    expect(dates).toEqual([{ value: "7d", label: "The last 7 days", count: 6 }]);
  });
});

describe("answers", () => {
  test("count what each filter would leave", async () => {
    using bed = await filled();
    const { facets } = await bed.ask.query({ text: "refund ", facets: true });
    const facet = (operator: string) =>
      facets
        .find((one) => one.operator === operator)
        ?.values.map(({ value, count }) => [value, count]);
    expect(facet("type")).toEqual([
      ["playbook", 3],
      ["lesson", 1],
    ]);
    expect(facet("department")).toEqual([
      ["Customer Care", 2],
      ["Legal", 2],
    ]);
    expect(facet("status")).toEqual([
      ["published", 2],
      ["superseded", 1],
      ["validated", 1],
    ]);
    expect(facet("tag")).toEqual([
      ["Billing", 2],
      ["c++", 1],
      ["refunds", 1],
    ]);
    const narrowed = await bed.ask.query({ text: "refund type:lesson ", facets: true });
    expect(narrowed.facets.find(({ operator }) => operator === "department")?.values).toEqual([
      { value: "Legal", label: "Legal", count: 1 },
    ]);
  });

  test("by date still put records with every word before those that lack some", async () => {
    using bed = await createSearchBed();
    await bed.put({ title: "Brass lantern", updatedAt: "2025-01-01T00:00:00.000Z" });
    await bed.put({ title: "Brass compass" }, { title: "Old lantern" });
    const { hits, total } = await bed.ask.query({ text: "brass lantern ", sort: "date" });
    expect(hits[0]?.title).toBe("Brass lantern");
    expect(total).toBe(3);
  });

  test("mark a phrase where it stands, not its words elsewhere", async () => {
    using bed = await createSearchBed();
    await bed.put({
      title: "Page",
      body: "A lantern of brass, not the brass lantern. 東の京、東京。",
    });
    const marked = async (text: string) =>
      (await bed.ask.query({ text })).hits[0]?.snippet
        .filter(({ hit }) => hit)
        .map((run) => run.text);
    expect(await marked('"brass lantern"')).toEqual(["brass lantern"]);
    expect(await marked("東京")).toEqual(["東京"]);
  });

  test("come by date on request, and with nothing asked", async () => {
    using bed = await filled();
    const { hits } = await bed.ask.query({ text: "refund ", sort: "date" });
    const dates = hits.map(({ updatedAt }) => updatedAt);
    expect(dates).toEqual(dates.toSorted().toReversed());
    const all = await bed.ask.query({ text: "" });
    expect(all.total).toBe(9);
    expect(all.hits).toHaveLength(9);
    expect(all.hits.every(({ snippet }) => snippet.every(({ hit }) => !hit))).toBe(true);
  });

  test("in pages are the same as all at once", async () => {
    using bed = await createSearchBed();
    const parts = Array.from({ length: 130 }, (_, index) => ({
      title: `Page ${index} ${index % 3 === 0 ? "harbour" : ""}`,
      body: `harbour ${"filling words here ".repeat(index % 7)} light`,
    }));
    await bed.put(...parts);
    for (const sort of ["relevance", "date"] as const) {
      const whole = await bed.ask.query({ text: "harbour light ", sort, limit: 200 });
      expect(whole.total).toBe(130);
      const paged: string[] = [];
      for (let offset = 0; offset < 130; offset += 20) {
        const page = await bed.ask.query({ text: "harbour light ", sort, offset });
        paged.push(...page.hits.map(({ id }) => id));
      }
      expect(paged).toEqual(whole.hits.map(({ id }) => id));
      expect(new Set(paged).size).toBe(130);
      const scores = whole.hits.map(({ score }) => score);
      if (sort === "relevance") expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    }
  });

  test("carry a snippet around the words, cut at words, with an ellipsis where text is left out", async () => {
    using bed = await createSearchBed();
    const filler = "lorem ipsum dolor ".repeat(60);
    await bed.put({
      title: "Long page",
      body: `${filler}the brass lantern shines\nat night ${filler}`,
    });
    const [hit] = (await bed.ask.query({ text: "lantern night " })).hits;
    const text = hit?.snippet.map((run) => run.text).join("") ?? "";
    expect(text).toMatch(/^… .*brass lantern shines at night.* …$/u);
    expect(text.length).toBeLessThan(300);
    expect(hit?.snippet.filter((run) => run.hit).map((run) => run.text)).toEqual([
      "lantern",
      "night",
    ]);
  });

  test("come verified before unverified before expired where they are equally relevant", async () => {
    using bed = await createSearchBed();
    const until = (expires_at: string) => ({
      verification: { mode: "fixed", verified_at: "2025-01-01", expires_at },
    });
    const longAgo = "2025-01-01T00:00:00.000Z";
    await bed.put(
      // Changed lately, which does not make up for having expired.
      { title: "Refund page A", fields: until("2025-12-01") },
      { title: "Refund page B", updatedAt: longAgo },
      { title: "Refund page C", updatedAt: longAgo, fields: until("2030-01-01") },
    );
    expect(await bed.titles("refund ")).toEqual([
      "Refund page C",
      "Refund page B",
      "Refund page A",
    ]);
    // A tie-break, and no more: the better page comes first all the same.
    await bed.put({ title: "Refund", fields: until("2025-12-01") });
    expect((await bed.titles("refund "))[0]).toBe("Refund");
  });

  test("say how far the page may be relied on", async () => {
    using bed = await createSearchBed();
    const verification = { mode: "fixed", verified_at: "2025-01-01", expires_at: "2025-12-01" };
    await bed.put({ title: "Expired page", fields: { verification } }, { title: "Plain page" });
    const { hits } = await bed.ask.query({ text: "page " });
    expect(Object.fromEntries(hits.map(({ title, trust }) => [title, trust]))).toEqual({
      "Expired page": "expired",
      "Plain page": null,
    });
  });
});

describe("slips of the finger", () => {
  test("are forgiven in words nobody wrote, and the words meant are named", async () => {
    using bed = await filled();
    for (const [text, better] of [
      ["inovice ", "invoice "],
      ["refnud policy ", "refund policy "],
      ["charbot ", "chatbot "],
      ["inovic", "invoice"],
      ["disptue type:playbook ", "dispute type:playbook "],
    ] as const) {
      const answer = await bed.ask.query({ text });
      expect(answer).toMatchObject({ corrected: better, suggestion: null });
      expect(answer.total, text).toBeGreaterThan(0);
    }
  });

  test("are not looked for in words that are known, or too short, or too far", async () => {
    using bed = await filled();
    for (const text of ["refund ", "xyz ", "wholly unlike anything written "]) {
      const answer = await bed.ask.query({ text });
      expect(answer, text).toMatchObject({ corrected: null, suggestion: null });
    }
    expect((await bed.ask.query({ text: "zzzzqqqq " })).total).toBe(0);
  });

  test("in a filter's value that leaves nothing lead to the nearest value at once", async () => {
    using bed = await filled();
    const answer = await bed.ask.query({ text: "refund department:Leagl" });
    expect(answer).toMatchObject({ corrected: "refund department:Legal", suggestion: null });
    expect(answer.hits.map(({ department }) => department?.title)).toContain("Legal");
    expect(answer.chips).toMatchObject([{ text: "department:Leagl", known: false }]);
    expect((await bed.ask.query({ text: "-tag:biling refund " })).suggestion).toBe(
      "-tag:Billing refund ",
    );
  });

  test("never cost a filter, and lead only to values that some record has", async () => {
    using bed = await createSearchBed();
    await bed.put(
      { title: "Refund", body: "refund", fields: { tags: ["customer", "customs"] } },
      { title: "Receipt", body: "receipt", fields: { tags: ["customer"] } },
    );
    const better = async (text: string) => {
      const { corrected, suggestion } = await bed.ask.query({ text });
      return corrected ?? suggestion;
    };
    expect(await better("tag:custmer")).toBe("tag:customer");
    expect(await better("tag:supplier")).toBeNull();
    expect(await better("type:playbook refnd ")).toBe("type:playbook refund ");
    expect(await better("type:playbok refnd ")).toBe("type:playbook refund ");
    expect(await better("refnd -tag:customs type:playbook ")).toBe(
      "refund -tag:customs type:playbook ",
    );
    expect(await better("tag:custmer,customs refund")).toBe("tag:customer,customs refund");
    expect(await better('tag:"custmer" refund')).toBe("tag:customer refund");
    // Of two values equally near, the one that more records have.
    expect(await better("tag:custome")).toBeNull();
    expect(await better("tag:custom ")).toBeNull();
    expect(await better("after:2020 refnd ")).toBe("after:2020 refund ");
    expect(await better("tagg:customer ")).toBeNull();
  });

  test("do not lead to a tag that the last record has lost", async () => {
    using bed = await createSearchBed();
    const [id] = await bed.put({ title: "Refund", fields: { tags: ["customer"] } });
    expect((await bed.ask.query({ text: "tag:custmer" })).corrected).toBe("tag:customer");
    await bed.put({ ...(id && { id }), title: "Refund", fields: { tags: [] } });
    expect(await bed.ask.query({ text: "tag:custmer" })).toMatchObject({
      corrected: null,
      suggestion: null,
      total: 0,
    });
  });

  test("in a quoted phrase are corrected at once when nobody wrote the phrase", async () => {
    using bed = await createSearchBed();
    await bed.put(
      { title: "Page", body: "Our refund policy." },
      { title: "Other", body: "policy" },
    );
    const answer = await bed.ask.query({ text: '"refnud policy" ' });
    expect(answer).toMatchObject({ corrected: '"refund policy" ', total: 1 });
    expect(answer.hits[0]?.snippet).toContainEqual({ text: "refund policy", hit: true });
    const [id] = answer.hits.map((hit) => hit.id);
    const { words } = await bed.ask.explain({ text: '"refnud policy" ', id: id ?? bed.newId() });
    expect(words).toMatchObject([{ asked: "refund policy", found: ["refund policy"] }]);
  });

  test("that somebody made in a record lead to an offer beside what was found", async () => {
    using bed = await createSearchBed();
    const pages = Array.from({ length: 12 }, (_, at) => ({ title: `Page ${at}`, body: "refund" }));
    await bed.put(...pages, { title: "Misprint", body: "How to refnd." });
    const answer = await bed.ask.query({ text: "refnd " });
    expect(answer).toMatchObject({ corrected: null, suggestion: "refund ", total: 1 });
    expect((await bed.ask.query({ text: "refnd" })).suggestion).toBeNull();
    // A filter that leaves nothing says nothing about the word.
    expect(await bed.ask.query({ text: "refnd type:lesson " })).toMatchObject({
      corrected: null,
      suggestion: null,
      total: 0,
    });
    expect((await bed.ask.query({ text: "refund " })).suggestion).toBeNull();
  });

  test("are taken for the commoner and for the key beside, of words equally near", async () => {
    using bed = await createSearchBed();
    const times = (count: number, body: string) =>
      Array.from({ length: count }, () => ({ title: "Page", body }));
    await bed.put(
      ...times(3, "better"),
      ...times(3, "bitter"),
      ...times(8, "rocker"),
      ...times(1, "locker"),
    );
    const corrected = async (text: string) => (await bed.ask.query({ text })).corrected;
    expect(await corrected("bwtter ")).toBe("better ");
    expect(await corrected("botter ")).toBe("bitter ");
    expect(await corrected("hocker ")).toBe("rocker ");
  });
});

describe("words written apart or in one", () => {
  test("a word that nobody wrote in one is found where it stands in two", async () => {
    using bed = await createSearchBed();
    await bed.put({ title: "First days", body: "How on boarding works here." }, { title: "Other" });
    expect(await bed.titles("onboarding ")).toEqual(["First days"]);
  });

  test("two words are found where they stand in one, behind those that have both apart", async () => {
    using bed = await createSearchBed();
    await bed.put(
      { title: "One word", body: "The login page." },
      { title: "Two words", body: "The log in page, to log in." },
    );
    expect(await bed.titles("log in ")).toEqual(["Two words", "One word"]);
  });
});
