/** A word-level comparison cut into lines, so that it can be folded, and set side by side. */
import type { DiffRun } from "#shared/contract/record-shapes.ts";

/** One line of the text, old and new words together. */
export type ChangedLine = {
  /** Its place in the comparison, from 1. */
  readonly number: number;
  readonly runs: readonly DiffRun[];
  readonly change: "none" | "added" | "removed" | "both";
};

/** Cuts runs at line ends. A line end belongs to the run it was in. */
export function linesOf(runs: readonly DiffRun[]): readonly ChangedLine[] {
  const lines: DiffRun[][] = [[]];
  for (const run of runs) {
    const pieces = run.text.split("\n");
    for (const [index, text] of pieces.entries()) {
      if (index > 0) lines.push([]);
      if (text !== "") lines.at(-1)?.push({ kind: run.kind, text });
      // An added or removed empty line is a change, too; among words its place in the margin tells.
      else if (run.kind !== "same" && index > 0 && index < pieces.length - 1) {
        lines.at(-1)?.push({ kind: run.kind, text: run.text.trim() === "" ? "\u00B6" : "" });
      }
    }
  }
  return lines.map((line, index) => ({ number: index + 1, runs: line, change: changeOf(line) }));
}

function changeOf(runs: readonly DiffRun[]): ChangedLine["change"] {
  const added = runs.some((run) => run.kind === "added");
  const removed = runs.some((run) => run.kind === "removed");
  if (added && removed) return "both";
  if (added) return "added";
  return removed ? "removed" : "none";
}

export type Part = { readonly hidden: number; readonly lines: readonly ChangedLine[] };

const around = 3;

/** Leaves out what is more than a few lines away from any change. `hidden` lines precede a part. */
export function hideUnchanged(lines: readonly ChangedLine[]): readonly Part[] {
  const near = nearChanges(lines);
  const parts: Part[] = [];
  let hidden = 0;
  let shown: ChangedLine[] = [];
  for (const [index, line] of lines.entries()) {
    if (near[index] === true) {
      shown.push(line);
      continue;
    }
    if (shown.length > 0) {
      parts.push({ hidden, lines: shown });
      hidden = 0;
      shown = [];
    }
    hidden += 1;
  }
  if (shown.length > 0 || hidden > 0) parts.push({ hidden, lines: shown });
  return parts;
}

function nearChanges(lines: readonly ChangedLine[]): readonly boolean[] {
  const near = lines.map(() => false);
  for (const [index, line] of lines.entries()) {
    if (line.change === "none") continue;
    const last = Math.min(lines.length - 1, index + around);
    for (let at = Math.max(0, index - around); at <= last; at += 1) near[at] = true;
  }
  return near;
}

/** Old words on one side, new words on the other. */
export function pairLines(lines: readonly ChangedLine[]) {
  return lines.map(({ number, runs }) => ({
    number,
    before: runs.filter((run) => run.kind !== "added"),
    after: runs.filter((run) => run.kind !== "removed"),
  }));
}
