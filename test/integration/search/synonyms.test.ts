import { describe, expect, test } from "vitest";
import { starterTerms } from "#engine/search/synonyms/starter-terms.ts";
import { foldText } from "#engine/search/analysis/tokenize.ts";
import { createSearchBed, type SearchBed } from "#test/support/search-bed.ts";

const term = (name: string, ...synonyms: readonly string[]) => ({
  type: "vocabulary_term",
  title: name,
  fields: { name, synonyms },
});

const found = async (bed: SearchBed, text: string) =>
  (await bed.titles(`${text} -type:vocabulary_term`)).toSorted();

describe("words that mean the same", () => {
  test("are found for each other, the word that was asked first", async () => {
    using bed = await createSearchBed();
    await bed.put(
      { title: "Costs", body: "What a large language model costs." },
      { title: "Limits", body: "What an LLM cannot do." },
      { title: "Bread", body: "How bread is baked." },
    );
    expect(await bed.titles("llm ")).toEqual(["Limits", "Costs"]);
    expect(await bed.titles("large language model ")).toEqual(["Costs", "Limits"]);
    expect(await bed.titles("GPT ")).toHaveLength(2);
  });

  test("wait until the word is whole, for a space where it is short, and exclude nothing", async () => {
    using bed = await createSearchBed();
    await bed.put(
      { title: "Costs", body: "A language model costs money." },
      { title: "Limits", body: "Money for an LLM." },
    );
    expect(await bed.titles("ll")).toEqual(["Limits"]);
    expect(await bed.titles("llm")).toEqual(["Limits", "Costs"]);
    await bed.put({ title: "Machines", body: "About machine learning." });
    expect(await bed.titles("ml")).toEqual([]);
    expect(await bed.titles("ml ")).toEqual(["Machines"]);
    expect(await bed.titles("money -llm ")).toEqual(["Costs"]);
    expect(await bed.titles('"llm" ')).toEqual(["Limits"]);
  });

  test("come from vocabulary terms as soon as they are written, and go with them", async () => {
    using bed = await createSearchBed();
    await bed.put({ title: "Spiffy", body: "The borogove is mimsy." });
    const [id] = await bed.put(term("jubjub", "borogove", "frumious bird"));
    expect(await found(bed, "jubjub")).toEqual(["Spiffy"]);
    expect(await found(bed, "frumious bird")).toEqual(["Spiffy"]);
    await bed.put({ ...term("jubjub", "bandersnatch"), ...(id && { id }) });
    expect(await found(bed, "frumious bird")).toEqual([]);
    await bed.put({ ...term("jubjub", "borogove"), ...(id && { id }) });
    const removedAt = new Date(bed.clock.now()).toISOString();
    await bed.put({ ...term("jubjub", "borogove"), ...(id && { id }), removedAt });
    expect(await found(bed, "jubjub")).toEqual([]);
  });

  test("of a merged term count as the other term's, also around a ring", async () => {
    using bed = await createSearchBed();
    await bed.put({ title: "Vorpal", body: "A vorpal blade." });
    const [home] = await bed.put(term("snark", "vorpal"));
    const merged = { ...term("boojum", "tove") };
    const [other] = await bed.put({
      ...merged,
      fields: { ...merged.fields, merged_into: home ?? null },
    });
    expect(await found(bed, "tove")).toEqual(["Vorpal"]);
    await bed.put({
      ...term("snark", "vorpal"),
      ...(home && { id: home }),
      fields: { name: "snark", synonyms: ["vorpal"], merged_into: other ?? null },
    });
    expect(await found(bed, "tove")).toEqual(["Vorpal"]);
    expect(await found(bed, "boojum")).toEqual(["Vorpal"]);
  });

  test("that Guildhall brings along give way to a term of the same name", async () => {
    using bed = await createSearchBed();
    await bed.put(
      { title: "Limits", body: "What a chatbot cannot do." },
      { title: "Robots", body: "What a robot can do." },
    );
    expect(await bed.titles("virtual agent ")).toEqual(["Limits"]);
    const [id] = await bed.put(term("Virtual agent", "robot"));
    expect(await found(bed, "virtual agent")).toEqual(["Robots"]);
    const off = { name: "Virtual agent", synonyms: ["robot"], switched_off: true };
    await bed.put({ ...term("Virtual agent"), ...(id && { id }), fields: off });
    expect(await found(bed, "virtual agent")).toEqual([]);
  });

  test("are acronyms that a record explains, in both directions, while it does", async () => {
    using bed = await createSearchBed();
    const [id] = await bed.put({
      title: "Glossary",
      body: "Our quality improvement board (QIB) meets on Mondays.",
    });
    await bed.put({ title: "Minutes", body: "The QIB met." });
    await bed.put({ title: "Seats", body: "Who sits on the quality improvement board." });
    expect((await bed.titles("qib ")).toSorted()).toEqual(["Glossary", "Minutes", "Seats"]);
    expect(await bed.titles("quality improvement board ")).toContain("Minutes");
    await bed.put({ title: "Glossary", body: "Nothing.", ...(id && { id }) });
    expect(await bed.titles("qib ")).toEqual(["Minutes"]);
  });

  test("say in the explanation why they stand for each other", async () => {
    using bed = await createSearchBed();
    const [page] = await bed.put({
      title: "Limits",
      body: "A chatbot asks the quality improvement board (QIB) about the borogove.",
    });
    const [own] = await bed.put(term("jubjub", "borogove"));
    const why = async (text: string) =>
      (await bed.ask.explain({ text, id: page ?? bed.newId() })).words.flatMap(
        ({ standIns }) => standIns,
      );
    expect(await why("jubjub ")).toEqual([{ word: "borogove", by: "vocabulary", term: own }]);
    expect(await why("conversational AI ")).toContainEqual({
      word: "chatbot",
      by: "starter",
      term: null,
    });
    expect(await why("chatbto ")).toEqual([{ word: "chatbot", by: "correction", term: null }]);
    expect(await why("chat bot ")).toContainEqual({ word: "chatbot", by: "joining", term: null });
    expect(await why("chatbot ")).toEqual([]);
  });
});

describe("the list of the vocabulary", () => {
  test("names terms, what Guildhall brings along and acronyms, and what is not in force", async () => {
    using bed = await createSearchBed();
    await bed.put({ title: "Glossary", body: "Our quality improvement board (QIB) meets." });
    const [id] = await bed.put(term("Chatbot", "robot"));
    const entries = await bed.ask.vocabulary({});
    expect(entries.filter(({ from }) => from === "starter")).toHaveLength(starterTerms.length);
    expect(entries.filter(({ from }) => from !== "starter")).toEqual([
      {
        name: "Chatbot",
        words: ["Chatbot", "robot"],
        from: "workspace",
        term: id,
        inForce: true,
        records: 0,
      },
      {
        name: "QIB",
        words: ["QIB", "quality improvement board"],
        from: "texts",
        term: null,
        inForce: true,
        records: 1,
      },
    ]);
    expect(
      entries.find(({ from, name }) => from === "starter" && name === "chatbot"),
    ).toMatchObject({ term: id, inForce: false });
    const names = entries.map(({ name }) => foldText(name));
    expect(names).toEqual(names.toSorted());
  });

  test("brings no word along twice", () => {
    const words = starterTerms.flat().map(foldText);
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
    expect(starterTerms.filter((group) => group.length < 2)).toEqual([]);
  });
});
