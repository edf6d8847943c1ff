import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldText, tokenize } from "#engine/search/analysis/tokenize.ts";
import { seeded } from "#test/support/seeded.ts";

describe("folding", () => {
  test.each([
    ["Café NAÏVE Ångström", "cafe naive angstrom"],
    ["Straße STRASSE", "strasse strasse"],
    ["œuvre Æther Øre Łódź İstanbul ısı", "oeuvre aether ore lodz istanbul isi"],
    ["ﬁne 𝗯𝗼𝗹𝗱 ①", "fine bold 1"],
    ["ΣΊΣΥΦΟΣ σίσυφος", "σισυφοσ σισυφοσ"],
    ["Ёлка Йод", "елка иод"],
    ["don't customer's l’équipe", "dont customer l equipe"],
    ["snake_case GPT-4 C++", "snake case gpt 4 c"],
    ["हिन्दी भाषा", "हिन्दी भाषा"],
    ["🚀 — … !", ""],
  ])("%s becomes %s", (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  test("composed and decomposed text fold alike", () => {
    for (const text of ["résumé", "ガギグ", "한국어", "Đặng"]) {
      expect(foldText(text.normalize("NFD"))).toBe(foldText(text.normalize("NFC")));
    }
  });

  test("half-width and full-width forms fold alike", () => {
    expect(foldText("ｶﾞｲﾄﾞ ＡＩ")).toBe(foldText("ガイド AI"));
  });

  test("each character of a script without spaces is a token of its own", () => {
    expect(foldText("東京都AI한국어ไทย")).toBe("東 京 都 ai 한 국 어 ไ ท ย");
  });
});

describe("tokens", () => {
  test("forms of an English word share a stem", () => {
    const stems = (text: string) => new Set(tokenize(text).tokens.map(({ stem }) => stem));
    expect(stems("configure configures configured configuring configuration")).toEqual(
      new Set(["configur"]),
    );
    expect(stems("policy policies")).toEqual(new Set(["polici"]));
    expect(stems("hopping hopped hop")).toEqual(new Set(["hop"]));
    expect(stems("general generate").size).toBe(1);
    expect(stems("sky skies").size).toBe(2);
  });

  test("the stemmer gives what its author published", () => {
    const published: Readonly<Record<string, string>> = {
      caresses: "caress",
      ponies: "poni",
      agreed: "agre",
      plastered: "plaster",
      motoring: "motor",
      conflated: "conflat",
      fizzed: "fizz",
      filing: "file",
      happy: "happi",
      relational: "relat",
      rational: "ration",
      digitizer: "digit",
      feudalism: "feudal",
      electrical: "electr",
      goodness: "good",
      irritant: "irrit",
      adoption: "adopt",
      homologous: "homolog",
      probate: "probat",
      cease: "ceas",
      controll: "control",
      oscillators: "oscil",
    };
    const given = Object.keys(published).map((word) => [word, tokenize(word).tokens[0]?.stem]);
    expect(Object.fromEntries(given)).toEqual(published);
  });

  test("every token stands where it says, in order and apart, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
        const { tokens, starts, ends } = tokenize(text);
        let at = 0;
        tokens.forEach((token, index) => {
          expect(starts[index]).toBeGreaterThanOrEqual(at);
          at = ends[index] ?? 0;
          expect(at).toBeGreaterThan(starts[index] ?? 0);
          expect(at).toBeLessThanOrEqual(text.length);
          // The index puts spaces between stems, so none may hold one, or a quote.
          expect(token.stem).toMatch(/^[\p{L}\p{N}\p{M}]+$/u);
          const again = tokenize(text.slice(starts[index], ends[index])).tokens;
          expect(again.map(({ word }) => word)).toEqual([token.word]);
        });
      }),
      seeded(3, 800),
    );
  });
});
