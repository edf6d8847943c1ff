/** The compact form of a new version of a text: what differs from its first parent. */
import type { TextWrite } from "./change.ts";
import { wordHunks } from "./word-diff.ts";

/** `[characters kept, characters dropped, text put in]`; what follows the last run is kept. */
export type TextEdits = NonNullable<TextWrite["edits"]>;

/** The runs that make `after` of `before`. */
export function makeEdits(before: string, after: string): TextEdits {
  let offset = 0;
  return wordHunks(before, after).map(({ start, end, text }) => {
    const kept = start - offset;
    offset = end;
    return [kept, end - start, text];
  });
}

/** The text that the runs make of `before`; undefined when they do not fit it. */
export function applyEdits(before: string, edits: TextEdits): string | undefined {
  let text = "";
  let offset = 0;
  for (const [kept, dropped, put] of edits) {
    if (kept < 0 || dropped < 0 || offset + kept + dropped > before.length) return undefined;
    text += before.slice(offset, offset + kept) + put;
    offset += kept + dropped;
  }
  return text + before.slice(offset);
}
