import { expect, test } from "vitest";
import { foldText } from "#engine/search/analysis/tokenize.ts";
import { letterMask } from "#engine/search/analysis/letter-mask.ts";
import { titleFit, typedFrom } from "#engine/search/title-match.ts";

function fit(typed: string, title: string): number {
  const folded = foldText(title);
  const letters = letterMask(folded.replaceAll(" ", ""));
  return titleFit(typedFrom(foldText(typed)), { folded, letters });
}

test("a closer fit to the title is worth more", () => {
  const title = "Customer refund policy";
  const fits = [
    "customer refund policy",
    "cust",
    "refund p",
    "pol cust",
    "crp",
    "und poli",
    "crefpol",
  ];
  const scores = fits.map((typed) => fit(typed, title));
  expect(scores.every((score) => score > 0)).toBe(true);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
});

test("letters that the title does not have rule it out", () => {
  expect(fit("quartz", "Customer refund policy")).toBe(0);
  expect(fit("ycilop", "Customer refund policy")).toBe(0);
});
