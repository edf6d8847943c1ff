/**
 * Merges two texts that were made from a third, word by word. Everything that either side put in is
 * in the result of a clean merge; where both sides wrote in the same place, the result names both
 * variants and chooses neither. The same three texts always give the same answer.
 */
import { type Hunk, wordHunks } from "./word-diff.ts";

/** A stretch of the merged text, or a place where the two sides wrote different things. */
export type MergeRegion =
  | { readonly kind: "clean"; readonly text: string }
  | { readonly kind: "conflict"; readonly base: string; readonly a: string; readonly b: string };

export type Merged =
  | { readonly clean: true; readonly text: string }
  | { readonly clean: false; readonly regions: readonly MergeRegion[] };

type SidedHunk = Hunk & { readonly side: "a" | "b" };
type Group = { readonly start: number; readonly end: number; readonly hunks: readonly SidedHunk[] };

/** Merges `a` and `b`, both made from `base`. Swapping them swaps the variants and nothing else. */
export function mergeTexts(base: string, a: string, b: string): Merged {
  if (a === b || b === base) return { clean: true, text: a };
  if (a === base) return { clean: true, text: b };
  const regions: MergeRegion[] = [];
  let offset = 0;
  for (const group of groupHunks(base, a, b)) {
    regions.push({ kind: "clean", text: base.slice(offset, group.start) });
    regions.push(mergeGroup(base, group));
    offset = group.end;
  }
  regions.push({ kind: "clean", text: base.slice(offset) });
  return joinRegions(regions);
}

/** Gathers hunks of both sides that meet, in the order of the base. */
function groupHunks(base: string, a: string, b: string): readonly Group[] {
  const sided = (side: "a" | "b") => (hunk: Hunk) => ({ ...hunk, side });
  const hunks = [
    ...wordHunks(base, a).map(sided("a")),
    ...wordHunks(base, b).map(sided("b")),
  ].toSorted((one, two) => one.start - two.start || one.end - two.end);
  const groups: Group[] = [];
  for (const hunk of hunks) {
    const last = groups.at(-1);
    if (last?.hunks.some((other) => meet(other, hunk))) {
      const end = Math.max(last.end, hunk.end);
      groups[groups.length - 1] = { start: last.start, end, hunks: [...last.hunks, hunk] };
    } else {
      groups.push({ start: hunk.start, end: hunk.end, hunks: [hunk] });
    }
  }
  return groups;
}

/**
 * Hunks meet when they share a part of the base, or when both put text in at one place, so that
 * nothing says which comes first.
 */
function meet(one: SidedHunk, two: SidedHunk): boolean {
  if (one.side === two.side) return false;
  if (one.start < two.end && two.start < one.end) return true;
  const touch = one.end === two.start || two.end === one.start;
  const insertion = one.start === one.end || two.start === two.end;
  return touch && insertion && one.text !== "" && two.text !== "";
}

function mergeGroup(base: string, group: Group): MergeRegion {
  if (group.hunks.every((hunk) => hunk.text === "")) {
    return { kind: "clean", text: withoutDeleted(base, group) };
  }
  const a = variant(base, group, "a");
  const b = variant(base, group, "b");
  const onlyA = group.hunks.every((hunk) => hunk.side === "a");
  const onlyB = group.hunks.every((hunk) => hunk.side === "b");
  if (a === b || onlyA) return { kind: "clean", text: a };
  if (onlyB) return { kind: "clean", text: b };
  return { kind: "conflict", base: base.slice(group.start, group.end), a, b };
}

/** What is left of the base where both sides only deleted. */
function withoutDeleted(base: string, group: Group): string {
  let text = "";
  let offset = group.start;
  for (const hunk of group.hunks) {
    text += base.slice(offset, Math.max(offset, hunk.start));
    offset = Math.max(offset, hunk.end);
  }
  return text + base.slice(offset, group.end);
}

/** The group's part of the base as one side rewrote it. */
function variant(base: string, group: Group, side: "a" | "b"): string {
  let text = "";
  let offset = group.start;
  for (const hunk of group.hunks) {
    if (hunk.side !== side) continue;
    text += base.slice(offset, hunk.start) + hunk.text;
    offset = hunk.end;
  }
  return text + base.slice(offset, group.end);
}

function joinRegions(regions: readonly MergeRegion[]): Merged {
  const joined: MergeRegion[] = [];
  for (const region of regions) {
    const last = joined.at(-1);
    if (region.kind === "clean" && last?.kind === "clean") {
      joined[joined.length - 1] = { kind: "clean", text: last.text + region.text };
    } else if (region.kind === "conflict" || region.text !== "") {
      joined.push(region);
    }
  }
  if (joined.length === 0) return { clean: true, text: "" };
  const [only] = joined;
  if (joined.length === 1 && only?.kind === "clean") return { clean: true, text: only.text };
  return { clean: false, regions: joined };
}
