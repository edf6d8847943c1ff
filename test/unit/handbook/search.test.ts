/** The handbook's search: the export's side and the page's side together. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import fc from "fast-check";
import lunr from "lunr";
import { describe, expect, test } from "vitest";
import {
  createSearchIndex,
  firstPartOf,
  partOf,
  scoreUnit,
  searchFields,
} from "#engine/handbook/search-index.ts";
import { foldedWords, indexedWords, termOf } from "#engine/handbook/words.ts";
import { loadPageScripts, searchOver } from "#test/support/handbook-search.ts";

const seed = 20261122;
const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        "Straße",
        "café",
        "don’t",
        "customer's",
        "返品の手順",
        "ตรวจสอบ",
        "09.7z:t*",
        "İ",
        "الرد",
        "مُحَمَّد",
        "Σίσυφος",
        "Łódź Ħal Ŋ",
        "Ǿ",
      ),
    )
    .map((words) => words.join(" ")),
);

describe("the two sides of the search", () => {
  const page = loadPageScripts();

  test("cut and fold any text in the same words", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect([...page.foldedWords(text)]).toEqual(foldedWords(text));
      }),
      { seed, numRuns: 2000 },
    );
  });

  test("name the parts of the index alike", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const word of foldedWords(text)) {
          expect(page.partOf(word)).toBe(partOf(word));
          expect(page.firstPartOf(word)).toBe(firstPartOf(word));
        }
      }),
      { seed, numRuns: 500 },
    );
  });

  test("run the same lunr, to the byte", () => {
    const own = new URL("../../../resources/handbook/scripts/lunr.min.js", import.meta.url);
    const theirs = createRequire(import.meta.url).resolve("lunr/lunr.min.js");
    expect(readFileSync(own).equals(readFileSync(theirs))).toBe(true);
  });
});

describe("the index", () => {
  test("holds the scores that lunr's own builder computes", async () => {
    const words = "refund invoice letter check table model chat reply draft customer".split(" ");
    const text = fc
      .array(fc.constantFrom(...words), { maxLength: 30 })
      .map((ones) => ones.join(" "));
    const document = fc.record({ title: text, headings: text, tags: text, body: text });
    await fc.assert(
      fc.asyncProperty(fc.array(document, { minLength: 1, maxLength: 12 }), async (documents) => {
        const builder = new lunr.Builder();
        builder.ref("id");
        builder.field("title", { boost: 4 });
        for (const field of searchFields.slice(1)) builder.field(field);
        const index = createSearchIndex();
        for (const [id, one] of documents.entries()) {
          const stemmed = Object.fromEntries(
            searchFields.map((field) => [
              field,
              indexedWords(one[field])
                .map(({ term }) => term)
                .join(" "),
            ]),
          );
          builder.add({ id: id.toString(), ...stemmed });
          index.add(one);
        }
        const built = builder.build() as unknown as {
          readonly invertedIndex: Record<string, { readonly _index: number }>;
          readonly fieldVectors: Record<string, { readonly elements: readonly number[] }>;
        };
        for await (const [name, part] of index.parts(() => Promise.resolve())) {
          if (name.startsWith("t-")) continue;
          for (const [term, postings] of Object.entries(part.terms)) {
            for (const [field, steps, scores] of postings) {
              let id = 0;
              for (const [at, step] of steps.entries()) {
                id += step;
                const { elements } = built.fieldVectors[`${searchFields[field]}/${id.toString()}`]!;
                // oxlint-disable-next-line no-underscore-dangle -- lunr calls it so.
                const place = elements.indexOf(built.invertedIndex[term]!._index);
                const theirs = elements[place + 1]!;
                const rounded = Math.max(1, Math.round(theirs * scoreUnit));
                expect(Math.abs(scores[at]! - rounded)).toBeLessThanOrEqual(1);
              }
            }
          }
        }
      }),
      { seed, numRuns: 40 },
    );
  });

  test("loads only the parts that a query's words lie in", async () => {
    const search = await searchOver([{ title: "Refund a customer" }, { body: "zebra" }]);
    await search.search("refund customer ");
    expect(new Set(search.loaded)).toEqual(new Set(["pages", "w-re", "w-cu", "spellings"]));
  });
});

const handbookWords = [
  ..."temperature=0.7:09.669794202z v2 v21 v211 2026 09 9 10th a1b2 gpt-4 gpt-41 gpt4 x9 x99 t1 t12".split(
    " ",
  ),
  ..."t t0 t01 customer's naïve Straße refund refunds refunding 返品 返品手順 ตรวจ الردود İstanbul".split(
    " ",
  ),
];

describe("a search", () => {
  test("for any beginning of any indexed word never throws and finds its page", async () => {
    const word = fc.oneof(
      fc.constantFrom(...handbookWords),
      fc.stringMatching(/^[a-z]{1,3}[0-9]{0,4}[a-z]{0,3}$/u),
      fc.string({ unit: "grapheme", maxLength: 8 }),
    );
    const documents = fc.array(
      fc.record({
        title: fc.array(word, { maxLength: 4 }).map((ones) => ones.join(" ")),
        body: fc.array(word, { maxLength: 12 }).map((ones) => ones.join(" ")),
      }),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(documents, async (texts) => {
        const search = await searchOver(texts);
        for (const one of search.words) {
          const letters = Array.from(one);
          for (let end = 1; end <= letters.length; end += 1) {
            const { hits } = await search.search(letters.slice(0, end).join(""));
            // A single letter looks at titles, headings and tags alone.
            if (end === letters.length && end > 1) {
              expect(hits.length, `${one} in ${JSON.stringify(texts)}`).toBeGreaterThan(0);
            }
          }
        }
      }),
      { seed, numRuns: 60 },
    );
  });

  test("for any text never throws", async () => {
    const search = await searchOver([
      { title: "Constructor prototype", body: "valueOf hasOwnProperty" },
    ]);
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        await search.search(text);
      }),
      { seed, numRuns: 500 },
    );
    expect((await search.search("constructor")).hits).toHaveLength(1);
    expect((await search.search("toString")).hits).toHaveLength(0);
  });

  const pages = [
    { title: "Answer an invoice dispute", body: "A customer says the bill is wrong." },
    { title: "Calm a complaint", body: "Read the invoice before you answer." },
    { title: "Configuration of the assistant", body: "Temperature and models." },
    { title: "返品の手順", body: "お客様から返品の依頼があったとき" },
    { title: "Eine Beschwerde beantworten", body: "Größe und Straße" },
  ];

  test("finds a page by a misspelled word, and says which word it took it for", async () => {
    const search = await searchOver(pages);
    const answer = await search.search("invioce ");
    expect(answer.hits.map(({ page }) => page)).toEqual([0, 1]);
    expect(answer.corrected).toBe("invoice");
    expect((await search.search("complant")).hits[0]?.page).toBe(1);
    expect((await search.search("confguration")).hits[0]?.page).toBe(2);
  });

  test("finds a page at every letter of a word, also past its stem", async () => {
    const search = await searchOver(pages);
    for (const typed of ["c", "con", "configu", "configura", "configuratio", "configuration"]) {
      const { hits } = await search.search(typed);
      expect(
        hits.map(({ page }) => page),
        typed,
      ).toContain(2);
    }
  });

  test("puts the page with all words before one that has a word often", async () => {
    const search = await searchOver([
      { title: "Invoice invoice", body: "invoice ".repeat(20) },
      { title: "Write letters", body: "A dispute over an invoice, and another invoice." },
    ]);
    expect((await search.search("invoice dispute")).hits.map(({ page }) => page)).toEqual([1, 0]);
  });

  test("finds words without accents, and scripts without spaces by any part", async () => {
    const search = await searchOver(pages);
    for (const typed of ["strasse", "grosse", "Größe", "größ"]) {
      const { hits } = await search.search(typed);
      expect(
        hits.map(({ page }) => page),
        typed,
      ).toContain(4);
    }
    for (const typed of ["返品", "手順", "依頼", "順"]) {
      const { hits } = await search.search(typed);
      expect(hits[0]?.page, typed).toBe(3);
    }
  });

  test("leaves out the words of a question, unless there are no others", async () => {
    const search = await searchOver([
      { title: "How we may do it", body: "how do we do it" },
      { title: "Refunds", body: "A customer gets money back." },
    ]);
    const { hits } = await search.search("how do I refund a customer");
    expect(hits[0]?.page).toBe(1);
    expect(search.loaded).not.toContain("w-ho");
    expect((await search.search("how do")).hits[0]?.page).toBe(0);
  });

  test("of stop words alone takes them as they are and says nothing false", async () => {
    const search = await searchOver(pages);
    expect((await search.search("the of")).corrected).toBeNull();
    expect((await search.search("  ")).hits).toEqual([]);
    expect(termOf("configuration")).toBe("configur");
  });
});
