/** Texts as runs, with what was found marked. */

export type Run = { text: string; hit: boolean };

/** A stretch to mark, in UTF-16 code units. */
export type MarkedSpan = { readonly start: number; readonly end: number };

/** Cuts a text into runs; spans may touch or overlap and come in any order. */
export function markedRuns(text: string, spans: readonly MarkedSpan[]): Run[] {
  const runs: Run[] = [];
  let at = 0;
  const add = (end: number, hit: boolean) => {
    if (end <= at) return;
    const last = runs.at(-1);
    const piece = text.slice(at, end);
    if (last?.hit === hit) last.text += piece;
    else runs.push({ text: piece, hit });
    at = end;
  };
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    add(start, false);
    add(end, true);
  }
  add(text.length, false);
  return runs;
}
