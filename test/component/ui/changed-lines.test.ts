import { expect, test } from "vitest";
import { hideUnchanged, linesOf, pairLines } from "#renderer/ui/changed-lines.ts";
import type { DiffRun } from "#shared/contract/record-shapes.ts";

const run = (kind: DiffRun["kind"], text: string): DiffRun => ({ kind, text });

test("lines keep every word of both texts", () => {
  const runs = [
    run("same", "One\nTwo "),
    run("removed", "old"),
    run("added", "new\nmore"),
    run("same", "\nEnd"),
  ];
  const pairs = pairLines(linesOf(runs));
  const text = (side: "before" | "after") =>
    pairs.map((pair) => pair[side].map((piece) => piece.text).join("")).join("\n");
  expect(text("after")).toBe("One\nTwo new\nmore\nEnd");
  expect(text("before")).toBe("One\nTwo old\n\nEnd");
  expect(linesOf(runs).map((line) => line.change)).toEqual(["none", "both", "added", "none"]);
});

test("what is far from any change is folded, and counted", () => {
  const lines = Array.from({ length: 40 }, (_, n) => `line ${n.toString()}\n`);
  const runs = [
    run("same", lines.slice(0, 20).join("")),
    run("added", "here "),
    run("same", lines.slice(20).join("")),
  ];
  const all = linesOf(runs);
  const parts = hideUnchanged(all);
  expect(parts.map((part) => [part.hidden, part.lines.length])).toEqual([
    [17, 7],
    [17, 0],
  ]);
  const counted = parts.reduce((sum, part) => sum + part.hidden + part.lines.length, 0);
  expect(counted).toBe(all.length);
});

test("an empty line that was added is a change that can be seen", () => {
  const lines = linesOf([run("same", "a\n"), run("added", "\n\n"), run("same", "b")]);
  expect(lines.some((line) => line.change === "added")).toBe(true);
});
