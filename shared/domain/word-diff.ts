/**
 * Compares two texts word by word. It is exact for ordinary edits and bounded for extreme ones: what
 * is too different to compare within the bound is lined up by its unique lines, and what even then
 * has nothing in common counts as replaced. It is not a character comparison: words stay whole.
 */
import { lineAnchors } from "./line-anchors.ts";
import { diffSequences, type Work } from "./sequence-diff.ts";
import { type Interner, lineTokens, wordTokens } from "./tokens.ts";

/** `before` from `start` to `end` became `text`. Offsets are UTF-16 code units, `end` excluded. */
export type Hunk = { readonly start: number; readonly end: number; readonly text: string };

/** A stretch of a comparison, in reading order; what was removed stands before what was added. */
export type DiffRun = { readonly kind: "same" | "added" | "removed"; readonly text: string };

/** Steps of comparison in one call, about a tenth of a second at most. */
const maxSteps = 6_000_000;
/** Longer stretches than this are not cut into words at once but lined up by lines first. */
const maxWordsAtOnce = 400_000;

/** Two stretches to compare: where they lie in the two texts. */
type Stretch = {
  readonly start: number;
  readonly end: number;
  readonly otherStart: number;
  readonly otherEnd: number;
};

type Comparison = { readonly before: string; readonly after: string; readonly work: Work };

/** What has to be replaced in `before`, in order and without touching, to get `after`. */
export function wordHunks(before: string, after: string): readonly Hunk[] {
  if (before === after) return [];
  const comparison = { before, after, work: { steps: maxSteps } };
  const middle = trim(comparison, {
    start: 0,
    end: before.length,
    otherStart: 0,
    otherEnd: after.length,
  });
  const found = byWords(comparison, middle) ?? byLines(comparison, middle);
  return joinAcrossSpace(before, found);
}

/** The whole comparison as runs that give both texts back: same+removed, and same+added. */
export function wordDiff(before: string, after: string): readonly DiffRun[] {
  const runs: DiffRun[] = [];
  let offset = 0;
  for (const hunk of wordHunks(before, after)) {
    runs.push({ kind: "same", text: before.slice(offset, hunk.start) });
    runs.push({ kind: "removed", text: before.slice(hunk.start, hunk.end) });
    runs.push({ kind: "added", text: hunk.text });
    offset = hunk.end;
  }
  runs.push({ kind: "same", text: before.slice(offset) });
  return runs.filter((run) => run.text !== "");
}

/** Leaves out the lines that both stretches start or end with. */
function trim({ before, after }: Comparison, stretch: Stretch): Stretch {
  const length = Math.min(stretch.end - stretch.start, stretch.otherEnd - stretch.otherStart);
  let prefix = 0;
  for (let index = 0; index < length; index += 1) {
    const code = before.charCodeAt(stretch.start + index);
    if (code !== after.charCodeAt(stretch.otherStart + index)) break;
    if (code === 10) prefix = index + 1;
  }
  let suffix = 0;
  for (let index = 0; index < length - prefix; index += 1) {
    const code = before.charCodeAt(stretch.end - 1 - index);
    if (code !== after.charCodeAt(stretch.otherEnd - 1 - index)) break;
    if (code === 10) suffix = index;
  }
  return {
    start: stretch.start + prefix,
    end: stretch.end - suffix,
    otherStart: stretch.otherStart + prefix,
    otherEnd: stretch.otherEnd - suffix,
  };
}

function byWords(comparison: Comparison, stretch: Stretch): readonly Hunk[] | undefined {
  const { before, after, work } = comparison;
  const length = stretch.end - stretch.start + stretch.otherEnd - stretch.otherStart;
  if (length > maxWordsAtOnce || work.steps < 0) return undefined;
  const interner: Interner = new Map();
  const a = wordTokens(before.slice(stretch.start, stretch.end), interner);
  const b = wordTokens(after.slice(stretch.otherStart, stretch.otherEnd), interner);
  return diffSequences(a.codes, b.codes, work)?.map((difference) => ({
    start: stretch.start + (a.offsets[difference.start] ?? 0),
    end: stretch.start + (a.offsets[difference.end] ?? 0),
    text: after.slice(
      stretch.otherStart + (b.offsets[difference.otherStart] ?? 0),
      stretch.otherStart + (b.offsets[difference.otherEnd] ?? 0),
    ),
  }));
}

/** Lines the stretches up by their unique lines and compares what lies between by words. */
function byLines(comparison: Comparison, stretch: Stretch): readonly Hunk[] {
  const hunks: Hunk[] = [];
  for (const gap of gapsBetweenAnchors(comparison, stretch)) {
    const rest = trim(comparison, gap);
    if (rest.start === rest.end && rest.otherStart === rest.otherEnd) continue;
    hunks.push(...(byWords(comparison, rest) ?? [replacement(comparison, rest)]));
  }
  return hunks;
}

function gapsBetweenAnchors({ before, after }: Comparison, stretch: Stretch): readonly Stretch[] {
  const interner: Interner = new Map();
  const a = lineTokens(before.slice(stretch.start, stretch.end), interner);
  const b = lineTokens(after.slice(stretch.otherStart, stretch.otherEnd), interner);
  const gaps: Stretch[] = [];
  let { start, otherStart } = stretch;
  for (const { at, otherAt } of lineAnchors(a.codes, b.codes)) {
    const end = stretch.start + (a.offsets[at] ?? 0);
    const otherEnd = stretch.otherStart + (b.offsets[otherAt] ?? 0);
    gaps.push({ start, end, otherStart, otherEnd });
    start = stretch.start + (a.offsets[at + 1] ?? 0);
    otherStart = stretch.otherStart + (b.offsets[otherAt + 1] ?? 0);
  }
  return [...gaps, { start, end: stretch.end, otherStart, otherEnd: stretch.otherEnd }];
}

function replacement({ after }: Comparison, stretch: Stretch): Hunk {
  return {
    start: stretch.start,
    end: stretch.end,
    text: after.slice(stretch.otherStart, stretch.otherEnd),
  };
}

/**
 * Two replacements with nothing but space between them are one: "old word" → "new text" is a phrase
 * that somebody rewrote, not two words that happen to surround the same space.
 */
function joinAcrossSpace(before: string, hunks: readonly Hunk[]): readonly Hunk[] {
  const joined: Hunk[] = [];
  for (const hunk of hunks) {
    const last = joined.at(-1);
    const between = last && before.slice(last.end, hunk.start);
    if (last && between !== undefined && (between === "" || bothReplace(last, hunk, between))) {
      const text = last.text + between + hunk.text;
      joined[joined.length - 1] = { start: last.start, end: hunk.end, text };
    } else {
      joined.push(hunk);
    }
  }
  return joined;
}

function bothReplace(first: Hunk, second: Hunk, between: string): boolean {
  const replaces = (hunk: Hunk) => hunk.end > hunk.start && hunk.text !== "";
  return replaces(first) && replaces(second) && /^[^\S\n]+$/u.test(between);
}
