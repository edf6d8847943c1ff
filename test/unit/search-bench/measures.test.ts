import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { boundedDistance } from "#engine/search/analysis/edit-distance.ts";
import { linkCollection } from "#test/search-bench/link-collection.ts";
import { ndcg, recall } from "#test/search-bench/measures.ts";
import { misspell } from "#test/search-bench/misspell.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const relevance = new Map([
  ["best", 3],
  ["good", 1],
]);

describe("judging results", () => {
  test("the best possible order counts whole and every other one less", () => {
    expect(ndcg(["best", "good", "other"], relevance)).toBe(1);
    const swapped = (1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3));
    expect(ndcg(["good", "best"], relevance)).toBeCloseTo(swapped, 10);
    expect(ndcg(["other"], relevance)).toBe(0);
  });

  test("recall is the share of answers among the first", () => {
    expect(recall(["other", "good"], relevance)).toBe(0.5);
    expect(recall(["other", "good"], relevance, 1)).toBe(0);
  });
});

test("a question is misspelt by at most one slip, the same for the same seed", () => {
  const questions = new Map(
    Array.from({ length: 60 }, (_, index) => [String(index), "handover of a customer complaint"]),
  );
  const slipped = misspell(questions, 11);
  expect([...slipped]).toEqual([...misspell(questions, 11)]);
  expect(new Set(slipped.values()).size).toBeGreaterThan(20);
  for (const text of slipped.values()) {
    expect(boundedDistance("handover of a customer complaint", text, 1)).toBeLessThanOrEqual(1);
  }
});

test("a link's text becomes a question and leaves the page that has it", () => {
  using folder = temporaryFolder();
  mkdirSync(path.join(folder.path, "guide"));
  const start = path.join(folder.path, "guide", "start.md");
  const refunds = path.join(folder.path, "guide", "refunds.md");
  writeFileSync(
    start,
    "# Start\n\nSee [how we refund](refunds.md) and [our site](https://example.com).\n",
  );
  writeFileSync(refunds, "# Refunds\n\nAll about them.\n");
  const { documents, questions, answers } = linkCollection(folder.path);
  expect([...questions.values()]).toEqual(["how we refund"]);
  expect([...(answers.get("0") ?? [])]).toEqual([[refunds, 1]]);
  const body = documents.find(({ id }) => id === start)?.body;
  expect(body).not.toContain("how we refund");
  expect(body).toContain("our site");
});
