import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseQuery } from "#engine/search/query/parse-query.ts";
import type { Term } from "#engine/search/query/query.ts";
import { seeded } from "#test/support/seeded.ts";

const now = Date.UTC(2026, 5, 30, 12);

/** A query as one readable line: `!` excludes, `~` is still being typed, `{}` joins alternatives. */
function read(text: string): string {
  return parseQuery(text, now)
    .clauses.map(({ negated, terms }) => {
      const inner = terms.map(readTerm).join(" or ");
      return `${negated ? "!" : ""}${terms.length > 1 ? `{${inner}}` : inner}`;
    })
    .join(" ");
}

function readTerm(term: Term): string {
  switch (term.kind) {
    case "word":
      return term.token.word + (term.prefix ? "~" : "");
    case "phrase": {
      const words = term.tokens.map(({ word }) => word).join("+");
      return (term.quoted ? `"${words}"` : words) + (term.prefix ? "~" : "");
    }
    case "values":
      return `${term.operator}=${term.values.join("/")}${term.open ? "~" : ""}`;
    case "date":
      return `${term.operator}=${new Date(term.at).toISOString().slice(0, 10)}`;
  }
}

describe("the query language", () => {
  test.each([
    ["invoice dispute", "invoice dispute~"],
    ["invoice dispute ", "invoice dispute"],
    ['"chargeback evidence" letter ', '"chargeback+evidence" letter'],
    ["“smart quotes” too ", '"smart+quotes" too'],
    ["invoice -draft ", "invoice !draft"],
    ['-"in review" ', '!"in+review"'],
    ["refund OR return policy ", "{refund or return} policy"],
    ["refund | return ", "{refund or return}"],
    ["a OR b OR c ", "{a or b or c}"],
    ["refund or return ", "refund or return"],
    ["OR refund ", "or refund"],
    ["refund OR", "refund or~"],
    ["refund OR -draft ", "refund !draft"],
    ["type:lesson ", "type=lesson"],
    ["TYPE:lesson,playbook x ", "type=lesson/playbook x"],
    ['department:"Customer Care" x ', "department=Customer Care x"],
    ["-tag:old x ", "!tag=old x"],
    ["type:lesson OR tag:ai ", "{type=lesson or tag=ai}"],
    ["type:les", "type=les~"],
    ['department:"Custo', "department=Custo~"],
    ["department:", ""],
    ["department: x ", "department x"],
    ["colour:red ", "colour red"],
    ["http://example.com ", "http example com"],
    ["GPT-4 e-mail ", "gpt 4 e mail"],
    ["-e-mail ", '!"e+mail"'],
    ["2 - 1 ", "2 1"],
    ["--force ", "force"],
    ["東京都 ", "東+京+都"],
    ["AI東京 ", "ai 東+京"],
    ["京", "京"],
    ['"unfinished phr', '"unfinished+phr"~'],
    ['"unfinished ', '"unfinished"'],
    ['""', ""],
    ['foo"bar baz" ', 'foo "bar+baz"'],
    ["??? !!! ", ""],
    ["a AND b NEAR( c* ^d ", "a and b near c d"],
    ["before:2026-03 after:7d ", "before=2026-03-01 after=2026-06-23"],
    ["before:banana ", "before banana"],
    ["after:2026-02-30 ", "after 2026 02 30"],
  ])("%s reads as %s", (text, meaning) => {
    expect(read(text)).toBe(meaning);
  });

  test("a filter's span is exactly what has to be cut to remove it", () => {
    const text = 'invoice -department:"Customer Care" before:2026 letter';
    const spans = parseQuery(text, now)
      .clauses.flatMap(({ terms }) => terms)
      .flatMap((term) => ("operator" in term ? [text.slice(term.span.start, term.span.end)] : []));
    expect(spans).toEqual(['-department:"Customer Care"', "before:2026"]);
  });

  test("any string is a query, and every span lies inside of it", () => {
    const pieces = fc.constantFrom(
      ...'" “ ” - | : , OR OR type: tag: before: after:3m department:" 東京 é ß \u0000 \ud83d \u{1F680} word 2026-01 \n'.split(
        " ",
      ),
    );
    const texts = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc
        .array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 20 })
        .map((all) => all.join("")),
      fc.array(pieces, { maxLength: 20 }).map((all) => all.join(" ")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        for (const { terms } of parseQuery(text, now).clauses) {
          expect(terms.length).toBeGreaterThan(0);
          for (const term of terms) {
            if (!("span" in term)) continue;
            expect(term.span.start).toBeGreaterThanOrEqual(0);
            expect(term.span.end).toBeLessThanOrEqual(text.length);
            expect(term.span.end).toBeGreaterThan(term.span.start);
          }
        }
      }),
      seeded(11, 800),
    );
  });
});
